import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trueHistory, type RoleChange } from '../../lab/true-history';

/** "2.5 b master" as a role change at 2500 ms. */
function changes(...lines: string[]): RoleChange[] {
  return lines.map((line) => {
    const [seconds = '', edge = '', role = ''] = line.split(' ');
    return { timeMs: Number(seconds) * 1000, edge, role };
  });
}

describe('the true history', () => {
  it('finds a take-over with its gap', () => {
    const { failovers, gaps } = trueHistory(changes('0 a master', '10 a init', '12.5 b master'), 20_000);
    expect(failovers).toEqual([
      { from: 'a', to: 'b', lastMasterMs: 10_000, firstMasterMs: 12_500, gapMs: 2500 },
    ]);
    expect(gaps).toEqual([{ edges: [], fromMs: 10_000, toMs: 12_500 }]);
  });

  it('counts two backups that take over together as one failover, to the one that stays', () => {
    const lines = ['0 a master', '10 a init', '12.5 c master', '12.6 b master', '13.4 c backup'];
    const { failovers, splits } = trueHistory(changes(...lines), 20_000);
    expect(failovers).toEqual([
      { from: 'a', to: 'b', lastMasterMs: 10_000, firstMasterMs: 12_600, gapMs: 2500 },
    ]);
    expect(splits).toEqual([{ edges: ['c', 'b'], fromMs: 12_600, toMs: 13_400 }]);
  });

  it('knows a preemption in which both were master for a moment', () => {
    const { failovers } = trueHistory(changes('0 a master', '10 b master', '11 a backup'), 20_000);
    expect(failovers).toEqual([
      { from: 'a', to: 'b', lastMasterMs: 11_000, firstMasterMs: 10_000, gapMs: 0 },
    ]);
  });

  it('does not call it a failover when the role comes back to where it was', () => {
    const back = changes('0 a master', '10 b master', '20 b backup', '30 a init', '31 a master');
    expect(trueHistory(back, 40_000).failovers).toEqual([]);
    expect(trueHistory(back, 40_000).splits).toEqual([{ edges: ['a', 'b'], fromMs: 10_000, toMs: 20_000 }]);
  });

  it('leaves open what lasts, and does not count the time before the first master as a gap', () => {
    const lost = changes('0 a backup', '3 a master', '10 a init');
    expect(trueHistory(lost, 20_000).gaps).toEqual([{ edges: [], fromMs: 10_000, toMs: null }]);
    expect(trueHistory([], 20_000)).toEqual({ failovers: [], splits: [], gaps: [] });
  });

  it('never breaks a chain: each failover begins where the one before ended, gaps within their bounds', () => {
    const change = fc.record({
      timeMs: fc.integer({ min: 0, max: 60_000 }),
      edge: fc.constantFrom('a', 'b', 'c'),
      role: fc.constantFrom('init', 'backup', 'master'),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (given) => {
        const { failovers } = trueHistory(given, 70_000);
        for (const [i, { from, to, lastMasterMs, firstMasterMs, gapMs }] of failovers.entries()) {
          expect(from).not.toBe(to);
          if (i > 0) expect(from).toBe(failovers[i - 1]!.to);
          expect(gapMs).toBeGreaterThanOrEqual(0);
          expect(gapMs).toBeLessThanOrEqual(Math.max(0, firstMasterMs - lastMasterMs));
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
