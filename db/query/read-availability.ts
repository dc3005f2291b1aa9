import type Database from 'better-sqlite3';
import { z } from 'zod';
import { calendarSchema } from '../../domain/calendar/calendar';
import { availabilityOver, periodsOf, type Period } from '../../domain/past/availability';
import { configuredTimes, type ConfiguredTimes } from '../../domain/past/configured-time';
import { hides } from '../../domain/past/monitored-time';
import { concernsCluster, outageEvents, type OutageEvents } from '../../domain/past/outage-events';
import {
  rangeSchema,
  type Availability,
  type EventFilter,
  type Gap,
  type TimeRange,
} from '../../domain/model/history';
import type { HeronEvent, RecordedEvent } from '../../domain/model/event';
import { query } from './query';
import { readEvents } from './read-events';
import { readGaps } from './read-runs';

/** A range of more than a century has no calendar that anybody agreed on. */
const longestCalendarMs = 100 * 366 * 86_400_000;

const argsSchema = rangeSchema
  .extend({
    subjectIds: z.array(z.string()).max(20_000),
    /** Moments at which the range is cut: each part has figures of its own. */
    cuts: z.array(z.number().int().min(0)).max(1300).default([]),
    /** Null: around the clock. */
    calendar: calendarSchema.nullable().default(null),
  })
  .refine(({ calendar, fromMs, toMs }) => calendar === null || toMs - fromMs <= longestCalendarMs, {
    path: ['calendar'],
    message: 'is for a range of at most 100 years',
  });

export const availabilityQueries = {
  /** How available clusters and edges were: for each id, in order, one answer for each part of the range. */
  availability: query(argsSchema, ({ db, inventories }, { subjectIds, cuts, calendar, ...range }) =>
    readAvailability(db, subjectIds, periodsOf(range, cuts, calendar), {
      configured: configuredTimes(range, inventories.versionsDuring(range)),
      gaps: readGaps(db, range),
    }),
  ),
};

/** Events read at a time. */
const pageEvents = 10_000;

/** The availability of each subject in each period. An id that no inventory of the range has counts as an edge that was never configured. */
export function readAvailability(
  db: Database.Database,
  subjectIds: readonly string[],
  periods: readonly Period[],
  { configured, gaps }: { configured: ConfiguredTimes; gaps: readonly Gap[] },
): Availability[] {
  const range = { fromMs: periods[0]?.fromMs ?? 0, toMs: periods.at(-1)?.toMs ?? 0 };
  const spansOf = spanReader(db, range);
  const unmonitored = new Map<string | null, TimeRange[]>();
  return subjectIds.flatMap((given) => {
    const isCluster = configured.cluster(given).length > 0;
    const subjectId = isCluster ? given : given.replace(/^edge:/, '');
    const clusterId = isCluster ? given : configured.clusterOfEdge(subjectId);
    const hidden = unmonitored.get(clusterId) ?? gaps.filter((gap) => hides(gap, clusterId));
    unmonitored.set(clusterId, hidden);
    const spans = spansOf(isCluster ? 'cluster-health' : 'edge-health', subjectId);
    return availabilityOver(periods, {
      subjectId: given,
      kind: isCluster ? 'cluster' : 'edge',
      configured: isCluster ? configured.cluster(given) : configured.edge(subjectId),
      spans,
      unmonitored: hidden,
      events: isCluster ? eventsOf(db, given, outageEvents(range, spans)) : [],
    });
  });
}

interface StateRow {
  state: string;
  fromMs: number;
  toMs: number | null;
}

/** Reads a subject's states in the range by beginning, without those of length 0. Prepared once for all subjects. */
function spanReader(
  db: Database.Database,
  { fromMs, toMs }: TimeRange,
): (kind: string, subjectId: string) => StateRow[] {
  const rows = db.prepare<[string, string, number, number], StateRow>(
    `SELECT state, from_ms AS fromMs, to_ms AS toMs FROM spans
      WHERE subject = ? AND kind = ? AND from_ms < ? AND (to_ms IS NULL OR (to_ms > ? AND to_ms > from_ms))
      ORDER BY from_ms, id`,
  );
  return (kind, subjectId) => rows.all(subjectId, kind, toMs, fromMs);
}

/** The events of a cluster, and those of all that are wanted, in the order they were recorded. */
function eventsOf(
  db: Database.Database,
  clusterId: string,
  { range, types, commonTypes }: OutageEvents,
): HeronEvent[] {
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
