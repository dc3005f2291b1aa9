import { duration } from '../../../domain/words/duration';
import type { Gap } from '../../../domain/model/history';
import { unwatchedMs } from '../../../domain/incidents/compare-incidents';

/** How much of a range nobody watched, up to now; "" where all of it was watched. A time without events is only as quiet as that. */
export function unwatchedWords(
  gaps: readonly Gap[],
  range: { fromMs: number; toMs: number },
  nowMs: number,
): string {
  const until = { fromMs: range.fromMs, toMs: Math.min(range.toMs, nowMs) };
  const whole = gaps.filter(({ clusterIds }) => clusterIds === null);
  const ms = unwatchedMs(whole, until);
  if (ms === 0) return '';
  return ms >= until.toMs - until.fromMs
    ? ' Nobody watched in this time.'
    : ` Nobody watched for ${duration(ms)} of it.`;
}
