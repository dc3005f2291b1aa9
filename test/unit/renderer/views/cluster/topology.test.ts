import { describe, expect, it } from 'vitest';
import { topologyOf } from '../../../../../renderer/views/cluster/topology';
import { fleetInAllStates } from '../../../../fixtures/fake-bridge/fleet';
import { madeCluster } from '../../../../fixtures/fake-bridge/cluster';

const atMs = Date.UTC(2026, 10, 22, 14, 6, 29);
const fleet = new Map(fleetInAllStates(atMs).map((cluster) => [cluster.name, cluster]));

function picture(name: string): ReturnType<typeof topologyOf> {
  const cluster = fleet.get(name);
  if (!cluster) throw new Error(`no ${name} in the made fleet`);
  return topologyOf(cluster, 36, atMs);
}

describe('the picture of a cluster', () => {
  it('leads requests through the one active LB to every edge that serves, and to no other', () => {
    const { requests, edges, former, description } = picture('fra-02');
    expect(edges.filter(({ lb }) => lb === 'active').map(({ id }) => id)).toEqual(['fra-02-05']);
    expect(requests.map(({ key }) => key)).not.toContain('fra-02-05 fra-02-03');
    expect(requests).toHaveLength(1 + 7);
    expect(requests.every(({ kind }) => kind === 'sure')).toBe(true);
    expect(former?.key).toBe('former');
    expect(description).toContain('held by the LB of fra-02-05');
  });

  it('shows both ways of a split brain', () => {
    const { requests, edges } = picture('sin-02');
    expect(edges.filter(({ lb }) => lb === 'active')).toHaveLength(2);
    expect(requests.filter(({ key }) => key.startsWith('to '))).toHaveLength(2);
    expect(new Set(requests.map(({ kind }) => kind))).toEqual(new Set(['split']));
  });

  it('breaks the way where no LB holds the address', () => {
    const { broken, requests, description } = picture('gru-01');
    expect(broken).toBe(true);
    expect(requests).toEqual([]);
    expect(description).toContain('cut off');
  });

  it('dashes the path to the last active LB while the active LB is unknown', () => {
    const { requests, broken, returnPx } = picture('nrt-01');
    expect(broken).toBe(false);
    expect(requests.every(({ kind }) => kind === 'doubtful')).toBe(true);
    expect(returnPx).toBeNull();
  });

  it('has no LB in the picture of a standalone edge', () => {
    const { edges, requests } = picture('dxb-edge-1');
    expect(edges.map(({ lb }) => lb)).toEqual(['none']);
    expect(requests).toHaveLength(1);
  });

  it('draws direct return traffic as wide as its part of the whole', () => {
    const cluster = madeCluster('abc-01', 2, atMs);
    const [first, second] = cluster.edges;
    if (!first || !second) throw new Error('two edges');
    const uneven = {
      ...cluster,
      edges: [
        { ...first, proxyOutBitsPerSecond: 900e6 },
        { ...second, proxyOutBitsPerSecond: 100e6 },
      ],
    };
    const { edges, returnWords } = topologyOf(uneven, 36, atMs);
    expect(edges.map(({ returnPx }) => returnPx)).toEqual([9, 1]);
    expect(returnWords).toBe('1 Gb/s out, direct to users (DSR)');
  });

  it('says “at least” where an edge’s traffic is missing in the sum, and misses none that is not monitored', () => {
    const cluster = madeCluster('abc-01', 3, atMs);
    const [first, second, third] = cluster.edges;
    if (!first || !second || !third) throw new Error('three edges');
    const rates = { proxyOutBitsPerSecond: 260e6, lbInBitsPerSecond: 1e6 };
    const gone = { ...second, health: 'down' as const, proxyOutBitsPerSecond: null };
    const off = { ...third, health: 'disabled' as const, proxyOutBitsPerSecond: null };
    const of = (...edges: typeof cluster.edges) => topologyOf({ ...cluster, edges }, 36, atMs);
    expect(of({ ...first, ...rates }, gone).returnWords).toBe('at least 260 Mb/s out, direct to users (DSR)');
    expect(of({ ...first, ...rates }, gone).description).toContain('At least 260 Mb/s out');
    expect(of({ ...first, ...rates }, off).returnWords).toBe('260 Mb/s out, direct to users (DSR)');
    expect(of(gone).returnWords).toBe('direct return traffic unknown');
  });
});
