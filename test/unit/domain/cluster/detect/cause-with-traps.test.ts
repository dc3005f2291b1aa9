import { describe, expect, it } from 'vitest';
import { newEdgeTrack, type EdgeTrack } from '../../../../../domain/cluster/observe/edge-track';
import type { RoleChange } from '../../../../../domain/cluster/detect/role-change';
import type { Cause } from '../../../../../domain/model/event';
import { causeWithTraps } from '../../../../../domain/cluster/detect/cause-with-traps';
import { addEvidence, recentEvidence, type TrapEvidence } from '../../../../../domain/traps/evidence';

const atMs = Date.UTC(2026, 10, 24, 14, 0, 0);
const trap = (changes: Partial<TrapEvidence> = {}): TrapEvidence => ({
  edgeId: 'old',
  atMs,
  atMonotonicMs: 100_000,
  kind: 'link-down',
  words: 'link down on vmx2',
  interfaceIndex: 3,
  role: null,
  notification: 'trap',
  authenticated: true,
  ...changes,
});
const move = {
  kind: 'failover',
  fromEdgeId: 'old',
  toEdgeId: 'next',
  bracket: { lastOldMs: atMs - 1_000, firstNewMs: atMs + 3_000 },
  gapMs: { atLeast: 0, atMost: 4_000 },
  oldRoleAfter: 'init',
} as RoleChange;
const old = {
  ...newEdgeTrack('old'),
  device: { interfaceUse: { management: 1, proxy: 2, loadBalancer: 3 } },
} as EdgeTrack;
const unknown: Cause = { kind: 'unknown', evidence: [] };
const judge = (cause: Cause, ...traps: TrapEvidence[]): Cause =>
  causeWithTraps(cause, move, old, (id) => `fra-${id}`, traps);

describe('causeWithTraps', () => {
  it('adds what both edges sent, in order of time, to the cause that polls found', () => {
    const found: Cause = { kind: 'lb-stopped', evidence: ['fra-old: the LB process is not running'] };
    const master = trap({
      edgeId: 'next',
      atMonotonicMs: 103_000,
      kind: 'role',
      words: 'its load balancer is MASTER',
    });
    const failed = { ...old, processFailedMs: new Map([['ucarp', atMs]]) };
    expect(causeWithTraps(found, move, failed, (id) => `fra-${id}`, [master, trap()])).toEqual({
      kind: 'lb-stopped',
      evidence: [
        'fra-old: the LB process is not running',
        'fra-old sent a trap at 14:00:00.000 UTC: link down on vmx2 (authenticated).',
        'fra-next sent a trap at 14:00:00.000 UTC: its load balancer is MASTER (authenticated).',
      ],
    });
  });

  it('names a cause that polls left open, from an authenticated link of the old LB alone', () => {
    expect(judge(unknown, trap()).kind).toBe('link-cut');
    expect(judge(unknown, trap({ kind: 'link-disabled' })).kind).toBe('administrator-disabled');
    expect(judge(unknown, trap({ authenticated: false })).kind).toBe('unknown');
    expect(judge(unknown, trap({ interfaceIndex: 1 })).kind).toBe('unknown');
    expect(judge(unknown, trap({ edgeId: 'next' })).kind).toBe('unknown');
    expect(judge(unknown, trap({ kind: 'role', interfaceIndex: null })).kind).toBe('unknown');
  });

  it('takes the link for the cause where the LB only reports that it does not run', () => {
    const init: Cause = { kind: 'lb-stopped', evidence: ['The LB of fra-old reports INIT.'] };
    expect(judge(init, trap()).kind).toBe('link-cut');
    expect(judge(init, trap({ authenticated: false })).kind).toBe('lb-stopped');
    expect(judge(init, trap({ interfaceIndex: 2 })).kind).toBe('lb-stopped');
  });

  it('leaves out what is older than the move, and what other edges sent', () => {
    expect(judge(unknown, trap({ atMs: atMs - 30_000 }), trap({ edgeId: 'third' }))).toBe(unknown);
  });
});

describe('addEvidence', () => {
  it('keeps a minute, and no more than some', () => {
    let kept: TrapEvidence[] = [];
    for (let at = 0; at < 200; at += 1) kept = addEvidence(kept, trap({ atMonotonicMs: at * 10 }));
    expect(kept).toHaveLength(24);
    expect(kept.at(-1)?.atMonotonicMs).toBe(1_990);
    expect(recentEvidence(kept, 61_900)).toHaveLength(10);
    expect(addEvidence(kept, trap({ atMonotonicMs: 100_000 }))).toHaveLength(1);
  });
});
