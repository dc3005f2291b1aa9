import { duration } from '../../../domain/words/duration';
import type { Gap } from '../../../domain/model/history';
import { thresholds } from '../../../domain/model/thresholds';
import { silenceWords } from '../charts/silence-words';

/** A time without values. `unanswered`: polled, and no answer came; `unmonitored`: not polled. */
export interface MetricSilence {
  kind: 'unanswered' | 'unmonitored';
  fromMs: number;
  toMs: number;
}

/** The polls of each step. */
export interface PollSteps {
  toMs: number;
  stepMs: number;
  times: readonly number[];
  answered: readonly number[];
  lost: readonly number[];
}

/**
 * The times in which an edge did not answer, or was not polled. Fewer lost polls than make an edge unreachable are lost polls, which
 * have a chart of their own. The newest step may not be complete yet.
 */
export function metricSilences({ toMs, stepMs, times, answered, lost }: PollSteps): MetricSilence[] {
  const found: (MetricSilence & { lost: number })[] = [];
  times.forEach((fromMs, step) => {
    if ((answered[step] ?? 0) > 0) return;
    const lostHere = lost[step] ?? 0;
    const kind = lostHere > 0 ? 'unanswered' : 'unmonitored';
    const endMs = Math.min(toMs, fromMs + stepMs);
    const last = found.at(-1);
    if (last?.kind === kind && last.toMs >= fromMs) {
      last.toMs = endMs;
      last.lost += lostHere;
    } else found.push({ kind, fromMs, toMs: endMs, lost: lostHere });
  });
  return found
    .filter((one) => {
      if (one.kind === 'unanswered') return one.lost >= thresholds.silentPolls;
      return one.toMs - one.fromMs > stepMs || one.toMs < toMs - stepMs;
    })
    .map(({ kind, fromMs, toMs: endMs }) => ({ kind, fromMs, toMs: endMs }));
}

/** Why there are no values, and for how long. */
export function metricSilenceWords(
  silence: MetricSilence,
  gaps: readonly Pick<Gap, 'fromMs' | 'toMs'>[],
  beganMs: number | null,
): string {
  if (silence.kind === 'unanswered') return `No answer, ${duration(silence.toMs - silence.fromMs)}`;
  return silenceWords(silence, gaps, beganMs).join(', ');
}
