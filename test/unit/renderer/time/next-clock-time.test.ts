import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextClockTime } from '../../../../renderer/time/next-clock-time';

it('is the first moment after now at which the clocks show the hour', () => {
  const iso = (hour: number, after: string): string =>
    new Date(nextClockTime(hour, Date.parse(after), 'utc')).toISOString();
  expect(iso(22, '2026-11-29T21:31:00Z')).toBe('2026-11-29T22:00:00.000Z');
  expect(iso(22, '2026-11-29T22:00:00Z')).toBe('2026-11-30T22:00:00.000Z');
  expect(iso(8, '2026-12-31T09:00:00Z')).toBe('2027-01-01T08:00:00.000Z');
});

it('is within a day, or a little more where the clocks change', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 4e12 }),
      fc.constantFrom('utc' as const, 'local' as const),
      (hour, afterMs, zone) => {
        const atMs = nextClockTime(hour, afterMs, zone);
        expect(atMs).toBeGreaterThan(afterMs);
        expect(atMs - afterMs).toBeLessThanOrEqual(26 * 3_600_000);
      },
    ),
  );
});
