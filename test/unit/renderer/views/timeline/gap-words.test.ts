import { describe, expect, it } from 'vitest';
import type { Gap } from '../../../../../domain/model/history';
import { gapWords } from '../../../../../renderer/views/timeline/gap-words';

const gap = (fromMs: number, toMs: number, clusterIds: string[] | null = null): Gap => ({
  fromMs,
  toMs,
  reason: 'not-running',
  words: 'Heron was closed.',
  clusterIds,
});
const range = { fromMs: 1_000_000, toMs: 1_600_000 };

describe('the words of what was not monitored', () => {
  it('say nothing of a time that was watched, nor of gaps of single clusters', () => {
    expect(gapWords([], range, 2_000_000)).toBe('');
    expect(gapWords([gap(1_100_000, 1_200_000, ['fra-01'])], range, 2_000_000)).toBe('');
  });

  it('say how much, or that it is all of it', () => {
    expect(gapWords([gap(0, 1_120_000)], range, 2_000_000)).toBe(' Not monitored for 2 m 0 s of it.');
    expect(gapWords([gap(0, 5_000_000)], range, 2_000_000)).toBe(' Not monitored in this time.');
  });

  it('do not count what is still to come', () => {
    expect(gapWords([gap(0, 1_300_000)], range, 1_300_000)).toBe(' Not monitored in this time.');
  });
});
