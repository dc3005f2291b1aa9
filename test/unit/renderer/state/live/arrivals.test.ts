import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arrived,
  excused,
  isStalled,
  noArrivals,
  stallLimitMs,
} from '../../../../../renderer/state/live/arrivals';

describe('the watchdog', () => {
  it('calls five seconds of silence a stall at the usual pace of one a second', () => {
    const arrivals = [0, 1000, 2000, 3000].reduce(arrived, noArrivals);
    expect(isStalled(arrivals, 8000, 1000)).toBe(false);
    expect(isStalled(arrivals, 8001, 1000)).toBe(true);
  });

  it('waits three times the poll interval that was announced', () => {
    const arrivals = arrived(noArrivals, 0);
    expect(isStalled(arrivals, 29_000, 10_000)).toBe(false);
    expect(isStalled(arrivals, 30_001, 10_000)).toBe(true);
  });

  it('does not call anything a stall before the first arrival', () => {
    expect(isStalled(noArrivals, 1e9, 1000)).toBe(false);
    expect(excused(noArrivals, 5)).toBe(noArrivals);
  });

  it('starts again when the window is seen again', () => {
    expect(isStalled(excused(arrived(noArrivals, 0), 60_000), 64_000, 1000)).toBe(false);
  });

  it('recovers at the first arrival, and a stall does not slow its pace', () => {
    const before = [0, 1000, 2000].reduce(arrived, noArrivals);
    const after = arrived(before, 600_000);
    expect(after.paceMs).toBe(before.paceMs);
    expect(isStalled(after, 600_001, 1000)).toBe(false);
  });

  it('always notices a silence, whatever pace came before', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 120_000 }), { maxLength: 40 }), (pauses) => {
        let now = 0;
        let arrivals = arrived(noArrivals, now);
        for (const pause of pauses) {
          now += pause;
          arrivals = arrived(arrivals, now);
        }
        expect(stallLimitMs(arrivals)).toBeGreaterThanOrEqual(5000);
        expect(isStalled(arrivals, now + 30_001, 1000)).toBe(true);
      }),
    );
  });
});
