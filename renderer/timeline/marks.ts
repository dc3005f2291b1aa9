import type { HeronEvent, HeronEventType, RecordedEvent } from '../../domain/event';
import { xOf, type TimeScale } from './time-scale';

/** The events a timeline marks. State changes and roles are drawn as bars already. */
export const markedTypes: readonly HeronEventType[] = [
  'failover',
  'failback',
  'no-active-lb',
  'split-brain',
  'flapping',
  'finding',
  'note',
];

/** An event where it stands on the screen: a bracket between two readings, or one time. */
export interface Mark {
  recorded: RecordedEvent;
  clusterId: string;
  fromX: number;
  toX: number;
  bracket: boolean;
}

/** Marks that stand so close that they are drawn as one, with their number. */
export interface MarkGroup {
  marks: Mark[];
  clusterId: string;
  fromX: number;
  toX: number;
}

const nearPx = 7;
export const leastBracketPx = 9;

/** What is marked of these events, by cluster and then from the left. */
export function marksOf(events: readonly RecordedEvent[], scale: TimeScale): MarkGroup[] {
  const marks = events.flatMap((recorded) => {
    const mark = markOf(recorded, scale);
    return mark ? [mark] : [];
  });
  marks.sort((a, b) => (a.clusterId < b.clusterId ? -1 : a.clusterId > b.clusterId ? 1 : a.fromX - b.fromX));
  const groups: MarkGroup[] = [];
  for (const mark of marks) {
    const last = groups.at(-1);
    if (last?.clusterId === mark.clusterId && mark.fromX - last.toX < nearPx && sharesPixels(last, mark)) {
      last.marks.push(mark);
      last.toX = Math.max(last.toX, mark.toX);
    } else groups.push({ marks: [mark], clusterId: mark.clusterId, fromX: mark.fromX, toX: mark.toX });
  }
  return groups;
}

/** Wide brackets that follow each other stay apart; only small ones melt together. */
function sharesPixels(group: MarkGroup, mark: Mark): boolean {
  return group.toX - group.fromX < 24 && mark.toX - mark.fromX < 24;
}

function markOf(recorded: RecordedEvent, scale: TimeScale): Mark | null {
  const { event } = recorded;
  const clusterId = clusterOf(event);
  if (clusterId === null || !markedTypes.includes(event.type)) return null;
  const bracket = 'bracket' in event ? event.bracket : null;
  const fromMs = bracket ? bracket.lastOldMs : event.timeMs;
  const toMs = bracket ? bracket.firstNewMs : event.timeMs;
  let [fromX, toX] = [xOf(scale, fromMs), xOf(scale, toMs)];
  if (bracket && toX - fromX < leastBracketPx) {
    const middle = (fromX + toX) / 2;
    fromX = middle - leastBracketPx / 2;
    toX = middle + leastBracketPx / 2;
  }
  if (toX < 0 || fromX > scale.widthPx) return null;
  return { recorded, clusterId, fromX, toX, bracket: bracket !== null };
}

function clusterOf(event: HeronEvent): string | null {
  return 'clusterId' in event ? event.clusterId : null;
}
