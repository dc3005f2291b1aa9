import type { SourcePart, SourcePast } from '../../../domain/contract/source-past';
import type { Gap, TimeRange } from '../../../domain/model/history';
import type { StateLane } from '../../../domain/model/state-lane';
import { minus } from '../../../domain/past/monitored-time';
import { laneKey, type TimelineData } from './timeline-data';

/** "From prometheus-fra, steps of 5 min". */
export function sourceWords({ source, stepMs }: Pick<SourcePart, 'source' | 'stepMs'>): string {
  return `From ${source}, steps of ${stepWords(stepMs)}`;
}

/** Steps are whole minutes. */
function stepWords(stepMs: number): string {
  const minutes = Math.round(stepMs / 60_000);
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
}

/**
 * The history with what metrics sources watched in its gaps. A gap remains for the rows of which no source has anything; `rowIds` are all
 * that are shown.
 */
export function withSourcePast(
  data: TimelineData,
  { lanes, parts }: Pick<SourcePast, 'lanes' | 'parts'>,
  rowIds: readonly string[],
): TimelineData {
  if (parts.length === 0) return data;
  const lanesBy = new Map(data.lanesBy);
  for (const lane of lanes) {
    const key = laneKey(lane.kind, lane.subjectId);
    lanesBy.set(key, spliced(data.lanesBy.get(key), lane));
  }
  return {
    ...data,
    lanesBy,
    gaps: parts.reduce((gaps, part) => gapsBeside(gaps, part, rowIds), [...data.gaps]),
    sourced: parts,
  };
}

/** The part that a state was read from; null: this Heron saw it. */
export function partOf(
  rowId: string,
  { fromMs, toMs }: { fromMs: number; toMs: number | null },
  sourced: readonly SourcePart[],
): SourcePart | null {
  const isWithin = (part: SourcePart): boolean =>
    part.fromMs <= fromMs && part.toMs >= (toMs ?? Infinity) && part.rowIds.includes(rowId);
  return sourced.find(isWithin) ?? null;
}

/** A lane with the states of a source, which take the place of what a gap hides. */
function spliced(held: StateLane | undefined, own: StateLane): StateLane {
  const ranges = own.fromMs.map((fromMs, at) => ({ fromMs, toMs: own.toMs[at] ?? Infinity }));
  const states = ranges.map((range, at) => ({ ...range, state: own.states[at] ?? 'unknown' }));
  for (const [at, state] of held?.states.entries() ?? []) {
    const range = { fromMs: held?.fromMs[at] ?? 0, toMs: held?.toMs[at] ?? Infinity };
    states.push(...minus(range, ranges).map((piece) => ({ ...piece, state })));
  }
  states.sort((a, b) => a.fromMs - b.fromMs);
  return {
    kind: own.kind,
    subjectId: own.subjectId,
    states: states.map(({ state }) => state),
    fromMs: states.map(({ fromMs }) => fromMs),
    toMs: states.map(({ toMs }) => (toMs === Infinity ? null : toMs)),
  };
}

/** The gaps without the rows of a part, for its time. */
function gapsBeside(gaps: readonly Gap[], part: SourcePart, rowIds: readonly string[]): Gap[] {
  return gaps.flatMap((gap) => {
    const within = overlap(gap, part);
    if (!within) return [gap];
    const left = (gap.clusterIds ?? rowIds).filter((id) => !part.rowIds.includes(id));
    const outside = minus(gap, [within]).map((piece) => ({ ...gap, ...piece }));
    return left.length === 0 ? outside : [...outside, { ...gap, ...within, clusterIds: left }];
  });
}

function overlap(one: TimeRange, other: TimeRange): TimeRange | null {
  const fromMs = Math.max(one.fromMs, other.fromMs);
  const toMs = Math.min(one.toMs, other.toMs);
  return toMs > fromMs ? { fromMs, toMs } : null;
}
