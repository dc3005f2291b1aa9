import type { Reading } from '../../domain/model/reading';
import type { PollRoundResult } from '../../domain/model/poll-round';
import type { Clock } from '../base/clock';

/** Rounds that a person asks for start at least so far apart. */
const leastApartMs = 5_000;
/** Edges started at a time, and the time between: a thousand edges take a second to start. */
const batchSize = 50;
const batchEveryMs = 50;
/** An edge that has not answered by then, with all repetitions and other sources, counts as silent. */
const patienceMs = 15_000;

interface Round {
  startedMonotonicMs: number;
  waiting: Set<string>;
  answered: number;
  edges: number;
  finish: () => void;
}

/** One poll of every edge, asked for by a person, besides the polls that are due. */
export class PollRounds {
  #round: Round | null = null;
  #startedMonotonicMs = -Infinity;
  readonly #cancels = new Set<() => void>();

  constructor(
    /** Polls an edge as soon as no poll of it is running. */
    private readonly hasten: (edgeId: string) => void,
    private readonly clock: Clock,
  ) {}

  /** Polls these edges, and resolves when each has answered or its time is over. Null: the round before began just now. */
  start(edgeIds: readonly string[]): Promise<PollRoundResult> | null {
    const startedMonotonicMs = this.clock.monotonicMs();
    if (this.#round || startedMonotonicMs < this.#startedMonotonicMs + leastApartMs) return null;
    this.#startedMonotonicMs = startedMonotonicMs;
    const batches = Math.ceil(edgeIds.length / batchSize);
    for (let batch = 0; batch < batches; batch += 1) {
      const edges = edgeIds.slice(batch * batchSize, (batch + 1) * batchSize);
      this.#after(batch * batchEveryMs, () => edges.forEach((id) => this.hasten(id)));
    }
    return new Promise((resolve) => {
      const round: Round = {
        startedMonotonicMs,
        waiting: new Set(edgeIds),
        answered: 0,
        edges: edgeIds.length,
        finish: () => {
          if (this.#round !== round) return;
          this.#round = null;
          for (const cancel of this.#cancels) cancel();
          this.#cancels.clear();
          const tookMs = Math.round(this.clock.monotonicMs() - startedMonotonicMs);
          resolve({ edges: round.edges, answered: round.answered, tookMs });
        },
      };
      this.#round = round;
      this.#after(batches * batchEveryMs + patienceMs, round.finish);
      if (edgeIds.length === 0) round.finish();
    });
  }

  /** Applies a poll that ended. */
  ended(edgeId: string, kind: Reading['kind'], startedMonotonicMs: number, answered: boolean): void {
    const round = this.#round;
    if (!round || kind !== 'health' || startedMonotonicMs < round.startedMonotonicMs) return;
    if (!round.waiting.delete(edgeId)) return;
    if (answered) round.answered += 1;
    if (round.waiting.size === 0) round.finish();
  }

  /** Polling stops: a round under way ends with what has answered. */
  stop(): void {
    this.#round?.finish();
  }

  #after(delayMs: number, callback: () => void): void {
    const cancel = this.clock.after(delayMs, () => {
      this.#cancels.delete(cancel);
      callback();
    });
    this.#cancels.add(cancel);
  }
}
