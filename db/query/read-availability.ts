import type Database from 'better-sqlite3';
import { z } from 'zod';
import { availabilityOver } from '../../domain/past/availability';
import { rangeSchema, type Availability, type Gap, type TimeRange } from '../../domain/model/history';
import type { HeronEvent, HeronEventType } from '../../domain/model/event';
import { allEdges, type Inventory } from '../../domain/inventory/inventory';
import { query } from './query';
import { readEvents } from './read-events';
import { readGaps } from './read-runs';
import { readSpans } from './read-spans';

export const availabilityQueries = {
  /** How available clusters and edges were. One answer for each id, in order. */
  availability: query(
    rangeSchema.extend({ subjectIds: z.array(z.string()).max(20_000) }),
    ({ db, inventories }, { subjectIds, ...range }) =>
      readAvailability(db, subjectIds, range, {
        inventories: inventories.during(range),
        gaps: readGaps(db, range),
      }),
  ),
};

const relevantTypes: HeronEventType[] = ['failover', 'failback', 'no-active-lb', 'lb-role'];
/** Events read at a time. */
const pageEvents = 10_000;

/** The availability of each subject over the range. An id that no inventory of the range has counts as an edge that was never known. */
export function readAvailability(
  db: Database.Database,
  subjectIds: readonly string[],
  range: TimeRange,
  known: { inventories: readonly Inventory[]; gaps: readonly Gap[] },
): Availability[] {
  const clusters = new Set(known.inventories.flatMap(({ clusters: all }) => all.map(({ id }) => id)));
  const clusterOf = new Map(
    known.inventories.flatMap((inventory) => allEdges(inventory).map(({ id, clusterId }) => [id, clusterId])),
  );
  return subjectIds.map((given) => {
    const isCluster = clusters.has(given);
    const subjectId = isCluster ? given : given.replace(/^edge:/, '');
    const kind = isCluster ? 'cluster-health' : 'edge-health';
    return {
      ...availabilityOver(range, {
        subjectId,
        kind: isCluster ? 'cluster' : 'edge',
        clusterId: isCluster ? given : (clusterOf.get(subjectId) ?? null),
        spans: readSpans(db, [subjectId], range.fromMs, range.toMs).filter((span) => span.kind === kind),
        gaps: known.gaps,
        events: isCluster ? eventsOf(db, given, range) : [],
      }),
      subjectId: given,
    };
  });
}

/** The events about a cluster's LBs in the range, oldest first. */
function eventsOf(db: Database.Database, clusterId: string, range: TimeRange): HeronEvent[] {
  const events: HeronEvent[] = [];
  let beforeId: number | null = null;
  for (;;) {
    const page = readEvents(db, { clusterId, types: relevantTypes, range, beforeId, limit: pageEvents });
    events.push(...page.map(({ event }) => event));
    beforeId = page.at(-1)?.id ?? null;
    if (page.length < pageEvents) return events.reverse();
  }
}
