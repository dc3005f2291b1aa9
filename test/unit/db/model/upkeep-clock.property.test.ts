import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absenceHoldMs, stepHoldMs, UpkeepClock } from '../../../../db/model/upkeep-clock';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const startMs = Date.UTC(2026, 0, 1);

/** Turns of a monitor: so much monotonic time passes, then the wall clock gains so much (negative: is set back). */
const turns = fc.array(
  fc.record({
    passMs: fc.integer({ min: 1, max: 6 * hourMs }),
    stepMs: fc.oneof(
      fc.constant(0),
      fc.integer({ min: -200 * dayMs, max: 200 * dayMs }),
      fc.integer({ min: -2000, max: 2000 }),
    ),
  }),
  { minLength: 1, maxLength: 60 },
);

describe('the clock of upkeep', () => {
  it('is never ahead of a wall clock of the last day, and gains only what has lasted a day', () => {
    fc.assert(
      fc.property(turns, (all) => {
        const clock = new UpkeepClock(startMs, 0);
        let [nowMs, monotonicMs] = [startMs, 0];
        const offsets = [{ atMs: 0, offsetMs: startMs }];
        for (const { passMs, stepMs } of all) {
          monotonicMs += passMs;
          nowMs += passMs;
          clock.set(nowMs, monotonicMs);
          nowMs += stepMs;
          clock.set(nowMs, monotonicMs);
          offsets.push({ atMs: monotonicMs, offsetMs: nowMs - monotonicMs });
          // Every offset that was in force within the day, with the one that the day began in.
          const since = monotonicMs - stepHoldMs;
          const within = offsets.filter((_one, index) => (offsets[index + 1]?.atMs ?? Infinity) > since);
          const least = Math.min(...within.map(({ offsetMs }) => offsetMs));
          const { pruneMs, compactMs } = clock.time;
          // Gains of less than a second and a half count at once, as those of a time service do.
          expect(pruneMs - monotonicMs - least).toBeLessThan(1500);
          expect(pruneMs).toBeLessThanOrEqual(nowMs);
          expect(compactMs).toBeLessThanOrEqual(nowMs);
          expect(compactMs).toBeGreaterThanOrEqual(pruneMs);
        }
        // However it stepped: after a quiet day the wall clock is believed.
        clock.set(nowMs + dayMs, monotonicMs + dayMs);
        expect(clock.time.pruneMs).toBe(nowMs + dayMs);
      }),
      { numRuns: 300 },
    );
  });

  it('does not believe many small gains more than one large one', () => {
    const clock = new UpkeepClock(startMs, 0);
    for (let n = 1; n <= 10_000; n += 1) clock.set(startMs + n * 1400, n);
    expect(clock.time.pruneMs - startMs).toBeLessThan(20_000);
  });

  it('believes a step forward after exactly a day, and a step back at once', () => {
    const clock = new UpkeepClock(startMs, 0);
    clock.set(startMs + 91 * dayMs, 1000);
    expect(clock.time).toMatchObject({ nowMs: startMs + 91 * dayMs, pruneMs: startMs + 1000 });
    clock.set(startMs + 92 * dayMs - 1, 1000 + dayMs - 1);
    expect(clock.time.pruneMs).toBe(startMs + 1000 + dayMs - 1);
    clock.set(startMs + 92 * dayMs, 1000 + dayMs);
    expect(clock.time.pruneMs).toBe(startMs + 92 * dayMs);
    clock.set(startMs - dayMs, 2000 + dayMs);
    expect(clock.time.pruneMs).toBe(startMs - dayMs);
  });

  it('takes time without a monitor for a step that ages as the runs do', () => {
    const clock = new UpkeepClock(startMs, 5_000, [
      { offsetMs: startMs - 50 * dayMs, endedMs: -20 * hourMs, by: 'step' },
      { offsetMs: startMs - 3 * hourMs, endedMs: 0, by: 'absence' },
    ]);
    expect(clock.time.pruneMs).toBe(startMs - 50 * dayMs);
    expect(clock.time.compactMs).toBe(startMs - 50 * dayMs);
    clock.set(startMs + 4 * hourMs, 5_000 + 4 * hourMs);
    expect(absenceHoldMs).toBeLessThan(4 * hourMs);
    expect(clock.time.compactMs).toBe(startMs + 4 * hourMs);
    expect(clock.time.pruneMs).toBe(startMs + hourMs);
  });
});
