import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zoneOffsetMs } from '../../../../domain/calendar/zone';
import { occurrences, type Timing } from '../../../../domain/maintenance/occurrences';
import type { Every } from '../../../../domain/model/maintenance';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** No zone is further ahead of UTC. */
const earliestMs = 15 * 3_600_000;

/** Zones with changes of an hour and of half an hour, in both directions at different times, of a whole day, and with none. */
const zones = [
  ...['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/St_Johns', 'Africa/Casablanca'],
  ...['America/Santiago', 'Asia/Beirut', 'Atlantic/Azores', 'Pacific/Apia', 'Asia/Kolkata', 'UTC'],
];

/** Days near changes of the clocks somewhere, and any others. */
const anyDay = fc.oneof(
  fc.constantFrom(
    ...[
      '2026-03-28',
      '2026-10-24',
      '2026-03-07',
      '2026-10-31',
      '2026-04-04',
      '2026-10-03',
      '2011-12-29',
      '2026-09-05',
    ],
  ),
  fc
    .integer({ min: 0, max: 400 })
    .map((days) => new Date(Date.UTC(2026, 0, 1) + days * dayMs).toISOString().slice(0, 10)),
);

const weekday = fc.integer({ min: 1, max: 7 });
const anyEvery: fc.Arbitrary<Every> = fc.oneof(
  fc.constant<Every>({ kind: 'day' }),
  fc
    .uniqueArray(weekday, { minLength: 1, maxLength: 7 })
    .map((weekdays): Every => ({ kind: 'week', weekdays })),
  fc.integer({ min: 1, max: 31 }).map((day): Every => ({ kind: 'month-day', day })),
  fc.record({ kind: fc.constant('month-weekday' as const), nth: fc.integer({ min: 1, max: 5 }), weekday }),
);

interface Case {
  timing: Timing & { schedule: { kind: 'recurring' } };
  fromMs: number;
  toMs: number;
}

const anyCase: fc.Arbitrary<Case> = fc
  .record({
    zone: fc.constantFrom(...zones),
    whenClockChanges: fc.constantFrom('keep-end' as const, 'keep-length' as const),
    every: anyEvery,
    fromMinute: fc.integer({ min: 0, max: 1439 }),
    untilMinute: fc.integer({ min: 0, max: 1440 }),
    first: anyDay,
    lengthDays: fc.integer({ min: 0, max: 2 }),
    offsetMinutes: fc.integer({ min: -3 * 1440, max: 3 * 1440 }),
    rangeMinutes: fc.integer({ min: 1, max: 3 * 1440 }),
  })
  .filter(({ fromMinute, untilMinute }) => fromMinute !== untilMinute)
  .map(
    ({
      zone,
      whenClockChanges,
      every,
      fromMinute,
      untilMinute,
      first,
      lengthDays,
      offsetMinutes,
      rangeMinutes,
    }) => {
      const last = new Date(Date.parse(first) + lengthDays * dayMs).toISOString().slice(0, 10);
      const schedule = { kind: 'recurring' as const, every, fromMinute, untilMinute, first, last };
      const fromMs = Date.parse(first) + offsetMinutes * minuteMs;
      return { timing: { zone, whenClockChanges, schedule }, fromMs, toMs: fromMs + rangeMinutes * minuteMs };
    },
  );

describe('occurrences', () => {
  it('are those of a clock that is watched minute by minute', () => {
    fc.assert(
      fc.property(anyCase, ({ timing, fromMs, toMs }) => {
        const found = occurrences(timing, { fromMs, toMs }).map((one) => [one.fromMs, one.toMs]);
        expect(found).toEqual(watched(timing, fromMs, toMs));
      }),
      { numRuns: 150 },
    );
  });

  it('are as long as the clocks show, or as planned', () => {
    fc.assert(
      fc.property(anyCase, ({ timing, fromMs, toMs }) => {
        for (const one of occurrences(timing, { fromMs, toMs })) {
          const isAsPlanned = one.toMs - one.fromMs === one.plannedMs;
          if (timing.whenClockChanges === 'keep-length') expect(isAsPlanned).toBe(true);
          else expect(isAsPlanned).toBe(one.clockChange === null);
        }
      }),
      { numRuns: 400 },
    );
  });
});

/** The same by looking at the clock of the zone once a minute, as a person would. */
function watched(
  { zone, whenClockChanges, schedule }: Case['timing'],
  fromMs: number,
  toMs: number,
): number[][] {
  const { every, fromMinute, untilMinute, first, last } = schedule;
  const found: number[][] = [];
  for (let day = Date.parse(first); day <= Date.parse(last ?? first); day += dayMs) {
    if (!isDay(every, new Date(day))) continue;
    const beginsLocalMs = day + fromMinute * minuteMs;
    const lengthMs =
      (untilMinute > fromMinute ? untilMinute - fromMinute : untilMinute - fromMinute + 1440) * minuteMs;
    const beginMs = firstShowing(zone, beginsLocalMs, beginsLocalMs - earliestMs);
    const endMs =
      whenClockChanges === 'keep-length'
        ? beginMs + lengthMs
        : firstShowing(zone, beginsLocalMs + lengthMs, beginsLocalMs - earliestMs);
    if (endMs > beginMs && beginMs < toMs && endMs > fromMs) found.push([beginMs, endMs]);
  }
  return found;
}

/** The first minute at which a zone's clock shows this time or a later one. */
function firstShowing(zone: string, localMs: number, fromMs: number): number {
  let atMs = fromMs;
  while (atMs + zoneOffsetMs(zone, atMs) < localMs) atMs += minuteMs;
  return atMs;
}

function isDay(every: Every, date: Date): boolean {
  const isoWeekday = date.getUTCDay() === 0 ? 7 : date.getUTCDay();
  switch (every.kind) {
    case 'day':
      return true;
    case 'week':
      return every.weekdays.includes(isoWeekday);
    case 'month-day':
      return date.getUTCDate() === every.day;
    case 'month-weekday': {
      if (isoWeekday !== every.weekday) return false;
      const inMonth = [];
      for (
        let day = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1));
        day.getUTCMonth() === date.getUTCMonth();
        day = new Date(day.getTime() + dayMs)
      )
        if (day.getUTCDay() === date.getUTCDay()) inMonth.push(day.getTime());
      return date.getTime() === (every.nth === 5 ? inMonth.at(-1) : inMonth[every.nth - 1]);
    }
  }
}
