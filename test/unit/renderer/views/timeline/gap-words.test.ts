import { describe, expect, it } from 'vitest';
import type { Gap } from '../../../../../domain/model/history';
import { unwatchedWords } from '../../../../../renderer/views/timeline/gap-words';

const gap = (fromMs: number, toMs: number, clusterIds: string[] | null = null): Gap => ({
  fromMs,
  toMs,
  reason: 'not-running',
  words: 'Heron was closed.',
  clusterIds,
});
const range = { fromMs: 1_000_000, toMs: 1_600_000 };

describe('the words of what nobody watched', () => {
  it('say nothing of a time that was watched, nor of gaps of single clusters', () => {
    expect(unwatchedWords([], range, 2_000_000)).toBe('');
    expect(unwatchedWords([gap(1_100_000, 1_200_000, ['fra-01'])], range, 2_000_000)).toBe('');
  });

  it('say how much, or that it is all of it', () => {
    expect(unwatchedWords([gap(0, 1_120_000)], range, 2_000_000)).toBe(' Nobody watched for 2 m 0 s of it.');
    expect(unwatchedWords([gap(0, 5_000_000)], range, 2_000_000)).toBe(' Nobody watched in this time.');
  });

  it('do not count what is still to come', () => {
    expect(unwatchedWords([gap(0, 1_300_000)], range, 1_300_000)).toBe(' Nobody watched in this time.');
  });
});
