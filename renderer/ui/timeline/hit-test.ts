import type { SourcePart } from '../../../domain/contract/source-past';
import type { RecordedEvent } from '../../../domain/model/event';
import type { Gap } from '../../../domain/model/history';
import type { StateLane } from '../../../domain/model/state-lane';
import type { RecordedOutage } from '../../../domain/past/recorded-outage';
import { xOf, type TimeScale } from '../../time/time-scale';
import { markNear, type Mark, type MarkGroup } from './event-marks';
import { laneAt, type Lane } from './lanes';
import { partOf } from './source-past';
import { laneKey } from './timeline-data';

/** What is drawn, and can be pointed at. */
export interface PointablePicture {
  scale: TimeScale;
  lanes: readonly Lane[];
  lanesBy: ReadonlyMap<string, StateLane>;
  gaps: readonly Gap[];
  sourced: readonly SourcePart[];
  outages: readonly RecordedOutage[];
  groups: readonly MarkGroup[];
  events: readonly RecordedEvent[];
  nowMs: number;
}

/** What is drawn at a point, the uppermost first. */
export type TimelineHit =
  | {
      kind: 'mark';
      recorded: RecordedEvent;
      /** All events that are drawn as this one mark. */ shared: RecordedEvent[];
    }
  /** `recorded`: the event that began or ended it; null: it has none. */
  | { kind: 'cut-off'; outage: RecordedOutage; recorded: RecordedEvent | null }
  | { kind: 'gap'; gap: Gap }
  /** `part`: what a metrics source has in place of this Heron; null: it was seen here. */
  | {
      kind: 'state';
      lane: Lane;
      state: string;
      fromMs: number;
      toMs: number | null;
      part: SourcePart | null;
    };

/** Something narrower than this is hit from this far away on both sides, pixels. */
const tolerancePx = 5;
/** Height of the flags of notes that belong to no cluster, above the lanes. */
const flagsPx = 18;

/** The event that a click selects; null: the point has none. A second click on the same mark goes on to its next event. */
export function eventToSelect(hit: TimelineHit | null, selectedId: number | null): RecordedEvent | null {
  if (hit?.kind === 'cut-off') return hit.recorded;
  if (hit?.kind !== 'mark') return null;
  const index = hit.shared.findIndex(({ id }) => id === selectedId);
  return index < 0 ? hit.recorded : (hit.shared[(index + 1) % hit.shared.length] ?? hit.recorded);
}

/** What is drawn at a point of the lanes; `y` counts from the top of the first lane, `sightY` from the top of what is in sight. */
export function hitAt(
  { x, y, sightY }: { x: number; y: number; sightY: number },
  picture: PointablePicture,
): TimelineHit | null {
  const { scale, lanes, groups } = picture;
  const note = sightY < flagsPx ? fleetNoteAt(x, picture) : null;
  if (note) return { kind: 'mark', recorded: note, shared: [note] };
  const lane = laneAt(lanes, y);
  if (lane && lane.kind === 'cluster') {
    const mark = markNear(groups, lane.clusterId, x);
    if (mark) return { kind: 'mark', recorded: mark.recorded, shared: sharedBy(groups, mark) };
  }
  const gap = picture.gaps.find(
    ({ fromMs, toMs, clusterIds }) =>
      isNear(x, xOf(scale, fromMs), xOf(scale, toMs)) &&
      (clusterIds === null || (lane !== null && clusterIds.includes(lane.clusterId))),
  );
  if (gap) return { kind: 'gap', gap };
  if (lane === null) return null;
  return lane.kind === 'cut-off' ? cutOffAt(x, lane, picture) : stateAt(x, lane, picture);
}

function fleetNoteAt(x: number, { scale, events }: PointablePicture): RecordedEvent | null {
  const isHit = ({ event }: RecordedEvent): boolean =>
    event.type === 'note' &&
    event.clusterId === null &&
    isNear(x, xOf(scale, event.timeMs), xOf(scale, event.timeMs) + 8);
  return events.find(isHit) ?? null;
}

function sharedBy(groups: readonly MarkGroup[], mark: Mark): RecordedEvent[] {
  const own = groups.find(({ marks }) => marks.some(({ recorded }) => recorded.id === mark.recorded.id));
  return own?.marks.map(({ recorded }) => recorded) ?? [mark.recorded];
}

function cutOffAt(x: number, lane: Lane, picture: PointablePicture): TimelineHit | null {
  const { scale, outages, nowMs } = picture;
  const outage = cutOffsOf(outages, lane.clusterId).find(({ fromMs, toMs }) =>
    isNear(x, xOf(scale, fromMs), xOf(scale, toMs ?? nowMs)),
  );
  return outage ? cutOffHit(outage, picture.events) : null;
}

/** The outages that a cluster's lane shows: what flapping adds up to has no place of its own in time. */
export function cutOffsOf(outages: readonly RecordedOutage[], clusterId: string): RecordedOutage[] {
  return outages.filter((outage) => outage.clusterId === clusterId && outage.kind !== 'flapping');
}

/** An outage with the event whose bracket lies at its beginning or its end. */
export function cutOffHit(outage: RecordedOutage, events: readonly RecordedEvent[]): TimelineHit {
  const { clusterId, fromMs, toMs } = outage;
  const types = ['failover', 'failback', 'no-active-lb'];
  const recorded = events.find(
    ({ event }) =>
      'bracket' in event &&
      event.bracket !== null &&
      types.includes(event.type) &&
      event.clusterId === clusterId &&
      event.bracket.firstNewMs >= fromMs &&
      event.bracket.firstNewMs <= (toMs ?? Infinity),
  );
  return { kind: 'cut-off', outage, recorded: recorded ?? null };
}

/** The state of a lane at a time; near a state that is too narrow to be pointed at, that one. */
function stateAt(x: number, lane: Lane, picture: PointablePicture): TimelineHit | null {
  const { scale, lanesBy, nowMs } = picture;
  const states = statesOf(lane, lanesBy);
  if (states === null) return null;
  let found: { index: number; widthPx: number } | null = null;
  for (const [index, fromMs] of states.fromMs.entries()) {
    const fromX = xOf(scale, fromMs);
    const toX = xOf(scale, states.toMs[index] ?? nowMs);
    const widthPx = toX - fromX;
    const isHit = widthPx < 2 * tolerancePx ? isNear(x, fromX, toX) : x >= fromX && x < toX;
    if (isHit && (found === null || widthPx < found.widthPx)) found = { index, widthPx };
  }
  if (found === null) return null;
  const { index } = found;
  return stateHit(lane, states, index, picture.sourced);
}

/** A state of a lane, and from where it is known. */
export function stateHit(
  lane: Lane,
  { states, fromMs: starts, toMs: ends }: StateLane,
  index: number,
  sourced: readonly SourcePart[],
): TimelineHit {
  const [fromMs, toMs] = [starts[index] ?? 0, ends[index] ?? null];
  const part = partOf(lane.clusterId, { fromMs, toMs }, sourced);
  return { kind: 'state', lane, state: states[index] ?? 'unknown', fromMs, toMs, part };
}

function isNear(x: number, fromX: number, toX: number): boolean {
  return x >= fromX - tolerancePx && x <= toX + tolerancePx;
}

/** The states that are drawn in a lane; null: none are. */
export function statesOf(lane: Lane, lanesBy: ReadonlyMap<string, StateLane>): StateLane | null {
  const { kind, subjectId } = lane;
  if (subjectId === null) return null;
  const read = (of: StateLane['kind']): StateLane | undefined => lanesBy.get(laneKey(of, subjectId));
  if (kind === 'role') return read('lb-role') ?? null;
  if (kind === 'health') return read('edge-health') ?? null;
  return read('cluster-health') ?? read('edge-health') ?? null;
}
