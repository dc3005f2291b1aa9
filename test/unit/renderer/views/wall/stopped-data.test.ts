import { describe, expect, it } from 'vitest';
import { withStoppedData } from '../../../../../renderer/views/wall/stopped-data';
import { madeCluster } from '../../../../fixtures/fake-bridge/cluster';

const atMs = Date.UTC(2026, 10, 22, 14, 0, 0);
const monitor = { healthIntervalMs: 10_000 };

function polledAt(lastPollMs: number | null): ReturnType<typeof madeCluster> {
  const cluster = madeCluster('fra-01', 3, atMs);
  return { ...cluster, edges: cluster.edges.map((edge) => ({ ...edge, lastPollMs })) };
}

describe('a tile on the wall', () => {
  it('stands as it is while its polls go on', () => {
    const cluster = polledAt(atMs - 29_000);
    expect(withStoppedData(cluster, monitor, atMs, 'utc')).toBe(cluster);
  });

  it('turns unknown when its polls stopped, with the time and the last active LB', () => {
    const shown = withStoppedData(polledAt(atMs - 31_000), monitor, atMs, 'utc');
    expect(shown).toMatchObject({ health: 'unknown', sinceMs: atMs - 31_000, edgesUp: null });
    expect(shown.activeLb.kind).toBe('unknown');
    expect(shown.reasons[0]?.fact).toBe('No readings since 13:59:29.');
  });

  it('waits three intervals where polls are rare', () => {
    const cluster = polledAt(atMs - 100_000);
    expect(withStoppedData(cluster, { healthIntervalMs: 60_000 }, atMs, 'utc')).toBe(cluster);
  });

  it('waits three scrape intervals where a metrics source polls', () => {
    const cluster = polledAt(atMs - 100_000);
    const source = { name: 'p', edges: 3, scrapeIntervalMs: 60_000, failure: null };
    expect(withStoppedData(cluster, { ...monitor, sources: [source] }, atMs, 'utc')).toBe(cluster);
  });

  it('says nothing about what was never polled', () => {
    const cluster = polledAt(null);
    expect(withStoppedData(cluster, monitor, atMs, 'utc')).toBe(cluster);
  });
});
