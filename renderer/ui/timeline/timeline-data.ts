import type { SourcePart } from '../../../domain/contract/source-past';
import type { Gap, TimeRange } from '../../../domain/model/history';
import type { StateLane } from '../../../domain/model/state-lane';
import type { RecordedEvent } from '../../../domain/model/event';
import type { RecordedOutage } from '../../../domain/past/recorded-outage';
import { mergeEvents } from '../../state/history/events';

/** The history of a range, for the current lanes. */
export interface TimelineData extends TimeRange {
  /** The clusters and edges whose states were read; for others, no states means not read. */
  subjectIds: ReadonlySet<string>;
  lanesBy: ReadonlyMap<string, StateLane>;
  gaps: readonly Gap[];
  /** The stretches that metrics sources watched in gaps. */
  sourced: readonly SourcePart[];
  /** The times without an active LB or a serving edge, as incidents and reports count them. */
  outages: readonly RecordedOutage[];
  /** Latest recorded first. */
  events: readonly RecordedEvent[];
  /** False while the events are still being read; states and gaps are complete. */
  eventsRead: boolean;
  /** Older events were left out because there are too many to draw. */
  cut: boolean;
}

export const noData: TimelineData = {
  fromMs: 0,
  toMs: 0,
  subjectIds: new Set(),
  lanesBy: new Map(),
  gaps: [],
  sourced: [],
  outages: [],
  events: [],
  eventsRead: false,
  cut: false,
};

/** Key of a lane, by kind and subject. */
export function laneKey(kind: StateLane['kind'], subjectId: string): string {
  return `${kind} ${subjectId}`;
}

/** If most of the wanted range is missing, it is read whole; if much more than wanted is held, it is discarded. */
const mostMissing = 0.7;
const mostHeld = 6;
/** The end of the held range is read again, since it may have been now, with unfinished states. */
const againMs = 600_000;

/** The ranges to read to cover `wanted`; `keep`: whether the held data stays. */
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

/** Merges two overlapping or adjacent parts; where they differ, the one read later wins. */
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
    sourced: [],
    gaps: joinedGaps([...held.gaps.flatMap((gap) => outside(gap, later)), ...later.gaps]),
    outages: joinedOutages(held, later),
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
    // A state that was unfinished when read ends where the next one begins.
    toMs: join(held.toMs, later.toMs).map((ms, index) => ms ?? fromMs[index + 1] ?? null),
  };
}

/** An outage that is in both parts is as it was read up to the later time: one that lasts was measured until then. */
function joinedOutages(held: TimelineData, later: TimelineData): RecordedOutage[] {
  const [first, other] = later.toMs >= held.toMs ? [later, held] : [held, later];
  const isKnown = (outage: RecordedOutage): boolean =>
    first.outages.some(
      ({ clusterId, kind, fromMs, toMs }) =>
        clusterId === outage.clusterId &&
        kind === outage.kind &&
        fromMs < (outage.toMs ?? Infinity) &&
        (toMs ?? Infinity) > outage.fromMs,
    );
  return [...first.outages, ...other.outages.filter((outage) => !isKnown(outage))];
}

/** The parts of a gap before and after a range. */
function outside(gap: Gap, { fromMs, toMs }: TimeRange): Gap[] {
  const before = { ...gap, toMs: Math.min(gap.toMs, fromMs) };
  const after = { ...gap, fromMs: Math.max(gap.fromMs, toMs) };
  return [before, after].filter((part) => part.toMs > part.fromMs);
}

/** Joins the two parts of a gap that crosses the edge of a requested range. */
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
