import type { HistoryWriteStatus } from '../../db/client/history';
import type { Reading } from '../../domain/model/reading';
import type { MonitorStatus } from '../../domain/model/snapshot';

const behindLagMs = 2_000;
/** A poll may take so long beyond the interval in which every edge is polled. */
const stalledAllowanceMs = 5_000;

/** Counts of what was polled, and who answered its latest poll. */
export class MonitorCounts {
  polls = 0;
  answered = 0;
  readonly startedMs: number;
  /** When a poll was last taken in to its end, or the start; monotonic. */
  endedMonotonicMs: number;
  readonly #latest = new Map<string, number | null>();

  constructor(start: { wallMs: number; monotonicMs: number }) {
    this.startedMs = start.wallMs;
    this.endedMonotonicMs = start.monotonicMs;
  }

  add(reading: Reading, answered: boolean): void {
    this.polls += 1;
    if (answered) this.answered += 1;
    this.#latest.set(
      reading.edgeId,
      answered ? reading.finishedMonotonicMs - reading.startedMonotonicMs : null,
    );
  }

  /** An edge that is not polled any more, or in another way. */
  forget(edgeId: string): void {
    this.#latest.delete(edgeId);
  }

  /** Edges with at least one poll behind them. */
  get edgesSeen(): number {
    return this.#latest.size;
  }

  get edgesAnswered(): number {
    let count = 0;
    for (const latencyMs of this.#latest.values()) if (latencyMs !== null) count += 1;
    return count;
  }

  /** The slowest of the latest answers, milliseconds; null without any. */
  get slowestAnswerMs(): number | null {
    let slowest: number | null = null;
    for (const latencyMs of this.#latest.values()) {
      if (latencyMs !== null && (slowest === null || latencyMs > slowest)) slowest = latencyMs;
    }
    return slowest;
  }
}

/** How Heron itself is doing, in one line. */
export function monitorStatus(now: {
  nowMs: number;
  nowMonotonicMs: number;
  counts: MonitorCounts;
  edgesPolled: number;
  lagMs: number;
  /** What keeps the own network from reaching edges; null: nothing. */
  ownNetwork: { state: Extract<MonitorStatus['state'], 'blind' | 'partly-blind'>; words: string } | null;
  healthIntervalMs: number;
  roleIntervalMs: number;
  writes: HistoryWriteStatus;
}): MonitorStatus {
  const { counts, writes } = now;
  const starting =
    counts.edgesSeen < now.edgesPolled && now.nowMs - counts.startedMs < now.healthIntervalMs * 2;
  const quietMs = now.nowMonotonicMs - counts.endedMonotonicMs;
  const stalled = now.edgesPolled > 0 && quietMs > now.healthIntervalMs + stalledAllowanceMs;
  const [state, words]: [MonitorStatus['state'], string] = stalled
    ? [
        'stalled',
        `No poll has ended for ${Math.round(quietMs / 1000)} s: what is shown is not known any more.`,
      ]
    : now.ownNetwork !== null
      ? [now.ownNetwork.state, now.ownNetwork.words]
      : starting
        ? ['starting', `First readings, ${counts.edgesSeen} of ${now.edgesPolled} edges.`]
        : now.lagMs > behindLagMs
          ? ['behind', `Polls start ${(now.lagMs / 1000).toFixed(1)} s late.`]
          : ['ok', 'Every poll started when it was due.'];
  return {
    state,
    words,
    lagMs: now.lagMs,
    edgesPolled: now.edgesPolled,
    edgesAnswered: counts.edgesAnswered,
    healthIntervalMs: now.healthIntervalMs,
    roleIntervalMs: now.roleIntervalMs,
    slowestAnswerMs: counts.slowestAnswerMs,
    history: {
      state: writes.state,
      words: writes.words,
      sizeBytes: writes.sizeBytes,
      lastWriteMs: writes.lastWriteMs,
      care: writes.care,
      proof: writes.proof,
    },
  };
}
