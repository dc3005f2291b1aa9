import { describe, expect, it } from 'vitest';
import type { ShareSeries } from '../../../../domain/contract/contract';
import { shareSeries } from '../../../../monitor/usecases/share-series';

const series: ShareSeries = { fromMs: 0, toMs: 30, stepMs: 10, times: [0, 10, 20], edges: [] };
const history = {
  share: ({ clusterId }: { clusterId: string }) => Promise.resolve(clusterId === 'fra' ? series : null),
};
const range = { fromMs: 0, toMs: 30, points: 3 };

describe('the share chart’s figures', () => {
  it('are the history’s', async () => {
    expect(await shareSeries(history, { clusterId: 'fra', ...range })).toBe(series);
  });

  it.each([
    [{ clusterId: 'nowhere', ...range }, /no such cluster/],
    [{ clusterId: 'fra', fromMs: 30, toMs: 30, points: 3 }, /ends before/],
  ])('are refused in words for %j', async (args, words) => {
    await expect(shareSeries(history, args)).rejects.toThrow(words);
  });
});
