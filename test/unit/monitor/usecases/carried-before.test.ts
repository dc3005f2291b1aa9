import { expect, it } from 'vitest';
import type { ShareSeries } from '../../../../domain/model/history';
import { carriedBefore } from '../../../../monitor/usecases/carried-before';

const series = (...edges: (number | null)[][]): ShareSeries => ({
  ...{ fromMs: 0, toMs: 3, stepMs: 1, times: [0, 1, 2] },
  edges: edges.map((bitsPerSecond, index) => ({
    ...{ edgeId: `e${index}`, edgeName: `e${index}`, number: index + 1 },
    bitsPerSecond,
  })),
});
const of = (answer: ShareSeries | null) =>
  carriedBefore({ share: () => Promise.resolve(answer) }, 'c', Date.UTC(2026, 10, 24));

it('is the mean of what all edges carried, of the hours that are known', async () => {
  expect(await of(series([10, null, 30], [30, null, null]))).toBe(35);
});

it('is unknown, not zero, without a reading', async () => {
  expect(await of(null)).toBeNull();
  expect(await of(series([null, null, null]))).toBeNull();
});
