import type { TimeRange } from '../../../../domain/model/history';
import type { RecordedEvent } from '../../../../domain/model/event';
import type { ClusterView } from '../../../../domain/model/snapshot';
import { groupEdges, groupName } from '../../../ui/timeline/group-edges';
import { cutOffsOf } from '../../../ui/timeline/hit-test';
import { cutOffName, laneHeights, type Lane } from '../../../ui/timeline/lanes';
import type { TimelineData } from '../../../ui/timeline/timeline-data';

/** What is too short to be seen where it stands, spread out under its cluster's lane. */
export interface Lens extends TimeRange {
  clusterId: string;
  eventId: number;
  /** Below each other from 0. */
  lanes: Lane[];
  /** The lanes alone. */
  lanesPx: number;
  /** The LBs the event is about: what came in at them is drawn. */
  lbIds: string[];
}

/** The funnel from the lane to the lens, and the lens's own ruler. */
export const funnelPx = 18;
export const lensRulerPx = 26;

const shortestMs = 18_000;
const timesBracket = 8;
/** A timeline that spans less than this many lens ranges shows the event well enough. */
const leastLenses = 1.5;

/** The range a lens on this event has: its bracket in the middle, with several times as much around. Null: it has no cluster. */
export function lensRange({ event }: RecordedEvent): TimeRange | null {
  if (!('clusterId' in event) || event.clusterId === null) return null;
  const bracket = 'bracket' in event ? event.bracket : null;
  const fromMs = bracket ? bracket.lastOldMs : event.timeMs;
  const toMs = bracket ? bracket.firstNewMs : event.timeMs;
  const lengthMs = Math.max(shortestMs, (toMs - fromMs) * timesBracket);
  const startMs = Math.max(0, Math.round((fromMs + toMs) / 2 - lengthMs * 0.45));
  return { fromMs: startMs, toMs: startMs + Math.round(lengthMs) };
}

/**
 * A lens on an event, for what the timeline holds; null where the picture, `shown`, shows the event itself, or where the event is of
 * no such cluster. Edges that were not read yet come when they are. LBs and edges that change in it have lanes of their own; those that do not share one for each state.
 */
export function lensOn(
  recorded: RecordedEvent,
  shown: TimeRange,
  cluster: ClusterView | undefined,
  { lanesBy, outages, subjectIds }: Pick<TimelineData, 'lanesBy' | 'outages' | 'subjectIds'>,
): Lens | null {
  const range = lensRange(recorded);
  if (range === null || cluster?.kind !== 'cluster') return null;
  if (shown.toMs - shown.fromMs < (range.toMs - range.fromMs) * leastLenses) return null;
  const { event } = recorded;
  const moved = event.type === 'failover' || event.type === 'failback';
  const lbIds = moved ? [event.fromEdgeId, event.toEdgeId] : [];
  const read = cluster.edges.filter(({ id }) => subjectIds.has(id) || lbIds.includes(id));
  const lanes: Lane[] = [];
  let topPx = 0;
  const add = (kind: Lane['kind'], key: string, name: string, subjectId: string | null): void => {
    lanes.push({
      kind,
      clusterId: cluster.id,
      key: `lens ${key}`,
      name,
      subjectId,
      topPx,
      heightPx: laneHeights[kind],
    });
    topPx += laneHeights[kind];
  };
  const addEdges = (kind: 'role' | 'health', always: readonly string[]): void => {
    const { own, others } = groupEdges(kind, read, always, lanesBy, range);
    for (const edge of own) add(kind, `${kind} ${edge.id}`, edge.name, edge.id);
    for (const { state, edges } of others) {
      const [first] = edges;
      if (first === undefined) continue;
      add(kind, `${kind} ${first.id}`, groupName(edges, state, own.length > 0), first.id);
    }
  };
  add('heading', 'roles', 'LB role', null);
  addEdges('role', lbIds);
  const isCutOff = cutOffsOf(outages, cluster.id).some(
    ({ fromMs, toMs }) => fromMs < range.toMs && (toMs ?? Infinity) > range.fromMs,
  );
  if (moved || isCutOff) add('cut-off', 'cut-off', cutOffName, null);
  add('heading', 'health', 'Edge health', null);
  addEdges('health', []);
  if (moved) {
    add('heading', 'ingress-head', 'Ingress at the LB', null);
    add('ingress', 'ingress', 'at each reading', null);
  }
  return { ...range, clusterId: cluster.id, eventId: recorded.id, lanes, lanesPx: topPx, lbIds };
}

/** The total height of a lens in the timeline. */
export function lensHeightPx(lens: Lens): number {
  return funnelPx + lensRulerPx + lens.lanesPx;
}
