import type { Span } from '../../domain/contract/past';
import { healthRank, healthSchema } from '../../domain/health';
import { xOf, type TimeScale } from './time-scale';

/** A state's stretch on the screen. */
export interface Bar {
  fromX: number;
  toX: number;
  state: string;
  /** More than one: several short states share these pixels; `state` is the worst of them. */
  count: number;
  /** It has not ended, or reaches beyond the screen. */
  open: boolean;
}

const leastPx = 1;

/**
 * The states of one lane as bars, left to right. States too short to be seen by themselves share a bar that says how many they
 * are and wears the worst of them: none is left out. `spans` are of one subject and kind, by beginning.
 */
export function barsOf(spans: readonly Span[], scale: TimeScale, nowMs: number): Bar[] {
  const bars: Bar[] = [];
  for (const span of spans) {
    const endMs = span.toMs ?? nowMs;
    if (endMs <= scale.fromMs || span.fromMs >= scale.toMs) continue;
    const fromX = Math.max(-4, xOf(scale, span.fromMs));
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
      if (worse(span.state, last.state)) last.state = span.state;
      continue;
    }
    bars.push({
      fromX,
      toX: Math.max(toX, fromX + leastPx),
      state: span.state,
      count: 1,
      open: span.toMs === null,
    });
  }
  return bars;
}

function worse(a: string, b: string): boolean {
  return rank(a) < rank(b);
}

/** Health states by their own rank; a role that is not master is worth more notice the less it is one. */
function rank(state: string): number {
  const health = healthSchema.safeParse(state);
  if (health.success) return healthRank(health.data);
  return ['unknown', 'fault', 'init', 'master', 'backup'].indexOf(state);
}
