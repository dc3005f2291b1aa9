import type Database from 'better-sqlite3';
import { incidentEventTypes } from '../../domain/incidents/incident-events';
import {
  incidentMetrics,
  type IncidentMetrics,
  type MeasuredIncident,
} from '../../domain/incidents/incident-metrics';
import { IncidentRecord } from '../../domain/incidents/incident-record';
import type { HeronEventType, RecordedEvent } from '../../domain/model/event';
import type { Incident } from '../../domain/model/incident';
import { readEvents, toRecordedEvent } from './read-events';

/** Events read at a time. */
const pageEvents = 10_000;

const types: readonly HeronEventType[] = [...incidentEventTypes, 'acknowledged'];

/** All incidents of an open file. It keeps what it read, so that only events recorded since are read again. */
export class IncidentLog {
  readonly #db: Database.Database;
  readonly #record = new IncidentRecord();
  #lastId = 0;
  readonly #acknowledgements: RecordedEvent[] = [];
  /** Of incidents that are over, which do not change. */
  readonly #metrics = new Map<number, IncidentMetrics>();

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** The latest first. `nowMs`: the present, which may end an incident. */
  incidents(nowMs: number): Incident[] {
    for (;;) {
      const filter = { clusterId: null, types: [...types], beforeId: null, limit: pageEvents };
      const page = readEvents(this.#db, { ...filter, afterId: this.#lastId });
      for (const recorded of page) {
        if (recorded.event.type === 'acknowledged') this.#acknowledgements.push(recorded);
        else this.#record.add(recorded);
        this.#lastId = recorded.id;
      }
      if (page.length < pageEvents) return this.#record.incidents(nowMs);
    }
  }

  /** These incidents with their metrics. */
  measure(incidents: readonly Incident[]): MeasuredIncident[] {
    const byId = this.#db.prepare('SELECT id, body FROM events WHERE id IN (SELECT value FROM json_each(?))');
    return incidents.map((incident) => {
      const known = this.#metrics.get(incident.id);
      if (known) return { incident, metrics: known };
      const own = byId
        .all(JSON.stringify(incident.eventIds))
        .map((row) => toRecordedEvent(this.#db.name, row));
      const metrics = incidentMetrics(incident, [...own, ...this.#acknowledgements]);
      const isOver = incident.endMs !== null && incident.observedUntilMs === null;
      if (isOver) this.#metrics.set(incident.id, metrics);
      return { incident, metrics };
    });
  }
}
