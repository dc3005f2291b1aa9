import type { StateLane } from '../../../domain/model/state-lane';
import { healthRank, healthSchema } from '../../../domain/model/health';
import { xOf, type TimeScale } from '../../time/time-scale';

/** A state's range on the screen. */
export interface Bar {
  fromX: number;
  toX: number;
  state: string;
  /** Number of short states that share these pixels; `state` is the worst of them. */
  count: number;
  /** Has not ended, or extends beyond the screen. */
  open: boolean;
}

const leastPx = 1;

/**
 * The states of one lane as bars, left to right. States too short to be visible share a bar with their count and the worst
 * state; none is left out.
 */
export function barsOf(lane: StateLane, scale: TimeScale, nowMs: number): Bar[] {
  const bars: Bar[] = [];
  for (const [index, state] of lane.states.entries()) {
    const fromMs = lane.fromMs[index] ?? 0;
    const toMs = lane.toMs[index] ?? null;
    const endMs = toMs ?? nowMs;
    if (endMs <= scale.fromMs) continue;
    if (fromMs >= scale.toMs) break;
    const fromX = Math.max(-4, xOf(scale, fromMs));
    const toX = Math.min(scale.widthPx + 4, xOf(scale, endMs));
    const last = bars.at(-1);
    const short = toX - fromX < leastPx;
    if (
      last &&
      short &&
      last.count > 0 &&
      fromX - last.fromX < leastPx &&
      last.toX - last.fromX < 2 * leastPx
    ) {
      last.toX = Math.max(last.toX, toX);
      last.count += 1;
      if (rank(state) < rank(last.state)) last.state = state;
      continue;
    }
    bars.push({
      fromX,
      toX: Math.max(toX, fromX + leastPx),
      state,
      count: 1,
      open: toMs === null,
    });
  }
  return bars;
}

const roles = ['unknown', 'fault', 'init', 'master', 'backup'];
const healthRanks = new Map<string, number>(
  healthSchema.options.map((health) => [health, healthRank(health)]),
);

/** Rank of a state, worst first: health states by their own rank, roles by how far they are from master. */
function rank(state: string): number {
  return healthRanks.get(state) ?? roles.indexOf(state);
}
