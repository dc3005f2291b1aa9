import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChange } from '../../../../../renderer/state/live/apply-change';
import { asUnknown, readingsStoppedMs } from '../../../../../domain/past/as-unknown';
import { fleetInAllStates } from '../../../../fixtures/fake-bridge/fleet';
import { madeCluster, madeSnapshot } from '../../../../fixtures/fake-bridge/cluster';

const now = Date.UTC(2026, 10, 24, 14);
const snapshot = madeSnapshot(fleetInAllStates(now), now);
const change = (clusters = snapshot.clusters.slice(0, 0), removedClusterIds: string[] = []) => ({
  atMs: now + 1000,
  clusters,
  removedClusterIds,
  monitor: { ...snapshot.monitor, lagMs: 7 },
  newEvents: [],
});

describe('a change', () => {
  it('replaces rows in place and leaves the others as they are', () => {
    const newer = { ...snapshot.clusters[2]!, edgesUp: 5 };
    const next = applyChange(snapshot, change([newer]));
    expect(next.atMs).toBe(now + 1000);
    expect(next.monitor.lagMs).toBe(7);
    expect(next.clusters[2]).toBe(newer);
    expect(next.clusters.filter((cluster, index) => cluster !== snapshot.clusters[index])).toEqual([newer]);
  });

  it('keeps the list itself when no row changed', () => {
    expect(applyChange(snapshot, change()).clusters).toBe(snapshot.clusters);
  });

  it('adds at the end and removes', () => {
    const added = madeCluster('new-01', 2, now);
    const next = applyChange(snapshot, change([added], ['gru-01']));
    expect(next.clusters.at(-1)).toBe(added);
    expect(next.clusters.map(({ id }) => id)).not.toContain('gru-01');
  });

  it('is taken even when the computer’s clock was set back', () => {
    expect(applyChange(snapshot, { ...change(), atMs: now - 3_600_000 }).atMs).toBe(now - 3_600_000);
  });

  it('leaves each cluster there once, with its last word', () => {
    const ids = fc.subarray(['a', 'b', 'c', 'd', 'e']);
    const steps = fc.array(fc.record({ changed: ids, removed: ids }), { maxLength: 8 });
    fc.assert(
      fc.property(steps, (changes) => {
        const expected = new Map<string, number>();
        let shown = madeSnapshot([], now);
        changes.forEach(({ changed, removed }, step) => {
          const gone = removed.filter((id) => !changed.includes(id));
          const clusters = changed.map((id) => madeCluster(id, 2, now, { edgesTotal: step }));
          shown = applyChange(shown, change(clusters, gone));
          for (const id of gone) expected.delete(id);
          for (const id of changed) expected.set(id, step);
        });
        expect(shown.clusters.length).toBe(expected.size);
        expect(new Map(shown.clusters.map(({ id, edgesTotal }) => [id, edgesTotal]))).toEqual(expected);
      }),
    );
  });
});

describe('a snapshot nobody confirms any more', () => {
  const unknown = asUnknown(snapshot, 'No readings since 14:00:00.');

  it('knows nothing but what it was: no state, share, rate or count', () => {
    for (const cluster of unknown.clusters) {
      if (cluster.name === 'bom-01') continue;
      expect(cluster).toMatchObject({
        health: 'unknown',
        edgesUp: null,
        evenness: null,
        bitsPerSecond: null,
      });
      expect(['unknown', 'not-applicable']).toContain(cluster.activeLb.kind);
      for (const edge of cluster.edges) {
        expect(edge).toMatchObject({ health: 'unknown', share: null, cpuPercent: null, sessions: null });
      }
    }
  });

  it('remembers who was active and how old the data is', () => {
    const frankfurt = unknown.clusters.find(({ name }) => name === 'fra-02')!;
    expect(frankfurt.activeLb).toEqual({ kind: 'unknown', lastEdgeName: 'fra-02-05', lastSeenMs: now });
    expect(frankfurt.oldestAnswerMs).toBe(
      snapshot.clusters.find(({ name }) => name === 'fra-02')!.oldestAnswerMs,
    );
  });

  it('leaves a disabled row disabled: that is a decision, not a reading', () => {
    expect(unknown.clusters.find(({ name }) => name === 'bom-01')!.health).toBe('disabled');
  });
});

describe('when readings stopped', () => {
  it('is the last notice, or the last poll where notices still come', () => {
    const fleet = madeSnapshot(fleetInAllStates(1_000_000), 1_000_000);
    const clusters = fleet.clusters.map((cluster) => ({
      ...cluster,
      edges: cluster.edges.map((edge, index) => ({ ...edge, lastPollMs: 900_000 - index })),
    }));
    const stalled = { ...fleet, clusters, monitor: { ...fleet.monitor, state: 'stalled' as const } };
    expect(readingsStoppedMs({ ...fleet, clusters })).toBe(1_000_000);
    expect(readingsStoppedMs(stalled)).toBe(900_000);
    expect(readingsStoppedMs({ ...stalled, clusters: [] })).toBe(1_000_000);
  });
});
