import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricSilences, metricSilenceWords } from '../../../../../renderer/ui/metrics/metric-silences';

const stepMs = 10_000;
const steps = (answered: number[], lost: number[]) => ({
  toMs: answered.length * stepMs,
  stepMs,
  times: answered.map((_, step) => step * stepMs),
  answered,
  lost,
});

describe('times without values', () => {
  it('are unanswered where polls were sent, and not monitored where none was', () => {
    expect(metricSilences(steps([2, 0, 0, 0, 0, 2], [0, 2, 2, 0, 0, 0]))).toEqual([
      { kind: 'unanswered', fromMs: stepMs, toMs: 3 * stepMs },
      { kind: 'unmonitored', fromMs: 3 * stepMs, toMs: 5 * stepMs },
    ]);
  });

  it('are not made of fewer lost polls than make an edge unreachable', () => {
    expect(metricSilences(steps([2, 0, 2], [0, 2, 0]))).toEqual([]);
    expect(metricSilences(steps([2, 0, 2], [0, 3, 0]))).toHaveLength(1);
  });

  it('last to the end of the range while an edge is down', () => {
    expect(metricSilences(steps([2, 0, 0], [0, 2, 2])).at(-1)?.toMs).toBe(3 * stepMs);
  });

  it('do not include the step that is still running', () => {
    expect(metricSilences(steps([2, 2, 0], [0, 0, 0]))).toEqual([]);
  });

  it('never cover a step with an answer, and never overlap', () => {
    const polls = fc.array(fc.tuple(fc.nat(2), fc.nat(3)), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(polls, (drawn) => {
        const asked = steps(
          drawn.map(([answered]) => answered),
          drawn.map(([, lost]) => lost),
        );
        const silences = metricSilences(asked);
        asked.times.forEach((ms, step) => {
          if ((asked.answered[step] ?? 0) === 0) return;
          expect(silences.some(({ fromMs, toMs }) => fromMs < ms + stepMs && toMs > ms)).toBe(false);
        });
        silences.slice(1).forEach(({ fromMs }, index) => {
          expect(fromMs).toBeGreaterThanOrEqual(silences[index]?.toMs ?? 0);
        });
      }),
    );
  });

  it('say why: the recorded gap, the beginning of monitoring, or no answer', () => {
    const gap = { fromMs: 12_000, toMs: 63_000 };
    const unmonitored = { kind: 'unmonitored' as const, fromMs: 10_000, toMs: 70_000 };
    expect(metricSilenceWords(unmonitored, [gap], 0)).toBe('Not monitored, 51 s');
    expect(metricSilenceWords(unmonitored, [], 68_000)).toBe('Before monitoring began');
    expect(metricSilenceWords({ ...unmonitored, kind: 'unanswered' }, [gap], 0)).toBe('No answer, 1 m 0 s');
  });
});
