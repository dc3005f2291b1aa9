import { describe, expect, it } from 'vitest';
import type { HeronEvent } from '../../../domain/model/event';
import { watchLine } from '../../../cli/watch/watch-line';
import { claimOf } from '../../bench/detection/claims';

const ofCluster = { timeMs: 2_000, recordedAtMs: 2_100, clusterId: 'id', clusterName: 'fra-01' };
const bracket = { lastOldMs: 1_000, firstNewMs: 2_000 };
const times = { lastOldMs: 1_000, firstNewMs: 2_000, emittedMs: 2_150 };

/** What the judge takes from an event, by way of the very line that heron watch prints. */
const claimed = (event: HeronEvent) => claimOf(watchLine(event), 2_150);

describe('a printed line', () => {
  it('of a move is a claim of that move', () => {
    const gapMs = { atLeast: 0, atMost: 900 };
    const event: HeronEvent = {
      type: 'failover',
      ...ofCluster,
      fromEdgeId: '1',
      fromEdgeName: 'a',
      toEdgeId: '2',
      toEdgeName: 'b',
      bracket,
      gapMs,
      oldRoleAfter: 'init',
      cause: { kind: 'lb-stopped', evidence: [] },
      witnesses: [],
      pollIntervalMs: 1_000,
    };
    expect(claimed(event)).toEqual({
      cluster: 'fra-01',
      claim: { type: 'failover', from: 'a', to: 'b', gapMs, cause: 'lb-stopped', ...times },
    });
  });

  it('of a split brain, of no active LB and of flapping are claims', () => {
    const split: HeronEvent = {
      type: 'split-brain',
      ...ofCluster,
      bracket,
      edgeNames: ['a', 'b'],
      overlappingReadings: 3,
    };
    expect(claimed(split)?.claim).toEqual({ type: 'split-brain', edges: ['a', 'b'], ...times });
    const none: HeronEvent = {
      type: 'no-active-lb',
      ...ofCluster,
      bracket,
      lastActiveEdgeName: 'a',
      reasons: [],
    };
    expect(claimed(none)?.claim).toEqual({ type: 'no-active-lb', ...times });
    const flapping: HeronEvent = {
      type: 'flapping',
      ...ofCluster,
      changes: 5,
      windowMs: 300_000,
      sinceMs: 1_000,
    };
    expect(claimed(flapping)?.claim).toMatchObject({ type: 'flapping', changes: 5, emittedMs: 2_150 });
  });

  it('of anything else is none, and a malformed one is an error', () => {
    expect(claimOf({ type: 'gap' }, 1)).toBeNull();
    expect(() => claimOf({ type: 'failover' }, 1)).toThrow();
  });
});
