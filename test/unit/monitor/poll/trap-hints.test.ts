import { describe, expect, it } from 'vitest';
import type { TrapEvidence } from '../../../../domain/traps/evidence';
import { TrapHints } from '../../../../monitor/poll/trap-hints';
import type { WatchedCluster } from '../../../../domain/cluster/cluster-monitor';

const row = {
  cluster: { id: 'c1' },
  edges: [{ id: 'e1' }, { id: 'e2' }, { id: 'e3' }],
} as unknown as WatchedCluster;
const alone = { cluster: null, edges: [{ id: 's1' }] } as unknown as WatchedCluster;
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
  const asked: string[] = [];
  const hints = new TrapHints({ hasten: (edgeId, kind) => asked.push(`${edgeId} ${kind}`) });
  return { asked, hints };
}

describe('TrapHints', () => {
  it('asks the whole cluster for its roles first, and the sender in full after its role', () => {
    const { asked, hints } = scene();
    hints.take(trap('e2', 0), row);
    expect(asked).toEqual(['e1 role', 'e2 role', 'e3 role']);
    hints.polled('e1');
    hints.polled('e2');
    hints.polled('e2');
    expect(asked.slice(3)).toEqual(['e2 health']);
  });

  it('asks a standalone edge in full', () => {
    const { asked, hints } = scene();
    hints.take(trap('s1', 0), alone);
    expect(asked).toEqual(['s1 health']);
  });

  it('keeps a storm of traps from becoming a storm of polls', () => {
    const { asked, hints } = scene();
    for (let at = 0; at < 1_000; at += 1) hints.take(trap('e1', at), row);
    // Six at once and two more in a second, three edges each.
    expect(asked.length).toBeLessThanOrEqual(8 * 3);
    expect(hints.of(row, 1_000).length).toBeGreaterThan(0);
  });

  it('forgets after a minute', () => {
    const { hints } = scene();
    hints.take(trap('e1', 0), row);
    expect(hints.of(row, 60_000)).toHaveLength(1);
    expect(hints.of(row, 60_001)).toEqual([]);
  });
});
