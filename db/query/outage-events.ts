import type Database from 'better-sqlite3';
import type { HeronEvent, RecordedEvent } from '../../domain/model/event';
import type { EventFilter, TimeRange } from '../../domain/model/history';
import { concernsCluster, outageEvents } from '../../domain/past/outage-events';
import type { StateSpan } from '../../domain/past/outages-within';
import { readEvents } from './read-events';

/** Events read at a time. */
const pageEvents = 10_000;

/** Reads a subject's states in the range by beginning, without those of length 0. Prepared once for all subjects. */
export function stateReader(
  db: Database.Database,
  { fromMs, toMs }: TimeRange,
): (kind: string, subjectId: string) => StateSpan[] {
  const rows = db.prepare<[string, string, number, number], StateSpan>(
    `SELECT state, from_ms AS fromMs, to_ms AS toMs FROM spans
      WHERE subject = ? AND kind = ? AND from_ms < ? AND (to_ms IS NULL OR (to_ms > ? AND to_ms > from_ms))
      ORDER BY from_ms, id`,
  );
  return (kind, subjectId) => rows.all(subjectId, kind, toMs, fromMs);
}

/** The events in which a cluster's outages are found, in the order they were recorded. `states`: its states in the range. */
export function eventsOfOutages(
  db: Database.Database,
  clusterId: string,
  within: TimeRange,
  states: readonly StateSpan[],
): HeronEvent[] {
  const { range, types, commonTypes } = outageEvents(within, states);
  const own = readAll(db, { clusterId, types: [...types], range });
  const common =
    commonTypes.length > 0 ? readAll(db, { clusterId: null, types: [...commonTypes], range }) : [];
  return [...own, ...common.filter(({ event }) => concernsCluster(event, clusterId))]
    .sort((a, b) => a.id - b.id)
    .map(({ event }) => event);
}

function readAll(
  db: Database.Database,
  filter: Pick<EventFilter, 'clusterId' | 'types' | 'range'>,
): RecordedEvent[] {
  const events: RecordedEvent[] = [];
  let beforeId: number | null = null;
  for (;;) {
    const page = readEvents(db, { ...filter, beforeId, limit: pageEvents });
    events.push(...page);
    beforeId = page.at(-1)?.id ?? null;
    if (page.length < pageEvents) return events;
  }
}
