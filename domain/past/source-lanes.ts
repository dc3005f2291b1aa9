import type { Span, TimeRange } from '../model/history';
import { judgeStep, nothingKnown, type EdgeStep } from './step-judgement';

/** What is certain of edges in steps, by their names. */
export interface KnownSteps {
  stepMs: number;
  /** The end of each step, UTC milliseconds. */
  endsMs: readonly number[];
  byEdge: ReadonlyMap<string, readonly EdgeStep[]>;
}

/** A cluster or a standalone edge that is read through a metrics source. */
export interface SourcedRow {
  id: string;
  /** A standalone edge has no LB. */
  isCluster: boolean;
  /** Those that are enabled. */
  edges: readonly { id: string; name: string }[];
}

export type LaneState = Pick<Span, 'kind' | 'subjectId' | 'state'> & TimeRange;

/** The states of a row within a stretch, as its source proves them: what lasts over several steps is one state. */
export function sourceStates(row: SourcedRow, steps: KnownSteps, stretch: TimeRange): LaneState[] {
  const lanes = new Map<string, LaneState[]>();
  for (const [at, endMs] of steps.endsMs.entries()) {
    const fromMs = Math.max(stretch.fromMs, endMs - steps.stepMs);
    const toMs = Math.min(stretch.toMs, endMs);
    if (toMs <= fromMs) continue;
    const judged = judgeStep(row.edges.map(({ name }) => steps.byEdge.get(name)?.[at] ?? nothingKnown));
    const add = (kind: Span['kind'], subjectId: string, state: string): void =>
      extend(lanes, { kind, subjectId, state, fromMs, toMs });
    if (row.isCluster) add('cluster-health', row.id, judged.cluster);
    for (const [place, { id }] of row.edges.entries()) {
      add('edge-health', id, judged.edges[place]?.health ?? 'unknown');
      if (row.isCluster) add('lb-role', id, judged.edges[place]?.role ?? 'unknown');
    }
  }
  return [...lanes.values()].flat();
}

function extend(lanes: Map<string, LaneState[]>, next: LaneState): void {
  const key = `${next.kind} ${next.subjectId}`;
  const lane = lanes.get(key) ?? [];
  lanes.set(key, lane);
  const last = lane.at(-1);
  if (last?.state === next.state && last.toMs === next.fromMs) last.toMs = next.toMs;
  else lane.push(next);
}
