import {
  cutOffHit,
  cutOffsOf,
  stateHit,
  statesOf,
  type PointablePicture,
  type TimelineHit,
} from './hit-test';
import type { Lane } from './lanes';

/** Something that a lane shows, and the middle of what of it is in sight. */
export interface LaneStop {
  atMs: number;
  hit: TimelineHit;
}

/** Lanes that show something of their own. */
const stopKinds: ReadonlySet<Lane['kind']> = new Set(['cluster', 'role', 'cut-off', 'health']);

export function hasStops({ kind }: Lane): boolean {
  return stopKinds.has(kind);
}

/** Everything that a lane shows in the range, from left to right: its states, events, outages, and the gaps that cover it. */
export function stopsOf(lane: Lane, picture: PointablePicture): LaneStop[] {
  const { scale, gaps, nowMs, events, outages } = picture;
  const stops: LaneStop[] = [];
  const add = (hit: TimelineHit, fromMs: number, toMs: number): void => {
    const endMs = Math.min(toMs, scale.toMs, nowMs);
    const startMs = Math.max(fromMs, scale.fromMs);
    if (fromMs <= scale.toMs && toMs >= scale.fromMs && endMs >= startMs)
      stops.push({ atMs: (startMs + endMs) / 2, hit });
  };
  const states = statesOf(lane, picture.lanesBy);
  for (const [index, fromMs] of states?.fromMs.entries() ?? [])
    if (states) add(stateHit(lane, states, index, picture.sourced), fromMs, states.toMs[index] ?? nowMs);
  for (const gap of gaps)
    if (gap.clusterIds === null || gap.clusterIds.includes(lane.clusterId))
      add({ kind: 'gap', gap }, gap.fromMs, gap.toMs);
  if (lane.kind === 'cut-off')
    for (const outage of cutOffsOf(outages, lane.clusterId))
      add(cutOffHit(outage, events), outage.fromMs, outage.toMs ?? nowMs);
  if (lane.kind === 'cluster')
    for (const { marks, clusterId } of picture.groups) {
      const [first] = marks;
      if (!first || clusterId !== lane.clusterId) continue;
      const times = marks.map(({ recorded }) => recorded.event.timeMs);
      const shared = marks.map(({ recorded }) => recorded);
      add({ kind: 'mark', recorded: first.recorded, shared }, Math.min(...times), Math.max(...times));
    }
  return stops.sort((a, b) => a.atMs - b.atMs || order.indexOf(a.hit.kind) - order.indexOf(b.hit.kind));
}

/** What lies above comes after what is below it. */
const order: TimelineHit['kind'][] = ['state', 'gap', 'cut-off', 'mark'];

/** The stop beside another one, which may be out of sight by now; null: there are no more. */
export function nextStop(stops: readonly LaneStop[], present: LaneStop, side: -1 | 1): LaneStop | null {
  const index = stops.findIndex((stop) => isSame(stop.hit, present.hit));
  if (index >= 0) return stops[index + side] ?? null;
  return side > 0
    ? (stops.find(({ atMs }) => atMs > present.atMs) ?? null)
    : (stops.findLast(({ atMs }) => atMs < present.atMs) ?? null);
}

/** The stop nearest to a time; null: there is none. */
export function stopNear(stops: readonly LaneStop[], atMs: number): LaneStop | null {
  const off = (stop: LaneStop): number => Math.abs(stop.atMs - atMs);
  return stops.reduce<LaneStop | null>(
    (nearest, stop) => (nearest === null || off(stop) < off(nearest) ? stop : nearest),
    null,
  );
}

function isSame(one: TimelineHit, other: TimelineHit): boolean {
  return identityOf(one) === identityOf(other);
}

function identityOf(hit: TimelineHit): string {
  switch (hit.kind) {
    case 'state':
      return `state ${hit.lane.key} ${hit.fromMs}`;
    case 'gap':
      return `gap ${hit.gap.fromMs} ${hit.gap.reason}`;
    case 'cut-off':
      return `cut-off ${hit.outage.kind} ${hit.outage.fromMs}`;
    case 'mark':
      return `mark ${hit.recorded.id}`;
  }
}
