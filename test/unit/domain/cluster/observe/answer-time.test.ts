import { describe, expect, it } from 'vitest';
import {
  answerTimeReasons,
  observeAnswerTime,
  type AnswerTime,
} from '../../../../../domain/cluster/observe/answer-time';

const after = (...latencies: number[]): AnswerTime | null =>
  latencies.reduce<AnswerTime | null>(observeAnswerTime, null);
const codes = (track: AnswerTime | null): string[] => answerTimeReasons('e1', track).map(({ code }) => code);

describe('latency', () => {
  it('is high after three slow answers on end, not after a busy moment', () => {
    expect(codes(after(900, 900))).toEqual([]);
    expect(codes(after(900, 900, 20, 900, 900))).toEqual([]);
    expect(codes(after(20, 900, 900, 1_200))).toEqual(['latency-high']);
    expect(answerTimeReasons('e1', after(900, 900, 1_200))[0]?.fact).toBe('e1 answers SNMP slowly: 1.2 s.');
  });

  it('stays high until three quick answers on end; answers in between change nothing', () => {
    const high = [900, 900, 900];
    const shown = (...then: number[]) => answerTimeReasons('e1', after(...high, ...then))[0];
    expect(shown(400)?.fact).toBe('e1 answers SNMP slowly: 0.4 s.');
    expect(shown(20, 20)).toMatchObject({
      fact: 'e1 answered SNMP slowly until just now: 0.9 s.',
      detail: expect.stringContaining('2 quick readings since'),
    });
    expect(codes(after(...high, 20, 20))).toEqual(['latency-high']);
    expect(codes(after(...high, 400, 400, 400, 400))).toEqual(['latency-high']);
    expect(codes(after(...high, 20, 20, 400, 20))).toEqual(['latency-high']);
    expect(codes(after(...high, 20, 20, 20))).toEqual([]);
  });
});
