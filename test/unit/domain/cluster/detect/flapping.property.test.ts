import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Detection } from '../../../../../domain/cluster/detect/detection';
import type { LbRole } from '../../../../../domain/model/role';
import {
  truthAt,
  watchWorld,
  type PolledWorld,
  type TruePoint,
} from '../../../../fixtures/cluster/polled-world';

const settledMs = 10_000;

/** Mulberry32. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function world(timelines: Record<string, TruePoint[]>, more: Partial<PolledWorld> = {}): PolledWorld {
  return {
    timelines,
    skews: { a: 0, b: 100, c: 200 },
    endMs: 190_000,
    pollEveryMs: 1_000,
    timeoutMs: 800,
    random: seeded(1),
    loss: 0,
    ...more,
  };
}

/** One LB that alternates between two roles from `settledMs` on. */
function alternating(
  [first, firstMs]: [LbRole, number],
  [second, secondMs]: [LbRole, number],
  untilMs: number,
): TruePoint[] {
  const points: TruePoint[] = [{ atMs: 0, role: first, silent: false }];
  for (let atMs = settledMs; atMs < untilMs; atMs += firstMs + secondMs) {
    points.push({ atMs, role: second, silent: false }, { atMs: atMs + secondMs, role: first, silent: false });
  }
  return points;
}

const steady = (role: LbRole): TruePoint[] => [{ atMs: 0, role, silent: false }];

type Flapping = Extract<Detection, { kind: 'flapping' }>;
const flappings = (found: { atMs: number; found: Detection }[]): (Flapping & { seenMs: number })[] =>
  found.flatMap(({ atMs, found: one }) => (one.kind === 'flapping' ? [{ ...one, seenMs: atMs }] : []));

/** For how long no LB was truly master in a range, milliseconds. */
function trulyWithout(polled: PolledWorld, fromMs: number, toMs: number): number {
  const all = Object.values(polled.timelines).flat();
  const times = all.map(({ atMs }) => atMs).filter((atMs) => atMs > fromMs && atMs < toMs);
  const bounds = [fromMs, ...new Set(times.sort((x, y) => x - y)), toMs];
  let sum = 0;
  for (const [index, startMs] of bounds.slice(0, -1).entries()) {
    const masters = Object.keys(polled.timelines).filter(
      (id) => truthAt(polled, id, startMs).role === 'master',
    );
    if (masters.length === 0) sum += (bounds[index + 1] ?? toMs) - startMs;
  }
  return sum;
}

const seeds = fc.integer({ min: 0, max: 2 ** 31 });

describe('an LB that flaps alone', () => {
  it('is flapping, with how often and for how long no LB was active', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.constantFrom<LbRole>('init', 'backup', 'fault'),
        fc.integer({ min: 1_600, max: 4_000 }),
        fc.integer({ min: 1_600, max: 4_000 }),
        fc.constantFrom(0, 0.05),
        (seed, other, onMs, offMs, loss) => {
          const polled = world(
            {
              a: alternating(['master', onMs], [other, offMs], 190_000),
              b: steady('backup'),
              c: steady('backup'),
            },
            { random: seeded(seed), loss },
          );
          const found = watchWorld(polled);
          const told = flappings(found);
          // Lost polls can hide a time as master; that no LB was active when it began has to be true then.
          const others = found.map(({ found: one }) => one).filter(({ kind }) => kind !== 'flapping');
          const untrue = others.filter(
            (one) =>
              loss === 0 ||
              one.kind !== 'no-active-lb' ||
              trulyWithout(polled, one.bracket.lastOldMs, one.bracket.firstNewMs) === 0,
          );
          expect(untrue).toEqual([]);
          expect(told.length).toBeGreaterThanOrEqual(3);
          expect(told.map(({ phase }) => phase)).toEqual(['began', ...told.slice(1).map(() => 'continues')]);
          for (const { seenMs, sinceMs, changes, withoutActiveMs, edgeIds } of told) {
            expect(edgeIds).toEqual(['a']);
            const trueMs = trulyWithout(polled, Math.min(sinceMs, settledMs), seenMs);
            expect(withoutActiveMs.atLeast).toBeLessThanOrEqual(trueMs + 2);
            expect(withoutActiveMs.atMost).toBeGreaterThanOrEqual(trueMs - 2);
            expect(changes).toBeLessThanOrEqual(Math.ceil((seenMs - settledMs) / (onMs + offMs)));
          }
          const last = told.at(-1);
          if (loss === 0)
            expect(last?.changes).toBe(180_000 / (onMs + offMs) > 41 ? 40 : last?.changes === 40 ? 40 : 20);
          if (loss === 0) expect(last?.withoutActiveMs.atLeast).toBeGreaterThan(0);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is not flapping after four changes, and each is its own when the window has passed', () => {
    const four = world({
      a: alternating(['master', 2_000], ['init', 2_000], settledMs + 14_000),
      b: steady('backup'),
    });
    expect(watchWorld(four)).toEqual([]);
    const slow = world(
      { a: alternating(['master', 88_000], ['init', 2_000], 600_000), b: steady('backup') },
      { endMs: 640_000 },
    );
    expect(watchWorld(slow)).toEqual([]);
  });

  it('is flapping after an hour of slow changes', () => {
    const slow = world(
      { a: alternating(['master', 88_000], ['init', 2_000], 1_600_000), b: steady('backup') },
      { endMs: 1_700_000 },
    );
    expect(flappings(watchWorld(slow))).toMatchObject([
      { phase: 'began', changes: 12, windowMs: 3_600_000, withoutActiveMs: { atLeast: expect.any(Number) } },
    ]);
  });

  it('is told to have ended, with the whole sum, when it has been steady for long enough', () => {
    const polled = world(
      { a: alternating(['master', 2_000], ['init', 2_000], settledMs + 40_000), b: steady('backup') },
      { endMs: 500_000 },
    );
    const told = flappings(watchWorld(polled));
    expect(told.map(({ phase, changes }) => [phase, changes])).toEqual([
      ['began', 5],
      ['continues', 10],
      ['ended', 10],
    ]);
    const { withoutActiveMs } = told.at(-1) ?? {};
    expect(withoutActiveMs?.atLeast).toBeLessThanOrEqual(20_000);
    expect(withoutActiveMs?.atMost).toBeGreaterThanOrEqual(20_000);
  });

  it('counts a silence in between as possibly without an active LB', () => {
    const a = alternating(['master', 2_000], ['init', 2_000], 150_000);
    const silent = a.map((point) =>
      point.atMs >= 60_000 && point.atMs < 90_000 ? { ...point, silent: true } : point,
    );
    const polled = world({ a: silent, b: steady('backup') });
    const told = flappings(watchWorld(polled));
    expect(told.map(({ changes }) => changes)).toEqual([5, 10, 20]);
    for (const { seenMs, sinceMs, withoutActiveMs } of told) {
      const trueMs = trulyWithout(polled, Math.min(sinceMs, settledMs), seenMs);
      expect(withoutActiveMs.atLeast).toBeLessThanOrEqual(trueMs + 2);
      expect(withoutActiveMs.atMost).toBeGreaterThanOrEqual(trueMs - 2);
    }
  });
});

describe('other changes of LBs', () => {
  it('two that take turns every second are flapping, and no split brain', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1_000, max: 1_500 }), (seed, everyMs) => {
        const a = alternating(['master', everyMs], ['backup', everyMs], 130_000);
        const b = alternating(['backup', everyMs], ['master', everyMs], 130_000);
        const polled = world({ a, b }, { random: seeded(seed), pollEveryMs: 333, endMs: 130_000 });
        const found = watchWorld(polled);
        const told = flappings(found);
        expect(told.length).toBeGreaterThanOrEqual(2);
        expect(found.map(({ found: { kind } }) => kind)).not.toContain('split-brain');
        expect(found.map(({ found: { kind } }) => kind)).not.toContain('no-active-lb');
        for (const { withoutActiveMs, edgeIds } of told) {
          expect(withoutActiveMs.atLeast).toBe(0);
          expect(edgeIds.toSorted()).toEqual(['a', 'b']);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('one that keeps rising beside a steady master is flapping, without a time without an active LB', () => {
    const polled = world({
      a: steady('master'),
      b: alternating(['backup', 2_000], ['master', 2_000], 120_000),
    });
    const told = flappings(watchWorld(polled));
    expect(told[0]).toMatchObject({
      phase: 'began',
      edgeIds: ['b'],
      withoutActiveMs: { atLeast: 0, atMost: 0 },
    });
  });

  it('a passive one that keeps stopping is flapping by itself, and nothing else', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom<LbRole>('init', 'fault'), (seed, other) => {
        const polled = world(
          {
            a: steady('master'),
            b: alternating(['backup', 2_000], [other, 2_000], 120_000),
            c: steady('backup'),
          },
          { random: seeded(seed) },
        );
        const found = watchWorld(polled).map((one) => one.found);
        expect(found).toMatchObject([{ kind: 'lb-flapping', edgeId: 'b', changes: 5, windowMs: 300_000 }]);
      }),
      { numRuns: 40 },
    );
  });

  it('an LB that is restarted now and then is neither', () => {
    const polled = world({
      a: steady('master'),
      b: alternating(['backup', 80_000], ['init', 5_000], 600_000),
    });
    expect(watchWorld({ ...polled, endMs: 600_000 })).toEqual([]);
  });

  it('backups that rise together in a take-over are one change', () => {
    const rival = (upMs: number, downMs: number): TruePoint[] => [
      { atMs: 0, role: 'backup', silent: false },
      { atMs: upMs, role: 'master', silent: false },
      { atMs: downMs, role: 'backup', silent: false },
    ];
    const a: TruePoint[] = [];
    const b: TruePoint[] = [{ atMs: 0, role: 'backup', silent: false }];
    const c: TruePoint[] = [{ atMs: 0, role: 'backup', silent: false }];
    for (const fromMs of [0, 60_000]) {
      a.push(
        { atMs: fromMs, role: 'master', silent: false },
        { atMs: fromMs + 10_000, role: 'init', silent: false },
      );
      b.push(...rival(fromMs + 13_000, fromMs + 60_000).slice(1));
      c.push(...rival(fromMs + 13_100, fromMs + 14_800).slice(1));
    }
    expect(flappings(watchWorld(world({ a, b, c }, { endMs: 115_000 })))).toEqual([]);
  });

  it('a master that falls silent, is followed by another and returns as a backup is one change', () => {
    const a: TruePoint[] = [];
    const b: TruePoint[] = [];
    for (const fromMs of [0, 60_000, 120_000]) {
      a.push(
        { atMs: fromMs, role: 'master', silent: false },
        { atMs: fromMs + 10_000, role: 'init', silent: true },
        { atMs: fromMs + 20_000, role: 'backup', silent: false },
      );
      b.push(
        { atMs: fromMs, role: 'backup', silent: false },
        { atMs: fromMs + 13_000, role: 'master', silent: false },
      );
    }
    const found = watchWorld(world({ a, b }, { endMs: 125_000 }));
    expect(found.filter(({ found: one }) => 'gapMs' in one)).toHaveLength(4);
    expect(flappings(found)).toEqual([]);
  });

  it('one of two masters that falls silent and returns as a backup is one change', () => {
    const a: TruePoint[] = [];
    const b: TruePoint[] = [];
    for (const fromMs of [0, 60_000]) {
      a.push(
        { atMs: fromMs, role: 'master', silent: false },
        { atMs: fromMs + 20_000, role: 'init', silent: true },
        { atMs: fromMs + 40_000, role: 'backup', silent: false },
      );
      b.push(
        { atMs: fromMs, role: 'backup', silent: false },
        { atMs: fromMs + 14_000, role: 'master', silent: false },
      );
    }
    const found = watchWorld(world({ a, b }, { endMs: 119_000 }));
    expect(found.filter(({ found: one }) => 'gapMs' in one)).toHaveLength(3);
    expect(flappings(found)).toEqual([]);
  });
});
