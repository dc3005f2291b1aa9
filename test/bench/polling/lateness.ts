import type { Edge } from '../../../domain/inventory/inventory';
import type { Reading } from '../../../domain/model/reading';
import type { EdgeSource } from '../../../monitor/poll/edge-source';

interface Times {
  startMs: number;
  endMs: number;
}

/** How late polls were: from when one was due to when its reading was there. Milliseconds. */
export interface Lateness {
  p95Ms: number;
  maxMs: number;
}

/**
 * Stands between pipeline and reader and notes when each edge's health polls started and ended. A poll is due one interval
 * after the one before was; where an edge's row of due times begins is told by its earliest poll relative to them.
 */
export class TimedSource implements EdgeSource {
  readonly #times = new Map<string, Times[]>();
  readonly #answeredOnce = new Set<string>();
  readonly unansweredWords = new Map<string, number>();
  #measuring = false;
  #unanswered = 0;
  #polls = 0;

  constructor(
    private readonly source: EdgeSource,
    private readonly intervalMs: number,
  ) {}

  /** Health polls that ended since `measure()`. */
  get polls(): number {
    return this.#polls;
  }

  /** Edges that have answered a health poll at least once. */
  get edgesAnswered(): number {
    return this.#answeredOnce.size;
  }

  /** Polls since `measure()` that brought no answer. */
  get unanswered(): number {
    return this.#unanswered;
  }

  /** From now on polls count; what was before was warm-up. */
  measure(): void {
    this.#measuring = true;
  }

  async readHealth(edge: Edge, deadlineMs: number): Promise<Reading> {
    const startMs = performance.now();
    const counted = this.#measuring;
    const reading = await this.source.readHealth(edge, deadlineMs);
    if (reading.snmp.outcome === 'answered') this.#answeredOnce.add(edge.id);
    if (!counted) return reading;
    this.#polls += 1;
    if (reading.snmp.outcome !== 'answered') this.#unanswered += 1;
    if (reading.snmp.outcome === 'unreachable') {
      const words = reading.snmp.words.replace(/\d+/g, 'N');
      this.unansweredWords.set(words, (this.unansweredWords.get(words) ?? 0) + 1);
    }
    const times = this.#times.get(edge.id);
    const taken = { startMs, endMs: performance.now() };
    if (times) times.push(taken);
    else this.#times.set(edge.id, [taken]);
    return reading;
  }

  readRole(edge: Edge, deadlineMs: number): Promise<Reading> {
    return this.source.readRole(edge, deadlineMs);
  }

  forget(edgeId: string): void {
    this.source.forget(edgeId);
  }

  close(): Promise<void> {
    return this.source.close();
  }

  lateness(): Lateness {
    const late: number[] = [];
    for (const times of this.#times.values()) {
      const offsets = times.map(({ startMs }, at) => startMs - at * this.intervalMs);
      const dueMs = Math.min(...offsets);
      times.forEach(({ endMs }, at) => late.push(endMs - (dueMs + at * this.intervalMs)));
    }
    late.sort((a, b) => a - b);
    return { p95Ms: late[Math.floor(late.length * 0.95)] ?? 0, maxMs: late.at(-1) ?? 0 };
  }
}
