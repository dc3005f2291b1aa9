import type { Reason } from '../../model/health';
import type { Flapping } from '../observe/cluster-track';
import { preciseDuration, durationRange } from '../../words/duration';

/** The active LB changes again and again: how often, and for how long none was active. */
export function flappingReason(
  { changes, sinceMs, lastMs, withoutActiveMs }: Flapping,
  names: readonly string[],
): Reason {
  const { atLeast, atMost } = withoutActiveMs;
  const without = atMost > 0 ? `, without an active LB for ${durationRange(atLeast, atMost)} in all` : '';
  return {
    code: 'flapping',
    fact: 'The active LB changes again and again.',
    detail: `${names.join(', ')}: ${changes} changes in ${preciseDuration(lastMs - sinceMs)}${without}.`,
  };
}

/** An LB that is not active stops and starts again and again. */
export function lbFlappingReason(name: string): Reason {
  return {
    code: 'lb-flapping',
    fact: `The LB of ${name} stops and starts again and again.`,
    detail: 'It is not the active one, and may not be able to take over.',
  };
}
