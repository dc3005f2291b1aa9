import type { HeronEvent, HeronEventType, RecordedEvent } from '../../../domain/model/event';
import { xOf, type TimeScale } from '../../time/time-scale';

/** The events a timeline marks. State changes and roles are drawn as bars already. */
export const markedTypes: readonly HeronEventType[] = [
  'failover',
  'failback',
  'no-active-lb',
  'split-brain',
  'flapping',
  'users-gap',
  'finding',
  'note',
];

/** An event's position on the screen: a bracket between two readings, or one time. */
export interface Mark {
  recorded: RecordedEvent;
  clusterId: string;
  fromX: number;
  toX: number;
  bracket: boolean;
}

/** Marks too close to each other, drawn as one with their count. */
export interface MarkGroup {
  marks: Mark[];
  clusterId: string;
  fromX: number;
  toX: number;
}

const nearPx = 7;
export const leastBracketPx = 9;

/** The parts of a mark that do not depend on the scale. */
interface Marked {
  recorded: RecordedEvent;
  clusterId: string;
  fromMs: number;
  toMs: number;
  bracket: boolean;
}

/** Marks by cluster and time, sorted once per list of events rather than once per frame. */
const inOrder = new WeakMap<readonly RecordedEvent[], readonly Marked[]>();

/** The marks of these events, by cluster, then left to right. */
export function marksOf(events: readonly RecordedEvent[], scale: TimeScale): MarkGroup[] {
  let marked = inOrder.get(events);
  if (marked === undefined) {
    marked = markedInOrder(events);
    inOrder.set(events, marked);
  }
  const groups: MarkGroup[] = [];
  for (const one of marked) {
    const mark = markOf(one, scale);
    if (mark === null) continue;
    const last = groups.at(-1);
    if (last?.clusterId === mark.clusterId && mark.fromX - last.toX < nearPx && sharesPixels(last, mark)) {
      last.marks.push(mark);
      last.toX = Math.max(last.toX, mark.toX);
    } else groups.push({ marks: [mark], clusterId: mark.clusterId, fromX: mark.fromX, toX: mark.toX });
  }
  return groups;
}

/** The mark nearest to x in a cluster's lane; null if none is close to the pointer. */
export function markNear(groups: readonly MarkGroup[], clusterId: string, x: number): Mark | null {
  const near = groups
    .filter((group) => group.clusterId === clusterId)
    .flatMap(({ marks }) => marks)
    .map((mark) => ({ mark, offPx: Math.max(mark.fromX - x, x - mark.toX, 0) }))
    .filter(({ offPx }) => offPx < nearPx)
    .sort((a, b) => a.offPx - b.offPx)[0];
  return near?.mark ?? null;
}

/** The time of the mark's end nearest to x in a cluster's lane; null if none is close to the pointer. */
export function edgeNear(groups: readonly MarkGroup[], clusterId: string, x: number): number | null {
  let nearest: { off: number; ms: number } | null = null;
  for (const { recorded, fromX, toX } of groups
    .filter((group) => group.clusterId === clusterId)
    .flatMap(({ marks }) => marks)) {
    const { event } = recorded;
    const [fromMs, toMs] =
      'bracket' in event && event.bracket
        ? [event.bracket.lastOldMs, event.bracket.firstNewMs]
        : [event.timeMs, event.timeMs];
    for (const [edgeX, ms] of [
      [fromX, fromMs],
      [toX, toMs],
    ] as const) {
      const off = Math.abs(edgeX - x);
      if (off <= nearPx && (nearest === null || off < nearest.off)) nearest = { off, ms };
    }
  }
  return nearest?.ms ?? null;
}

function markedInOrder(events: readonly RecordedEvent[]): Marked[] {
  const marked = events.flatMap((recorded): Marked[] => {
    const { event } = recorded;
    const clusterId = clusterOf(event);
    if (clusterId === null || !markedTypes.includes(event.type)) return [];
    const bracket = 'bracket' in event ? event.bracket : null;
    const fromMs = bracket ? bracket.lastOldMs : event.timeMs;
    const toMs = bracket ? bracket.firstNewMs : event.timeMs;
    return [{ recorded, clusterId, fromMs, toMs, bracket: bracket !== null }];
  });
  return marked.sort((a, b) =>
    a.clusterId < b.clusterId ? -1 : a.clusterId > b.clusterId ? 1 : a.fromMs + a.toMs - b.fromMs - b.toMs,
  );
}

/** Only small brackets are merged; wide ones stay separate. */
function sharesPixels(group: MarkGroup, mark: Mark): boolean {
  return group.toX - group.fromX < 24 && mark.toX - mark.fromX < 24;
}

function markOf({ recorded, clusterId, fromMs, toMs, bracket }: Marked, scale: TimeScale): Mark | null {
  let [fromX, toX] = [xOf(scale, fromMs), xOf(scale, toMs)];
  if (bracket && toX - fromX < leastBracketPx) {
    const middle = (fromX + toX) / 2;
    fromX = middle - leastBracketPx / 2;
    toX = middle + leastBracketPx / 2;
  }
  if (toX < 0 || fromX > scale.widthPx) return null;
  return { recorded, clusterId, fromX, toX, bracket };
}

function clusterOf(event: HeronEvent): string | null {
  return 'clusterId' in event ? event.clusterId : null;
}
