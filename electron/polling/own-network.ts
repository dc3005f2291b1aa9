import type { Reading } from '../../domain/reading';
import type { SelfGap } from './self-watch';
import type { WatchedCluster } from './watched-cluster';

/** Everything must have been silent for so long before the own network is the suspect. */
const blindAfterMs = 3_000;

/**
 * Doubts the monitor's own network: when every edge of the fleet is silent at once, the path from here is the likelier
 * fault. That time is kept as a gap, because nobody watched.
 */
export class OwnNetwork {
  /** The rows with at least one edge that answered its latest poll. */
  readonly #answering = new Set<WatchedCluster>();
  readonly #onGap: (gap: SelfGap) => void;
  readonly #edges: number;
  #lastAnswer: { atMs: number; atMonotonicMs: number } | null = null;
  #blindSinceMs: number | null = null;
  /** The last answer, and the last one from another row than that. */
  #latest: { row: WatchedCluster; atMonotonicMs: number } | null = null;
  #before: { row: WatchedCluster; atMonotonicMs: number } | null = null;
  readonly #failedSinceAnswer = new Set<string>();

  constructor(rows: readonly WatchedCluster[], onGap: (gap: SelfGap) => void) {
    this.#onGap = onGap;
    this.#edges = rows.reduce((sum, row) => sum + row.edges.length, 0);
  }

  /** When an edge outside `row` last answered, on the monotonic clock: then a silence within it is not the network's. */
  answeredElsewhereMs(row: WatchedCluster): number | null {
    return (this.#latest?.row === row ? this.#before : this.#latest)?.atMonotonicMs ?? null;
  }

  /** Takes the outcome of one poll of an edge in `row`. A refusal is an answer: it came over the network. */
  note(row: WatchedCluster, answered: boolean, reading: Reading): void {
    if (row.answers) this.#answering.add(row);
    else this.#answering.delete(row);
    if (answered) {
      if (this.#latest?.row !== row) this.#before = this.#latest;
      this.#latest = { row, atMonotonicMs: reading.finishedMonotonicMs };
    }
    const code = reading.snmp.outcome === 'unreachable' ? reading.snmp.code : null;
    if (answered || (code !== null && code !== 'timeout' && code !== 'no-route')) {
      this.#end(reading.finishedAtMs);
      this.#lastAnswer = { atMs: reading.finishedAtMs, atMonotonicMs: reading.finishedMonotonicMs };
      this.#failedSinceAnswer.clear();
      return;
    }
    this.#failedSinceAnswer.add(reading.edgeId);
    if (this.#blindSinceMs !== null || this.#edges < 2 || this.#lastAnswer === null) return;
    if (reading.finishedMonotonicMs - this.#lastAnswer.atMonotonicMs < blindAfterMs) return;
    if (this.#answering.size === 0 && this.#failedSinceAnswer.size >= 2)
      this.#blindSinceMs = this.#lastAnswer.atMs;
  }

  /** What to show while everything is silent, or null. */
  blindWords(): string | null {
    return this.#blindSinceMs === null
      ? null
      : 'All edges fell silent at once: check this computer’s network.';
  }

  stop(nowMs: number): void {
    this.#end(nowMs);
  }

  #end(nowMs: number): void {
    if (this.#blindSinceMs === null) return;
    this.#onGap({
      reason: 'own-network',
      words: 'Every edge was silent at once: this computer’s network is suspected.',
      fromMs: this.#blindSinceMs,
      toMs: nowMs,
    });
    this.#blindSinceMs = null;
  }
}
