import fc from 'fast-check';
import { expect, it } from 'vitest';
import { detect, repeat } from '../../../../../domain/cluster/detect/detect';
import { newClusterTrack } from '../../../../../domain/cluster/observe/cluster-track';
import type { LbRole } from '../../../../../domain/model/role';

const ids = ['a', 'b', 'c'];

/** A change now and then among many reports of the same. Hours between two reports let what is remembered expire. */
const step = fc.record({
  edge: fc.nat(2),
  role: fc.oneof(
    { weight: 15, arbitrary: fc.constant(null) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<LbRole | 'silent'>('master', 'backup', 'init', 'unknown', 'silent'),
    },
  ),
  waitMs: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 50, max: 1_500 }) },
    { weight: 1, arbitrary: fc.integer({ min: 60_000, max: 8_000_000 }) },
  ),
});

it('a repeated report leads to the same track as all of the detection, which finds nothing', () => {
  let repeated = 0;
  const property = fc.property(fc.array(step, { minLength: 20, maxLength: 80 }), (steps) => {
    const now: (LbRole | 'silent')[] = ['master', 'backup', 'backup'];
    let track = newClusterTrack(ids);
    let atMs = 0;
    for (const { edge, role, waitMs } of steps) {
      if (role !== null) now[edge] = role;
      atMs += waitMs;
      const is = now[edge] ?? 'unknown';
      const seen = {
        ...{ fromMs: atMs - 5, toMs: atMs, fromMonotonicMs: atMs - 5, toMonotonicMs: atMs },
        silent: is === 'silent',
        role: is === 'silent' ? ('unknown' as const) : is,
        witnesses: [],
      };
      const short = repeat(track, ids[edge] ?? '', seen);
      const whole = detect(track, ids[edge] ?? '', seen, new Set());
      if (short) {
        repeated += 1;
        expect(whole.detections).toEqual([]);
        expect(short).toEqual(whole.track);
      }
      track = whole.track;
    }
  });
  fc.assert(property, { numRuns: 2_000 });
  expect(repeated).toBeGreaterThan(2_000);
});
