import type { HistoryWriteStatus } from '../../db/client/history';
import type { Reading } from '../../domain/model/reading';
import type { HostStatus } from '../../domain/model/host';
import type { MonitorStatus, SourceStatus } from '../../domain/model/snapshot';
import type { NetworkTrouble } from '../host/local-network';

const behindLagMs = 2_000;
/** How much longer than the health interval no poll may end before polling counts as stalled. */
const stalledAllowanceMs = 5_000;

/** Counts polls and answers. */
export class MonitorCounts {
  polls = 0;
  answered = 0;
  /** The time that all polls took. */
  tookMs = 0;
  readonly startedMs: number;
  /** When a poll was last processed, or the start; monotonic. */
  processedMonotonicMs: number;
  readonly #latest = new Map<string, number | null>();

  constructor(start: { wallMs: number; monotonicMs: number }) {
    this.startedMs = start.wallMs;
    this.processedMonotonicMs = start.monotonicMs;
  }

  add(reading: Reading, answered: boolean): void {
    this.polls += 1;
    this.tookMs += reading.finishedMonotonicMs - reading.startedMonotonicMs;
    if (answered) this.answered += 1;
    this.#latest.set(
      reading.edgeId,
      answered ? reading.finishedMonotonicMs - reading.startedMonotonicMs : null,
    );
  }

  /** The edge is no longer polled, or polled differently. */
  forget(edgeId: string): void {
    this.#latest.delete(edgeId);
  }

  /** Edges that were polled at least once. */
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

/** Where metrics sources poll all edges, the time of a slow refresh and the pause after it, which are at most a scrape interval each. */
function longestQuietMs(now: {
  edgesPolled: number;
  healthIntervalMs: number;
  sources: SourceStatus[];
}): number {
  const elsewhere = now.sources.reduce((sum, { edges }) => sum + edges, 0);
  if (elsewhere < now.edgesPolled) return now.healthIntervalMs;
  return Math.max(now.healthIntervalMs, ...now.sources.map(({ scrapeIntervalMs }) => 2 * scrapeIntervalMs));
}

/** How Heron itself is doing. */
export function monitorStatus(now: {
  nowMs: number;
  nowMonotonicMs: number;
  counts: MonitorCounts;
  edgesPolled: number;
  lagMs: number;
  /** A fault of this computer's network; null: none. */
  network: NetworkTrouble | null;
  host: HostStatus;
  healthIntervalMs: number;
  roleIntervalMs: number;
  /** Metrics sources that poll edges in Heron's place. */
  sources: SourceStatus[];
  writes: HistoryWriteStatus;
}): MonitorStatus {
  const { counts, writes } = now;
  const starting =
    counts.edgesSeen < now.edgesPolled && now.nowMs - counts.startedMs < now.healthIntervalMs * 2;
  const quietMs = now.nowMonotonicMs - counts.processedMonotonicMs;
  const stalled = now.edgesPolled > 0 && quietMs > longestQuietMs(now) + stalledAllowanceMs;
  const [state, words]: [MonitorStatus['state'], string] = stalled
    ? [
        'stalled',
        `No poll has ended for ${Math.round(quietMs / 1000)} s: what is shown is not known any more.`,
      ]
    : now.network !== null
      ? [now.network.state, now.network.words]
      : starting
        ? ['starting', `First readings, ${counts.edgesSeen} of ${now.edgesPolled} edges.`]
        : now.lagMs > behindLagMs
          ? ['behind', `Polls start ${(now.lagMs / 1000).toFixed(1)} s late.`]
          : ['ok', 'Every poll started when it was due.'];
  return {
    state,
    words,
    trouble: now.network && { kind: now.network.kind, sinceMs: now.network.sinceMs },
    host: now.host,
    lagMs: now.lagMs,
    edgesPolled: now.edgesPolled,
    edgesAnswered: counts.edgesAnswered,
    healthIntervalMs: now.healthIntervalMs,
    roleIntervalMs: now.roleIntervalMs,
    slowestAnswerMs: counts.slowestAnswerMs,
    ...(now.sources.length > 0 ? { sources: now.sources } : {}),
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
