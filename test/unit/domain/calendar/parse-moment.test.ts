import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { parseMoment, type TypedMoment } from '../../../../domain/calendar/parse-moment';

const nowMs = Date.UTC(2026, 10, 22, 14, 6, 29);
const at = (ms: number): TypedMoment => ({ kind: 'at', atMs: ms });
const utc = (text: string): TypedMoment => parseMoment(text, 'utc', nowMs);

describe('a moment as typed', () => {
  it('is a date and a time', () => {
    expect(utc('2026-11-21 03:02:13.4')).toEqual(at(Date.UTC(2026, 10, 21, 3, 2, 13, 400)));
    expect(utc('2026-11-21T03:02')).toEqual(at(Date.UTC(2026, 10, 21, 3, 2)));
    expect(utc('2026-11-21')).toEqual(at(Date.UTC(2026, 10, 21)));
  });

  it('is the latest such time when it has no date', () => {
    expect(utc('14:02')).toEqual(at(Date.UTC(2026, 10, 22, 14, 2)));
    expect(utc('15:02')).toEqual(at(Date.UTC(2026, 10, 21, 15, 2)));
  });

  it('is UTC or at an offset where it says so, whatever the window shows', () => {
    const ms = Date.UTC(2026, 10, 21, 3, 2);
    for (const text of ['2026-11-21T03:02:00Z', '2026-11-21 05:02 +02:00', '2026-11-20 22:02 −05:00'])
      expect(parseMoment(text, 'local', nowMs, 'Asia/Kolkata'), text).toEqual(at(ms));
  });

  it('is so long before now, or on a day by its name', () => {
    expect(utc('-5m')).toEqual(at(nowMs - 5 * 60_000));
    expect(utc('−90s')).toEqual(at(nowMs - 90_000));
    expect(utc('-1.5h')).toEqual(at(nowMs - 5_400_000));
    expect(utc('-2d')).toEqual(at(nowMs - 2 * 86_400_000));
    expect(utc('yesterday')).toEqual(at(Date.UTC(2026, 10, 21)));
    expect(utc('Yesterday 14:02')).toEqual(at(Date.UTC(2026, 10, 21, 14, 2)));
    expect(utc('today 03:00')).toEqual(at(Date.UTC(2026, 10, 22, 3)));
    // In Auckland it is the 23rd already.
    expect(parseMoment('yesterday 08:00', 'local', nowMs, 'Pacific/Auckland')).toEqual(
      at(Date.UTC(2026, 10, 21, 19)),
    );
  });

  it('is nothing where there is no such date or time', () => {
    for (const text of [
      '',
      'yesterdays',
      'yesterday noon',
      '-5',
      '-5 parsecs',
      '2026-02-30',
      '25:00',
      '14:70',
      '2026-13-01 10:00',
    ])
      expect(utc(text), text).toEqual({ kind: 'none' });
  });
});

describe('a time near a change of the clocks', () => {
  it.each([
    ['Europe/Berlin', '2026-10-26T15:00Z', '14:02', '2026-10-26T13:02Z'],
    ['Europe/Berlin', '2026-10-26T09:00Z', '14:02', '2026-10-25T13:02Z'],
    ['Europe/Berlin', '2026-10-25T09:00Z', '14:02', '2026-10-24T12:02Z'],
    ['Europe/Berlin', '2026-03-29T09:00Z', '14:02', '2026-03-28T13:02Z'],
    ['America/New_York', '2026-11-01T13:00Z', '14:02', '2026-10-31T18:02Z'],
    ['Australia/Lord_Howe', '2026-04-05T02:00Z', '14:02', '2026-04-04T03:02Z'],
    ['Asia/Kolkata', '2026-11-22T06:00Z', '14:02', '2026-11-21T08:32Z'],
  ])('in %s at %s: %s is %s', (zone, now, typed, expected) => {
    expect(parseMoment(typed, 'local', Date.parse(now), zone)).toEqual(at(Date.parse(expected)));
  });

  it.each([
    ['Europe/Berlin', '2026-03-29 02:30'],
    ['America/New_York', '2026-03-08 02:30'],
    ['Australia/Lord_Howe', '2026-10-04 02:15'],
  ])('does not exist where the clocks skip it: %s %s', (zone, typed) => {
    expect(parseMoment(typed, 'local', nowMs, zone)).toEqual({ kind: 'skipped' });
  });

  it.each([
    ['Europe/Berlin', '2026-10-25 02:30', '2026-10-25T00:30Z', '2026-10-25T01:30Z'],
    ['America/New_York', '2026-11-01 01:30', '2026-11-01T05:30Z', '2026-11-01T06:30Z'],
    ['Australia/Lord_Howe', '2026-04-05 01:45', '2026-04-04T14:45Z', '2026-04-04T15:15Z'],
  ])('exists twice where the clocks repeat it: %s %s', (zone, typed, first, second) => {
    const twice = { kind: 'twice', atMs: [Date.parse(first), Date.parse(second)] };
    expect(parseMoment(typed, 'local', nowMs, zone)).toEqual(twice);
    const between = Date.parse(second) - 60_000;
    expect(parseMoment(typed.slice(11), 'local', between, zone)).toEqual(at(Date.parse(first)));
  });

  it('begins a day at its first moment, also where midnight is skipped', () => {
    expect(parseMoment('2018-11-04', 'local', nowMs, 'America/Sao_Paulo')).toEqual(
      at(Date.UTC(2018, 10, 4, 3)),
    );
  });

  it('is what the clocks showed at that moment, in every zone', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
      'Pacific/Apia',
      'UTC',
    ];
    const changes = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom(...changes),
        fc.integer({ min: -3 * 1440, max: 3 * 1440 }),
        fc.boolean(),
        (zone, day, minutes, withDate) => {
          const ms = Date.parse(day) + minutes * 60_000;
          const shown = DateTime.fromMillis(ms, { zone });
          const typed = shown.toFormat(withDate ? 'yyyy-MM-dd HH:mm' : 'HH:mm');
          const moment = parseMoment(typed, 'local', ms, zone);
          const moments = moment.kind === 'at' ? [moment.atMs] : moment.kind === 'twice' ? moment.atMs : [];
          expect(moments).toContain(ms);
          for (const one of moments)
            expect(DateTime.fromMillis(one, { zone }).toFormat('yyyy-MM-dd HH:mm')).toBe(
              shown.toFormat('yyyy-MM-dd HH:mm'),
            );
        },
      ),
    );
  });
});
