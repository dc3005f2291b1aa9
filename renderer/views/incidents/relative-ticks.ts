import { duration } from '../../../domain/words/duration';
import { ticksOf, type Tick, type TimeScale } from '../../time/time-scale';

/** Ticks at round distances from a zero, so that two timelines can be laid one above the other. */
export function relativeTicks(scale: TimeScale, zeroMs: number): Tick[] {
  const shifted = { ...scale, fromMs: scale.fromMs - zeroMs, toMs: scale.toMs - zeroMs };
  return ticksOf(shifted, 'utc').ticks.map(({ ms }) => ({ ms: ms + zeroMs, strong: ms === 0 }));
}

/** "0", "+2 m", "−30 s": how far a time is from the zero. */
export function relativeWords(ms: number, zeroMs: number): string {
  const off = ms - zeroMs;
  if (off === 0) return '0';
  return `${off < 0 ? '−' : '+'}${duration(Math.abs(off)).replace(/ 0 [smh]$/, '')}`;
}
