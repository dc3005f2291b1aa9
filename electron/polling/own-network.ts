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
  #lastAnswerMs: number | null = null;
  #blindSinceMs: number | null = null;
  readonly #failedSinceAnswer = new Set<string>();

  constructor(rows: readonly WatchedCluster[], onGap: (gap: SelfGap) => void) {
    this.#onGap = onGap;
    this.#edges = rows.reduce((sum, row) => sum + row.edges.length, 0);
  }

  /** Whether an edge outside `row` answers now: then a silence within it is not the whole network's. */
  othersAnswer(row: WatchedCluster): boolean {
    return this.#answering.size > (this.#answering.has(row) ? 1 : 0);
  }

  /** Takes the outcome of one poll of an edge in `row`. A refusal is an answer: it came over the network. */
  note(row: WatchedCluster, answered: boolean, reading: Reading): void {
    if (row.anyAnswers(null)) this.#answering.add(row);
    else this.#answering.delete(row);
    const code = reading.snmp.outcome === 'unreachable' ? reading.snmp.code : null;
    if (answered || (code !== null && code !== 'timeout' && code !== 'no-route')) {
      this.#end(reading.finishedAtMs);
      this.#lastAnswerMs = reading.finishedAtMs;
      this.#failedSinceAnswer.clear();
      return;
    }
    this.#failedSinceAnswer.add(reading.edgeId);
    const silentMs = this.#lastAnswerMs === null ? 0 : reading.finishedAtMs - this.#lastAnswerMs;
    if (this.#blindSinceMs !== null || this.#edges < 2 || silentMs < blindAfterMs) return;
    if (this.#answering.size === 0 && this.#failedSinceAnswer.size >= 2)
      this.#blindSinceMs = this.#lastAnswerMs;
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
