import { duration } from '../../../domain/words/duration';

/** Why readings are missing, and for how long. A recorded gap gives the exact length, chart steps do not. `beganMs`: start of the history. */
export function silenceWords(
  silence: { fromMs: number; toMs: number },
  gaps: readonly { fromMs: number; toMs: number }[],
  beganMs: number | null,
): string[] {
  const gap = gaps.find(({ fromMs, toMs }) => fromMs < silence.toMs && toMs > silence.fromMs);
  if (gap) return ['Not monitored', duration(gap.toMs - gap.fromMs)];
  if (beganMs !== null && beganMs > silence.fromMs) return ['Before monitoring began'];
  return ['No readings', duration(silence.toMs - silence.fromMs)];
}
