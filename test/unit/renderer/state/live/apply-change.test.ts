import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChange } from '../../../../../renderer/state/live/apply-change';
import { stableRow, stableRows } from '../../../../../renderer/state/live/stable-row';
import { addChangedMetrics, type ChangedMetrics } from '../../../../../domain/contract/row-metrics';
import type { ClusterView, Snapshot } from '../../../../../domain/model/snapshot';
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

describe('a change in metrics', () => {
  const ids = ['a', 'b', 'c', 'd'];
  const fresh = (): Snapshot =>
    madeSnapshot(
      ids.map((id) => madeCluster(id, 2, now)),
      now,
    );
  /** The notice that makes `after` of `before`, as it is sent. */
  const noticeOf = (before: readonly ClusterView[], after: readonly ClusterView[]) => {
    const metrics: ChangedMetrics = { ids: [], values: [], texts: [] };
    const whole = after.filter((row, at) => !addChangedMetrics(metrics, before[at]!, row));
    return { ...change(structuredClone(whole)), metrics: structuredClone(metrics) };
  };
  const moved = (row: ClusterView, load: number): ClusterView => ({
    ...row,
    bitsPerSecond: load,
    edges: row.edges.map((edge) => ({ ...edge, cpuPercent: load })),
  });
  const step = fc.record({
    loads: fc.array(fc.option(fc.nat(99)), { minLength: 4, maxLength: 4 }),
    edgesUp: fc.array(fc.option(fc.nat(2), { freq: 4 }), { minLength: 4, maxLength: 4 }),
    answered: fc.array(fc.option(fc.boolean(), { freq: 6 }), { minLength: 4, maxLength: 4 }),
    shown: fc.option(fc.subarray(ids)),
  });

  it('leads to the same rows whichever of them are shown, and to new objects of those', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        let truth = fresh().clusters;
        let got = fresh();
        for (const { loads, edgesUp, answered, shown } of steps) {
          const after = truth.map((row, at) => ({
            ...(loads[at] === null ? row : moved(row, loads[at]!)),
            edgesUp: edgesUp[at] ?? row.edgesUp,
            oldestAnswerMs: answered[at] === null ? row.oldestAnswerMs : answered[at] ? now : null,
          }));
          const before = got.clusters;
          const wasStable = stableRows(before);
          const notice = noticeOf(truth, after);
          got = applyChange(got, notice, shown && new Set(shown));
          truth = after;
          expect(got.clusters).toEqual(truth);
          for (const id of shown ?? ids) {
            const at = ids.indexOf(id);
            if (notice.metrics.ids.includes(id)) expect(got.clusters[at]).not.toBe(before[at]);
          }
          const stable = stableRows(got.clusters);
          expect(stable).toEqual(got.clusters.map(stableRow));
          const isMore = stable.some((row, at) => row !== wasStable[at]);
          expect(stable === wasStable).toBe(!isMore);
          if (notice.clusters.length > 0) expect(isMore).toBe(true);
          for (const [at, row] of truth.entries()) {
            expect(stable[at]).toMatchObject({ health: row.health, edgesUp: row.edgesUp });
            expect(stable[at]!.oldestAnswerMs === null).toBe(row.oldestAnswerMs === null);
          }
        }
      }),
    );
  });

  it('makes no new object of a row that is not shown', () => {
    const before = fresh();
    const after = before.clusters.map((row) => moved(row, 7));
    const got = applyChange(before, noticeOf(before.clusters, after), new Set(['b']));
    expect(got.clusters).not.toBe(before.clusters);
    expect(got.clusters.map((row, at) => row === before.clusters[at])).toEqual([true, false, true, true]);
    expect(got.clusters.every(({ bitsPerSecond }) => bitsPerSecond === 7)).toBe(true);
    expect(stableRows(got.clusters)).toBe(stableRows(before.clusters));
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
