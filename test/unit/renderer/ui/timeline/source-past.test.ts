import { expect, it } from 'vitest';
import type { StateLane } from '../../../../../domain/model/state-lane';
import { partOf, sourceWords, withSourcePast } from '../../../../../renderer/ui/timeline/source-past';
import { laneKey, noData } from '../../../../../renderer/ui/timeline/timeline-data';

const lane = (states: [string, number, number | null][]): StateLane => ({
  kind: 'cluster-health',
  subjectId: 'a',
  states: states.map(([state]) => state),
  fromMs: states.map(([, fromMs]) => fromMs),
  toMs: states.map(([, , toMs]) => toMs),
});
const key = laneKey('cluster-health', 'a');
const gap = { fromMs: 0, toMs: 500, reason: 'not-running' as const, words: '', clusterIds: null };
const part = { source: 'prom-1', fromMs: 100, toMs: 500, stepMs: 300_000, rowIds: ['a'] };
const data = {
  ...noData,
  gaps: [gap],
  lanesBy: new Map([
    [
      key,
      lane([
        ['down', 300, 600],
        ['up', 600, null],
      ]),
    ],
  ]),
};

it('takes the states of a source in place of what a gap hides, and leaves the others', () => {
  const past = {
    parts: [part],
    lanes: [
      lane([
        ['up', 100, 400],
        ['unknown', 400, 500],
      ]),
    ],
  };
  const completed = withSourcePast(data, past, ['a', 'b']);
  expect(completed.lanesBy.get(key)).toEqual(
    lane([
      ['up', 100, 400],
      ['unknown', 400, 500],
      ['down', 500, 600],
      ['up', 600, null],
    ]),
  );
  expect(completed.gaps).toEqual([
    { ...gap, toMs: 100 },
    { ...gap, fromMs: 100, clusterIds: ['b'] },
  ]);
  expect(completed.sourced).toEqual([part]);
  expect(data.lanesBy.get(key)?.states).toEqual(['down', 'up']);
});

it('has no gap where all rows are completed, and changes nothing without a source', () => {
  const completed = withSourcePast(
    { ...data, gaps: [{ ...gap, fromMs: 100 }] },
    { parts: [part], lanes: [] },
    ['a'],
  );
  expect(completed.gaps).toEqual([]);
  expect(withSourcePast(data, { parts: [], lanes: [] }, ['a'])).toBe(data);
});

it('names the origin of a state within its stretch, and of no other', () => {
  expect(partOf('a', { fromMs: 100, toMs: 400 }, [part])).toBe(part);
  expect(partOf('a', { fromMs: 500, toMs: 600 }, [part])).toBeNull();
  expect(partOf('a', { fromMs: 400, toMs: null }, [part])).toBeNull();
  expect(partOf('b', { fromMs: 100, toMs: 400 }, [part])).toBeNull();
  expect(sourceWords(part)).toBe('From prom-1, steps of 5 min');
});
