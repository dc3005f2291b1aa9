import { duration } from '../../../domain/words/duration';
import type { Gap } from '../../../domain/model/history';
import { unmonitoredMs } from '../../../domain/incidents/compare-incidents';

/** How much of a range was not monitored, up to now; empty where all of it was. In that time the lack of events proves nothing. */
export function gapWords(
  gaps: readonly Gap[],
  range: { fromMs: number; toMs: number },
  nowMs: number,
): string {
  const until = { fromMs: range.fromMs, toMs: Math.min(range.toMs, nowMs) };
  const whole = gaps.filter(({ clusterIds }) => clusterIds === null);
  const ms = unmonitoredMs(whole, until);
  if (ms === 0) return '';
  return ms >= until.toMs - until.fromMs
    ? ' Not monitored in this time.'
    : ` Not monitored for ${duration(ms)} of it.`;
}
