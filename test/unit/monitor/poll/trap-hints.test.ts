import { describe, expect, it } from 'vitest';
import type { TrapEvidence } from '../../../../domain/traps/evidence';
import { TrapHints } from '../../../../monitor/poll/trap-hints';
import type { ClusterMonitor } from '../../../../domain/cluster/cluster-monitor';

const row = {
  cluster: { id: 'c1' },
  edges: [{ id: 'e1' }, { id: 'e2' }, { id: 'e3' }],
} as unknown as ClusterMonitor;
const alone = { cluster: null, edges: [{ id: 's1' }] } as unknown as ClusterMonitor;
const trap = (edgeId: string, atMonotonicMs: number): TrapEvidence => ({
  edgeId,
  atMs: 1_000_000 + atMonotonicMs,
  atMonotonicMs,
  kind: 'role',
  words: 'its load balancer is MASTER',
  interfaceIndex: null,
  role: 'master',
  notification: 'trap',
  authenticated: true,
});

function scene() {
  const polls: string[] = [];
  const hints = new TrapHints({ hasten: (edgeId, kind) => polls.push(`${edgeId} ${kind}`) });
  return { polls, hints };
}

describe('TrapHints', () => {
  it('asks the whole cluster for its roles first, and the sender in full after its role', () => {
    const { polls, hints } = scene();
    hints.apply(trap('e2', 0), row);
    expect(polls).toEqual(['e1 role', 'e2 role', 'e3 role']);
    hints.rolePolled('e1');
    hints.rolePolled('e2');
    hints.rolePolled('e2');
    expect(polls.slice(3)).toEqual(['e2 health']);
  });

  it('asks a standalone edge in full', () => {
    const { polls, hints } = scene();
    hints.apply(trap('s1', 0), alone);
    expect(polls).toEqual(['s1 health']);
  });

  it('keeps a storm of traps from becoming a storm of polls', () => {
    const { polls, hints } = scene();
    for (let at = 0; at < 1_000; at += 1) hints.apply(trap('e1', at), row);
    // Six at once and two more in a second, three edges each.
    expect(polls.length).toBeLessThanOrEqual(8 * 3);
    expect(hints.of(row, 1_000).length).toBeGreaterThan(0);
  });

  it('forgets after a minute', () => {
    const { hints } = scene();
    hints.apply(trap('e1', 0), row);
    expect(hints.of(row, 60_000)).toHaveLength(1);
    expect(hints.of(row, 60_001)).toEqual([]);
  });
});
