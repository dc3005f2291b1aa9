import type { RecordedEvent } from '../../../domain/model/event';
import { plural } from '../../../domain/words/amount';
import { shortMoment, type TimeZoneChoice } from '../../../domain/words/clock';

/** Events that are shown together, the latest first. */
export interface EventEntry {
  rows: [RecordedEvent, ...RecordedEvent[]];
  /** `single`: one event. `known`: states that became known to be up. `starts`: several starts of Heron with what each made known. */
  kind: 'single' | 'known' | 'starts';
}

/** The most time between two events of one start, when all edges are read for the first time. */
const mostApartMs = 10_000;
/** Fewer states are as short as the line that would stand for them. */
const leastKnown = 3;

/**
 * Folds what repeats itself at starts: states that became known to be up, of which there is one for each edge, and starts that follow
 * each other with nothing else in between.
 */
export function foldStarts(rows: readonly RecordedEvent[]): EventEntry[] {
  const startsMs = rows.flatMap(({ event }) => (event.type === 'start' ? [event.timeMs] : []));
  const isOfStart = (recorded: RecordedEvent): boolean =>
    recorded.event.type === 'start' || becameKnown(recorded) || isNoteOfStart(recorded, startsMs);
  return runsOf(rows, (one, other) => isOfStart(one) && isOfStart(other)).flatMap((run): EventEntry[] =>
    run.filter(({ event }) => event.type === 'start').length > 1
      ? [{ rows: run, kind: 'starts' }]
      : foldKnown(run),
  );
}

/** "Heron started 3 times, 21:00:04 to 21:20:31", "12 states became known: up". */
export function foldWords({ rows, kind }: EventEntry, nowMs: number, zone: TimeZoneChoice): string {
  if (kind !== 'starts') return `${plural(rows.length, 'state')} became known: up`;
  const startsMs = rows.flatMap(({ event }) => (event.type === 'start' ? [event.timeMs] : []));
  const [fromMs, toMs] = [Math.min(...startsMs), Math.max(...startsMs)];
  const times = `${shortMoment(fromMs, nowMs, zone)} to ${shortMoment(toMs, nowMs, zone)}`;
  return `Heron started ${startsMs.length} times, ${times}`;
}

function foldKnown(rows: readonly RecordedEvent[]): EventEntry[] {
  const isOneStart = (one: RecordedEvent, other: RecordedEvent): boolean =>
    becameKnown(one) && becameKnown(other) && isNear(one.event.timeMs, other.event.timeMs);
  return runsOf(rows, isOneStart).flatMap((run): EventEntry[] =>
    run.length >= leastKnown
      ? [{ rows: run, kind: 'known' }]
      : run.map((recorded) => ({ rows: [recorded], kind: 'single' })),
  );
}

/** Runs of events of which each belongs together with the one before. */
function runsOf(
  rows: readonly RecordedEvent[],
  areTogether: (one: RecordedEvent, other: RecordedEvent) => boolean,
): [RecordedEvent, ...RecordedEvent[]][] {
  const runs: [RecordedEvent, ...RecordedEvent[]][] = [];
  for (const recorded of rows) {
    const last = runs.at(-1);
    const before = last?.at(-1);
    if (last && before && areTogether(before, recorded)) last.push(recorded);
    else runs.push([recorded]);
  }
  return runs;
}

function becameKnown({ event }: RecordedEvent): boolean {
  if (event.type === 'lb-role') return event.from === 'unknown' && event.to !== 'unknown';
  const isState = event.type === 'edge-state' || event.type === 'cluster-state';
  return isState && event.from === 'unknown' && event.to === 'up' && event.reasons.length === 0;
}

/** What a start finds again each time, and that Heron did not run before it. */
function isNoteOfStart({ event }: RecordedEvent, startsMs: readonly number[]): boolean {
  if (event.type === 'gap') return event.reason === 'not-running';
  return event.type === 'finding' && startsMs.some((startMs) => isNear(startMs, event.timeMs));
}

function isNear(oneMs: number, otherMs: number): boolean {
  return Math.abs(oneMs - otherMs) <= mostApartMs;
}
