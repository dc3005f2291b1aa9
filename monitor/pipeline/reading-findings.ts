import type { Edge } from '../../domain/inventory/inventory';
import type { HeronEvent } from '../../domain/model/event';
import type { Reading } from '../../domain/model/reading';
import type { MonitoredRows } from './monitored-rows';
import { findingEvent, SharedEngines } from './shared-engines';
import { StaleNameFindings } from './stale-name-findings';

/** What full readings show about edges' identities and names, besides their states. */
export class ReadingFindings {
  readonly #engines = new SharedEngines();
  readonly #staleNames = new StaleNameFindings();

  constructor(private readonly rows: Pick<MonitoredRows, 'place'>) {}

  /** The findings that a reading leads to, as events. `engine`: of the agent that answered; null: not known. */
  observe(
    edge: Edge,
    reading: Reading,
    engine: Parameters<SharedEngines['observe']>[1],
    nowMs: number,
  ): HeronEvent[] {
    const names = this.#staleNames.observe(edge, reading).map((reason) => ({ edgeId: edge.id, reason }));
    return [...this.#engines.observe(edge, engine), ...names].flatMap(({ edgeId, reason }) => {
      const place = this.rows.place(edgeId);
      return place ? [findingEvent(place.edge, place.row.cluster, reason, nowMs)] : [];
    });
  }

  forget(edgeId: string): void {
    this.#engines.forget(edgeId);
    this.#staleNames.forget(edgeId);
  }
}
