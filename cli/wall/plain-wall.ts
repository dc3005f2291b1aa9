import { HistoryError } from '../../db/model/history-error';
import { log } from '../../monitor/log/log';
import type { Ink } from './line';
import { plainEvent, plainEventTypes, plainWall } from './plain-lines';
import type { WallSource } from './wall-source';
import type { WallData } from './wall-state';

const columns = 100;
/** The first states are printed once the edges have answered, or after this time. */
const firstAnswersMs = 10_000;
const mostEvents = 1_000;

/** Prints the wall as plain lines. */
export class PlainWall {
  #isFirst = true;
  /** Row number of the last event that was printed or skipped. */
  #lastEventId = 0;
  #isReading = false;
  readonly #startedMs = performance.now();

  constructor(
    private readonly source: WallSource,
    private readonly ink: Ink,
    private readonly write: (text: string) => void,
  ) {}

  /** Prints the states of a time; null: the latest. */
  async printStates(atMs: number | null): Promise<void> {
    const past = atMs === null ? null : await this.source.history.snapshotAt({ atMs: Math.round(atMs) });
    const { snapshot, nowMs, time, isStalled } = this.source.latest();
    const data: WallData = {
      ...(past === null
        ? { snapshot, nowMs, time, isStalled }
        : { snapshot: past, nowMs: past.atMs, time: 'past', isStalled: false }),
      source: this.source.label,
      isReadOnly: this.source.acknowledge === null,
      zone: 'utc',
      events: null,
      failover: null,
    };
    this.write(`${plainWall(data, columns, this.ink).join('\n')}\n`);
  }

  /** Prints the first states once they are known, then events as they are recorded. */
  follow(): void {
    const next = (): void => {
      if (this.#isReading) return;
      this.#isReading = true;
      void this.#next().finally(() => (this.#isReading = false));
    };
    this.source.onChange(next);
    next();
  }

  async #next(): Promise<void> {
    try {
      if (this.#isFirst) await this.#first();
      else await this.#printEvents();
    } catch (fault) {
      if (!(fault instanceof HistoryError)) throw fault;
      log.warn(fault.message);
    }
  }

  async #first(): Promise<void> {
    const { snapshot } = this.source.latest();
    const isEarly = performance.now() - this.#startedMs < firstAnswersMs;
    if (isEarly && snapshot.monitor.state === 'starting') return;
    this.#isFirst = false;
    const [last] = await this.source.history.events({
      clusterId: null,
      types: null,
      beforeId: null,
      limit: 1,
    });
    this.#lastEventId = last?.id ?? 0;
    await this.printStates(null);
  }

  async #printEvents(): Promise<void> {
    const events = await this.source.history.events({
      clusterId: null,
      types: plainEventTypes,
      beforeId: null,
      afterId: this.#lastEventId,
      limit: mostEvents,
    });
    for (const recorded of events) this.write(`${plainEvent(recorded, 'utc', this.ink)}\n`);
    this.#lastEventId = events.at(-1)?.id ?? this.#lastEventId;
  }
}
