import { describe, expect, it } from 'vitest';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { identifyInventory } from '../../../../domain/inventory/inventory';
import type { SeriesRequest } from '../../../../db/history';
import { shareSeries } from '../../../../electron/ipc/share-series';

const inventory = identifyInventory(
  inventoryFileSchema.parse({
    clusters: [
      {
        name: 'fra',
        clusterIp: '10.0.0.10',
        subnetMask: '255.255.255.0',
        defaultGateway: '10.0.0.1',
        edges: [
          { name: 'fra-1', proxyIp: '10.0.0.11' },
          { name: 'fra-2', proxyIp: '10.0.0.12' },
        ],
      },
    ],
    standaloneEdges: [{ name: 'alone', proxyIp: '10.0.1.11', deployment: 'standalone' }],
  }),
  null,
);
const values: Partial<Record<SeriesRequest['metric'], Record<string, (number | null)[]>>> = {
  proxyInBitsPerSecond: { 'fra-1': [1, null, 3], 'fra-2': [1, 1, null] },
  proxyOutBitsPerSecond: { 'fra-1': [10, 20, 30], 'fra-2': [10, null, null] },
};
const history = {
  series: ({ metric, fromMs }: SeriesRequest) =>
    Promise.resolve({ fromMs, stepMs: 10, times: [0, 10, 20], valuesByEdge: values[metric] ?? {} }),
};
const range = { fromMs: 0, toMs: 30, points: 3 };

describe('the share chart’s figures', () => {
  it('are what an edge carried both ways, and not known where either is not known', async () => {
    const series = await shareSeries(history, inventory, { clusterId: 'fra', ...range });
    expect(series.edges).toEqual([
      { edgeId: 'fra-1', edgeName: 'fra-1', number: 1, bitsPerSecond: [11, null, 33] },
      { edgeId: 'fra-2', edgeName: 'fra-2', number: 2, bitsPerSecond: [11, null, null] },
    ]);
    expect(series).toMatchObject({ fromMs: 0, toMs: 30, stepMs: 10, times: [0, 10, 20] });
  });

  it('are unknown throughout for an edge without samples', async () => {
    const series = await shareSeries(history, inventory, { clusterId: 'alone', ...range });
    expect(series.edges[0]?.bitsPerSecond).toEqual([null, null, null]);
  });

  it.each([
    [{ clusterId: 'nowhere', ...range }, /no such cluster/],
    [{ clusterId: 'fra', fromMs: 30, toMs: 30, points: 3 }, /ends before/],
  ])('are refused in words for %j', async (args, words) => {
    await expect(shareSeries(history, inventory, args)).rejects.toThrow(words);
  });
});
