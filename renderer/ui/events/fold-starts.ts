import type { RecordedEvent } from '../../../domain/model/event';

/** One event, or several that all say that something is up whose state was not known, the latest first. */
export type EventEntry = [RecordedEvent, ...RecordedEvent[]];

/** The most time between two of them, as at a start, when all edges are read for the first time. */
const mostApartMs = 10_000;

/** Folds runs of states that became known to be up: after a start there is one for each edge, and they say one thing. */
export function foldStarts(rows: readonly RecordedEvent[]): EventEntry[] {
  const entries: EventEntry[] = [];
  for (const recorded of rows) {
    const last = entries.at(-1);
    const before = last?.at(-1);
    if (last && before && becameKnown(before) && becameKnown(recorded) && isNear(before, recorded))
      last.push(recorded);
    else entries.push([recorded]);
  }
  return entries;
}

function becameKnown({ event }: RecordedEvent): boolean {
  const isState = event.type === 'edge-state' || event.type === 'cluster-state';
  return isState && event.from === 'unknown' && event.to === 'up' && event.reasons.length === 0;
}

function isNear({ event: one }: RecordedEvent, { event: other }: RecordedEvent): boolean {
  return Math.abs(one.timeMs - other.timeMs) <= mostApartMs;
}
