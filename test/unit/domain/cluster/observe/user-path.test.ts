import { describe, expect, it } from 'vitest';
import { UserPath } from '../../../../../domain/cluster/observe/user-path';
import { seededRandom } from '../../../../fixtures/fake-bridge/seeded-random';
import { probeWorld, startMs, type TrueOutage } from '../../../../fixtures/probe/served-world';

const intervalMs = 250;

/** A path that has seen these outages; its own way is known to work while `isSeen`. */
function pathAfter(outages: TrueOutage[], isSeen: boolean): UserPath {
  const target = { kind: 'tcp' as const, address: '10.0.0.10', port: 443, path: '/', intervalMs };
  const path = new UserPath({ ...target, gateway: '10.0.0.1', nobody: '10.0.0.0' });
  const world = { outages, intervalMs, latencyMs: [1, 2] as [number, number], loss: 0, refuses: true };
  for (const result of probeWorld({ ...world, random: seededRandom(1) }, 30_000)) {
    if (isSeen) path.seePath(result.startedMonotonicMs);
    path.observe(result);
  }
  return path;
}

const bracket = (fromMs: number, toMs: number) => ({
  lastOldMs: startMs + fromMs,
  firstNewMs: startMs + toMs,
});

describe('how long users were not served around a change', () => {
  it('is an outage once: the failback right after it has none of its own', () => {
    const path = pathAfter([{ fromMs: 10_000, toMs: 13_000 }], true);
    const failover = path.gapAround(bracket(9_500, 13_200));
    expect(failover?.atLeast).toBeGreaterThan(2_000);
    const failback = path.gapAround(bracket(13_700, 14_200));
    expect(failback).toEqual({ atLeast: 0, atMost: expect.any(Number) });
    expect(failback?.atMost).toBeLessThan(600);
    // A change that is detected again, such as after more evidence, keeps its outage.
    expect(path.gapAround(bracket(9_500, 13_200))).toEqual(failover);
  });

  it('is at least nothing where it was too short to see the own path meanwhile, and unknown where it was long', () => {
    for (const lastedMs of [300, 900]) {
      const short = pathAfter([{ fromMs: 10_000, toMs: 10_000 + lastedMs }], false);
      const gap = short.gapAround(bracket(9_900, 10_100 + lastedMs));
      expect(gap).toMatchObject({ atLeast: 0 });
      expect(gap?.atMost).toBeGreaterThanOrEqual(lastedMs);
      expect(gap?.atMost).toBeLessThan(lastedMs + 600);
    }
    const long = pathAfter([{ fromMs: 10_000, toMs: 16_000 }], false);
    expect(long.gapAround(bracket(9_900, 16_100))).toBeNull();
  });
});
