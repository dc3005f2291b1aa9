import type { HistoryWriteStatus } from '../../db/client/history';
import type { TrapPortStatus } from '../../domain/contract/trap-port';
import type { MonitorStatus } from '../../domain/model/snapshot';

/** Counters of the Heron that is running, since its start. Texts may name edges and addresses. */
export interface LiveCounters {
  upSeconds: number;
  /** Null: nothing is monitored. */
  polling:
    | (Pick<
        MonitorStatus,
        | 'state'
        | 'words'
        | 'lagMs'
        | 'edgesPolled'
        | 'edgesAnswered'
        | 'slowestAnswerMs'
        | 'healthIntervalMs'
        | 'roleIntervalMs'
      > & { polls: number; answered: number })
    | null;
  /** Batches that wait for the history's writer, and those that were dropped. Null: no history is written. */
  queue: Pick<
    HistoryWriteStatus,
    'state' | 'words' | 'waitingBatches' | 'droppedBatches' | 'lastWriteMs'
  > | null;
  traps: Pick<TrapPortStatus, 'port' | 'state' | 'words' | 'received' | 'taken' | 'refusals'>;
  /** Errors that Heron went on after, by place in the program. */
  errors: Record<string, number>;
  memory: { process: string; bytes: number }[];
}

/** What the counters are taken from. */
export interface CounterSources {
  /** Null: nothing is monitored. */
  monitored: {
    status: MonitorStatus;
    counts: { polls: number; answered: number };
    writes: HistoryWriteStatus;
  } | null;
  traps: TrapPortStatus;
  errors: Record<string, number>;
  memory: LiveCounters['memory'];
  upSeconds: number;
}

/** Takes from the state of a running Heron what a support case needs. */
export function liveCounters(sources: CounterSources): LiveCounters {
  const { monitored, traps, errors, memory, upSeconds } = sources;
  const { port, state, words, received, taken, refusals } = traps;
  return {
    upSeconds: Math.round(upSeconds),
    polling: monitored && pollingOf(monitored.status, monitored.counts),
    queue: monitored && queueOf(monitored.writes),
    traps: { port, state, words, received, taken, refusals },
    errors,
    memory,
  };
}

function pollingOf(
  status: MonitorStatus,
  counts: { polls: number; answered: number },
): LiveCounters['polling'] {
  const { state, words, lagMs, edgesPolled, edgesAnswered, slowestAnswerMs } = status;
  const { healthIntervalMs, roleIntervalMs } = status;
  return {
    ...{ state, words, ...counts, edgesPolled, edgesAnswered },
    ...{ lagMs: rounded(lagMs), slowestAnswerMs: slowestAnswerMs === null ? null : rounded(slowestAnswerMs) },
    ...{ healthIntervalMs, roleIntervalMs },
  };
}

function queueOf(writes: HistoryWriteStatus): LiveCounters['queue'] {
  const { state, words, waitingBatches, droppedBatches, lastWriteMs } = writes;
  return { state, words, waitingBatches, droppedBatches, lastWriteMs };
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
