import { describe, expect, it } from 'vitest';
import { nextOccurrences, occurrences, type Timing } from '../../../../domain/maintenance/occurrences';
import type { Every } from '../../../../domain/model/maintenance';

const hourMs = 3_600_000;
const utc = (text: string): number => Date.parse(`${text}Z`);

const lastSunday: Every = { kind: 'month-weekday', nth: 5, weekday: 7 };

function recurring(
  given: {
    every?: Every;
    from?: number;
    until?: number;
    first?: string;
    last?: string | null;
    zone?: string;
    keep?: Timing['whenClockChanges'];
  } = {},
): Timing {
  const { every = lastSunday, from = 60, until = 240, first = '2026-12-27', last = null } = given;
  return {
    zone: given.zone ?? 'Europe/Berlin',
    whenClockChanges: given.keep ?? 'keep-end',
    schedule: { kind: 'recurring', every, fromMinute: from, untilMinute: until, first, last },
  };
}

function shown(found: { fromMs: number; toMs: number }[]): string[] {
  return found.map(
    ({ fromMs, toMs }) => `${new Date(fromMs).toISOString().slice(0, 16)} ${(toMs - fromMs) / hourMs} h`,
  );
}

describe('occurrences', () => {
  it('finds the last Sunday of five months, an hour shorter where the clock goes forward', () => {
    const found = nextOccurrences(recurring(), utc('2026-12-01T00:00'), 5);
    expect(shown(found)).toEqual([
      '2026-12-27T00:00 3 h',
      '2027-01-31T00:00 3 h',
      '2027-02-28T00:00 3 h',
      '2027-03-28T00:00 2 h',
      '2027-04-24T23:00 3 h',
    ]);
    expect(found[3]?.clockChange).toEqual({ atMs: utc('2027-03-28T01:00'), byMs: hourMs });
    expect(found[2]?.clockChange).toBeNull();
  });

  it('keeps the length when asked to', () => {
    const found = occurrences(recurring({ keep: 'keep-length' }), {
      fromMs: utc('2027-03-01T00:00'),
      toMs: utc('2027-04-01T00:00'),
    });
    expect(shown(found)).toEqual(['2027-03-28T00:00 3 h']);
    expect(found[0]?.clockChange).toEqual({ atMs: utc('2027-03-28T01:00'), byMs: hourMs });
  });

  it('is an hour longer where the clock goes back', () => {
    const found = occurrences(recurring(), {
      fromMs: utc('2027-10-01T00:00'),
      toMs: utc('2027-11-01T00:00'),
    });
    expect(shown(found)).toEqual(['2027-10-30T23:00 4 h']);
    expect(found[0]?.clockChange?.byMs).toBe(-hourMs);
  });

  it('begins when the clocks change where they skip its beginning', () => {
    const march = { fromMs: utc('2027-03-01T00:00'), toMs: utc('2027-04-01T00:00') };
    expect(shown(occurrences(recurring({ from: 150 }), march))).toEqual(['2027-03-28T01:00 1 h']);
    expect(occurrences(recurring({ from: 130, until: 170 }), march)).toEqual([]);
    expect(shown(occurrences(recurring({ from: 120, until: 150, keep: 'keep-length' }), march))).toEqual([
      '2027-03-28T01:00 0.5 h',
    ]);
  });

  it('takes the first of two times that the clocks show twice', () => {
    const october = { fromMs: utc('2027-10-01T00:00'), toMs: utc('2027-11-01T00:00') };
    expect(shown(occurrences(recurring({ from: 135, until: 165 }), october))).toEqual([
      '2027-10-31T00:15 0.5 h',
    ]);
    expect(shown(occurrences(recurring({ from: 165, until: 195 }), october))).toEqual([
      '2027-10-31T00:45 1.5 h',
    ]);
  });

  it('ends on the following day where the end is not after the beginning', () => {
    const timing = recurring({
      every: { kind: 'week', weekdays: [5] },
      from: 22 * 60,
      until: 6 * 60,
      zone: 'UTC',
    });
    expect(shown(nextOccurrences(timing, utc('2026-12-27T00:00'), 1))).toEqual(['2027-01-01T22:00 8 h']);
  });

  it('keeps to its first and last day', () => {
    const timing = recurring({
      every: { kind: 'day' },
      zone: 'UTC',
      first: '2026-12-30',
      last: '2027-01-01',
    });
    expect(nextOccurrences(timing, 0, 9)).toHaveLength(3);
  });

  it('skips months that lack the day, however long that is', () => {
    const day31 = recurring({ every: { kind: 'month-day', day: 31 }, zone: 'UTC' });
    expect(shown(nextOccurrences(day31, utc('2027-01-31T12:00'), 3))).toEqual([
      '2027-03-31T01:00 3 h',
      '2027-05-31T01:00 3 h',
      '2027-07-31T01:00 3 h',
    ]);
    const fifth = recurring({ every: { kind: 'month-weekday', nth: 2, weekday: 2 }, zone: 'UTC' });
    expect(shown(nextOccurrences(fifth, utc('2027-01-01T00:00'), 1))).toEqual(['2027-01-12T01:00 3 h']);
  });

  it('has one time when it is once, by the clocks of its zone', () => {
    const once = (from: string, to: string): Timing => ({
      zone: 'America/New_York',
      whenClockChanges: 'keep-end',
      schedule: { kind: 'once', from, to },
    });
    expect(shown(nextOccurrences(once('2026-12-24T23:00', '2026-12-25T05:00'), 0, 5))).toEqual([
      '2026-12-25T04:00 6 h',
    ]);
    expect(
      occurrences(once('2026-12-24T23:00', '2026-12-25T05:00'), { fromMs: 0, toMs: utc('2026-12-25T04:00') }),
    ).toEqual([]);
  });

  it('has none in a zone that this computer does not know', () => {
    expect(
      occurrences(recurring({ zone: 'Mars/Olympus' }), { fromMs: 0, toMs: utc('2030-01-01T00:00') }),
    ).toEqual([]);
    expect(nextOccurrences(recurring({ zone: 'Mars/Olympus' }), 0, 5)).toEqual([]);
  });
});
