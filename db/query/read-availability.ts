import type Database from 'better-sqlite3';
import { z } from 'zod';
import { calendarSchema } from '../../domain/calendar/calendar';
import { availabilityOver, periodsOf, type Period } from '../../domain/past/availability';
import { standaloneRowId } from '../../domain/inventory/inventory';
import { timesOf } from '../../domain/maintenance/recorded';
import { configuredTimes, type ConfiguredTimes } from '../../domain/past/configured-time';
import { hides } from '../../domain/past/monitored-time';
import { rangeSchema, type Availability, type Gap, type TimeRange } from '../../domain/model/history';
import { query } from './query';
import { eventsOfOutages, stateReader } from './outage-events';
import { readMaintenance } from './read-maintenance';
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

/** The availability of each subject in each period. An id that no inventory of the range has counts as an edge that was never configured. */
export function readAvailability(
  db: Database.Database,
  subjectIds: readonly string[],
  periods: readonly Period[],
  { configured, gaps }: { configured: ConfiguredTimes; gaps: readonly Gap[] },
): Availability[] {
  const range = { fromMs: periods[0]?.fromMs ?? 0, toMs: periods.at(-1)?.toMs ?? 0 };
  const spansOf = stateReader(db, range);
  const maintenance = readMaintenance(db, range);
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
      maintenance: timesOf(
        maintenance.get(isCluster ? given : (clusterId ?? standaloneRowId({ id: subjectId }))) ?? [],
        isCluster ? null : subjectId,
      ),
      events: isCluster ? eventsOfOutages(db, given, range, spans) : [],
    });
  });
}
