import { describe, expect, it } from 'vitest';
import { isZone, monthsIn, offsetStretches, zonedIso } from '../../../../domain/calendar/zone';

function months(zone: string, from: string, to: string): string[] {
  const range = { fromMs: Date.parse(from), toMs: Date.parse(to) };
  const found = monthsIn(zone, range);
  expect(found[0]?.fromMs).toBe(range.fromMs);
  expect(found.at(-1)?.toMs).toBe(range.toMs);
  expect(found.slice(1).every(({ fromMs }, index) => fromMs === found[index]?.toMs)).toBe(true);
  return found.map(({ fromMs }) => zonedIso(fromMs, zone));
}

describe('a zone', () => {
  it('is one that this computer knows', () => {
    expect(['UTC', 'Europe/Berlin', 'America/Argentina/Ushuaia'].every(isZone)).toBe(true);
    expect(['', 'Berlin', 'Europe/Berlin ', '../etc/passwd', 'local'].some(isZone)).toBe(false);
  });

  it('has the months of its own clocks', () => {
    expect(months('Europe/Berlin', '2026-10-30T12:00Z', '2026-12-15T00:00Z')).toEqual([
      '2026-10-30T13:00:00.000+01:00',
      '2026-11-01T00:00:00.000+01:00',
      '2026-12-01T00:00:00.000+01:00',
    ]);
    expect(months('UTC', '2026-11-01T00:00Z', '2026-12-01T00:00Z')).toEqual([
      '2026-11-01T00:00:00.000+00:00',
    ]);
    expect(months('Pacific/Apia', '2011-12-15T00:00Z', '2012-01-15T00:00Z')).toEqual([
      '2011-12-14T14:00:00.000-10:00',
      '2012-01-01T00:00:00.000+14:00',
    ]);
    // The clocks of Amman skipped the first hour of that April.
    expect(months('Asia/Amman', '2011-03-20T00:00Z', '2011-04-20T00:00Z')).toEqual([
      '2011-03-20T02:00:00.000+02:00',
      '2011-04-01T01:00:00.000+03:00',
    ]);
  });

  it('is cut where its clocks change, and only there', () => {
    const stretches = offsetStretches('Australia/Lord_Howe', {
      fromMs: Date.parse('2026-01-01T00:00Z'),
      toMs: Date.parse('2027-01-01T00:00Z'),
    });
    expect(
      stretches.map(({ fromMs, offsetMs }) => [new Date(fromMs).toISOString(), offsetMs / 60_000]),
    ).toEqual([
      ['2026-01-01T00:00:00.000Z', 660],
      ['2026-04-04T15:00:00.000Z', 630],
      ['2026-10-03T15:30:00.000Z', 660],
    ]);
  });

  it('is named by its offset in a local time', () => {
    expect(zonedIso(Date.parse('2026-07-01T00:00:00.5Z'), 'America/New_York')).toBe(
      '2026-06-30T20:00:00.500-04:00',
    );
    expect(zonedIso(Date.parse('1900-01-01T00:00Z'), 'Europe/Amsterdam')).toMatch(
      /^1900-01-01T00:\d{2}:\d{2}/,
    );
  });
});
