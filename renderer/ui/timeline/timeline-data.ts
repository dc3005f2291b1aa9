import type { Gap, TimeRange } from '../../../domain/model/history';
import type { StateLane } from '../../../domain/model/state-lane';
import type { RecordedEvent } from '../../../domain/model/event';
import { mergeEvents } from '../../state/history/events';

/** What history says of a range, for the lanes that are there. */
export interface TimelineData extends TimeRange {
  /** The clusters and edges whose states were read; others are not known to have none. */
  subjectIds: ReadonlySet<string>;
  lanesBy: ReadonlyMap<string, StateLane>;
  gaps: readonly Gap[];
  /** The last recorded first. */
  events: readonly RecordedEvent[];
  /** False: states and gaps are there, the events are still being read. */
  eventsRead: boolean;
  /** Older events of the range were left out: there are too many to draw. */
  cut: boolean;
}

export const noData: TimelineData = {
  fromMs: 0,
  toMs: 0,
  subjectIds: new Set(),
  lanesBy: new Map(),
  gaps: [],
  events: [],
  eventsRead: false,
  cut: false,
};

/** Lanes are kept by kind and subject. */
export function laneKey(kind: StateLane['kind'], subjectId: string): string {
  return `${kind} ${subjectId}`;
}

/** Where most of what is wanted is not held, it is read whole; and what is held is let go when it is much more than is wanted. */
const mostMissing = 0.7;
const mostHeld = 6;
/** The end of what is held is read again: it may have been now, when a state there had not ended yet. */
const againMs = 600_000;

/** What must be read so that what is held covers `wanted`; `keep`: what is held stays. */
export function toRead(held: TimelineData, wanted: TimeRange): { parts: TimeRange[]; keep: boolean } {
  const parts: TimeRange[] = [];
  if (wanted.fromMs < held.fromMs)
    parts.push({ fromMs: wanted.fromMs, toMs: Math.min(held.fromMs, wanted.toMs) });
  if (wanted.toMs > held.toMs)
    parts.push({ fromMs: Math.max(held.toMs - againMs, wanted.fromMs), toMs: wanted.toMs });
  const lengthMs = wanted.toMs - wanted.fromMs;
  const missingMs = parts.reduce((sum, part) => sum + part.toMs - part.fromMs, 0);
  const apart = wanted.toMs < held.fromMs || wanted.fromMs > held.toMs;
  const togetherMs = Math.max(wanted.toMs, held.toMs) - Math.min(wanted.fromMs, held.fromMs);
  const much = missingMs > 0 && togetherMs > lengthMs * mostHeld;
  const zoomedIn = held.cut && lengthMs < (held.toMs - held.fromMs) / 2;
  const whole = zoomedIn || apart || much || missingMs > lengthMs * mostMissing;
  return whole ? { parts: [wanted], keep: false } : { parts, keep: true };
}

/** Both as one. They overlap or touch; where they differ, what was read later is right. */
export function joined(held: TimelineData, later: TimelineData): TimelineData {
  const lanesBy = new Map(held.lanesBy);
  for (const [key, lane] of later.lanesBy) {
    const before = lanesBy.get(key);
    lanesBy.set(key, before === undefined ? lane : joinedLane(before, lane));
  }
  return {
    fromMs: Math.min(held.fromMs, later.fromMs),
    toMs: Math.max(held.toMs, later.toMs),
    subjectIds: later.subjectIds,
    lanesBy,
    gaps: joinedGaps([...held.gaps.flatMap((gap) => outside(gap, later)), ...later.gaps]),
    events: mergeEvents(held.events, later.events),
    eventsRead: later.eventsRead,
    cut: held.cut || later.cut,
  };
}

function joinedLane(held: StateLane, later: StateLane): StateLane {
  const firstMs = later.fromMs[0];
  const lastMs = later.fromMs.at(-1);
  if (firstMs === undefined || lastMs === undefined) return held;
  const before = held.fromMs.findIndex((ms) => ms >= firstMs);
  const after = held.fromMs.findLastIndex((ms) => ms <= lastMs) + 1;
  const join = <T>(some: readonly T[], more: readonly T[]): T[] => [
    ...some.slice(0, before < 0 ? some.length : before),
    ...more,
    ...some.slice(after),
  ];
  const fromMs = join(held.fromMs, later.fromMs);
  return {
    ...later,
    states: join(held.states, later.states),
    fromMs,
    // A state that lasted when it was read has ended where another follows.
    toMs: join(held.toMs, later.toMs).map((ms, index) => ms ?? fromMs[index + 1] ?? null),
  };
}

/** What a gap has before and after a range. */
function outside(gap: Gap, { fromMs, toMs }: TimeRange): Gap[] {
  const before = { ...gap, toMs: Math.min(gap.toMs, fromMs) };
  const after = { ...gap, fromMs: Math.max(gap.fromMs, toMs) };
  return [before, after].filter((part) => part.toMs > part.fromMs);
}

/** A gap that reaches over the edge of what was asked for comes in two parts. */
function joinedGaps(gaps: readonly Gap[]): Gap[] {
  const result: Gap[] = [];
  for (const gap of [...gaps].sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs)) {
    const same = result.findLast((other) => other.toMs >= gap.fromMs && sameReason(other, gap));
    if (same) same.toMs = Math.max(same.toMs, gap.toMs);
    else result.push({ ...gap });
  }
  return result;
}

function sameReason(a: Gap, b: Gap): boolean {
  return a.reason === b.reason && a.words === b.words && a.clusterIds?.join() === b.clusterIds?.join();
}
