import { describe, expect, it } from 'vitest';
import { reportRanges } from '../../../../renderer/time/report-ranges';

const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 16);
const named = (now: string, zone: string): Record<string, string> =>
  Object.fromEntries(
    reportRanges(Date.parse(now), zone).map(({ words, range }) => [
      words,
      `${iso(range.fromMs)} ${iso(range.toMs)}`,
    ]),
  );

describe('the ranges of a report', () => {
  it('are days up to now, and calendar months of the zone', () => {
    expect(named('2026-11-30T12:00:00Z', 'Europe/Berlin')).toEqual({
      'the last 24 hours': '2026-11-29T12:00 2026-11-30T12:00',
      'the last 7 days': '2026-11-23T12:00 2026-11-30T12:00',
      'this month': '2026-10-31T23:00 2026-11-30T12:00',
      // Summer time ended on 25 October.
      'last month': '2026-09-30T22:00 2026-10-31T23:00',
    });
  });

  it('have a last month on the first of a month', () => {
    const ranges = named('2026-03-01T00:30:00Z', 'UTC');
    expect(ranges['this month']).toBe('2026-03-01T00:00 2026-03-01T00:30');
    expect(ranges['last month']).toBe('2026-02-01T00:00 2026-03-01T00:00');
  });
});
