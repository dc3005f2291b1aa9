import { describe, expect, it } from 'vitest';
import { newClusterTrack } from '../../../../../domain/cluster/observe/cluster-track';
import { detect } from '../../../../../domain/cluster/detect/detect';
import type { Detection } from '../../../../../domain/cluster/detect/detection';
import type { LbRole } from '../../../../../domain/model/role';

interface Looks {
  /** What b says from a time on, milliseconds. */
  b: [fromMs: number, role: LbRole][];
  skews: { a: number; b: number };
  /** When it is known that a's whole edge is silent. */
  goneMs: number;
}

/** What is found when a, the master, falls silent for good at 10 s; each LB is polled once a second. */
function foundWhenGone({ b, skews, goneMs }: Looks): { atMs: number; found: Detection }[] {
  let track = newClusterTrack(['a', 'b']);
  const all: { atMs: number; found: Detection }[] = [];
  const look = (edge: 'a' | 'b', fromMs: number, role: LbRole | 'silent'): void => {
    const silent = role === 'silent';
    const toMs = fromMs + (silent ? 800 : 5);
    const word = { witness: 'carp-mib', vhid: 1, advbase: 1, confidence: 1, maxAgeMs: 0, said: '' } as const;
    const result = detect(
      track,
      edge,
      {
        fromMs,
        toMs,
        fromMonotonicMs: fromMs,
        toMonotonicMs: toMs,
        silent,
        role: silent ? 'unknown' : role,
        witnesses: silent ? [] : [{ ...word, role, advskew: skews[edge] }],
      },
      new Set(toMs >= goneMs ? ['a'] : []),
    );
    track = result.track;
    all.push(...result.detections.map((found) => ({ atMs: toMs, found })));
  };
  for (let fromMs = 0; fromMs < 30_000; fromMs += 1_000) {
    look('a', fromMs, fromMs < 10_000 ? 'master' : 'silent');
    look('b', fromMs + 850, b.findLast(([sinceMs]) => sinceMs <= fromMs)?.[1] ?? 'backup');
  }
  return all;
}

describe('a master whose whole edge is silent', () => {
  it('leaves no active LB once its silence is longer than a take-over, not as soon as it is known to be gone', () => {
    const found = foundWhenGone({ b: [[0, 'init']], skews: { a: 0, b: 10 }, goneMs: 12_500 });
    expect(found.map((one) => one.found.kind)).toEqual(['no-active-lb']);
    // Three advertisements and the skew of the slowest, and an allowance.
    expect(found[0]!.atMs).toBeGreaterThanOrEqual(15_500);
    expect(found[0]!.atMs).toBeLessThanOrEqual(17_000);
  });

  it('has lost the role to a better placed LB at once: no doubt is left that asking it again could settle', () => {
    const looks: Looks = { b: [[13_000, 'master']], skews: { a: 100, b: 0 }, goneMs: 12_500 };
    const found = foundWhenGone(looks);
    expect(found.map((one) => one.found.kind)).toEqual(['failover']);
    expect(found[0]!.atMs).toBeLessThan(14_000);
    // With its edge answering otherwise, its silence may be lost packets while it was preempted.
    expect(foundWhenGone({ ...looks, goneMs: Infinity })[0]!.atMs).toBeGreaterThan(14_000);
  });
});
