import type Database from 'better-sqlite3';
import { levels, type Level } from '../codec/encode-rollup';
import { dayOfHour, endOfDayMs, endOfHourMs, endOfMonthMs, hourOfMinute, monthOfDay } from '../codec/periods';

/** Samples may be this late: polls in progress when the hour ends, and a slow disk. */
const graceMs = 2 * 60_000;

/** Which period to compact next. Hours come first: a day is made from its hours, a month from its days. */
export class DueCompactions {
  private readonly oldestMinute: Database.Statement<[], number | null>;
  /** Days with hours that no compaction of that day includes yet; months likewise. */
  private readonly days: Set<number>;
  private readonly months: Set<number>;

  constructor(db: Database.Database) {
    this.oldestMinute = db.prepare<[], number | null>('SELECT min(minute) FROM samples').pluck();
    this.days = new Set(uncovered(db, levels.minutesOfHour, levels.hoursOfDay, dayOfHour));
    this.months = new Set(uncovered(db, levels.hoursOfDay, levels.hoursOfMonth, monthOfDay));
  }

  /** The next one at a time, or null when nothing is due. */
  next(nowMs: number): { level: Level; period: number } | null {
    const minute = this.oldestMinute.get() ?? null;
    const hour = minute === null ? null : hourOfMinute(minute);
    if (hour !== null && endOfHourMs(hour) + graceMs <= nowMs) {
      return { level: levels.minutesOfHour, period: hour };
    }
    const allBeforeMs = hour === null ? nowMs - graceMs : Math.min(nowMs - graceMs, endOfHourMs(hour) - 1);
    const day = least(this.days);
    if (day !== null && endOfDayMs(day) <= allBeforeMs) return { level: levels.hoursOfDay, period: day };
    const month = least(this.months);
    if (month !== null && endOfMonthMs(month) <= allBeforeMs) {
      return { level: levels.hoursOfMonth, period: month };
    }
    return null;
  }

  /** Call when a compaction is finished: the larger period becomes due, and this one no longer is. */
  finished(level: Level, period: number): void {
    if (level === levels.minutesOfHour) this.days.add(dayOfHour(period));
    if (level === levels.hoursOfDay) {
      this.days.delete(period);
      this.months.add(monthOfDay(period));
    }
    if (level === levels.hoursOfMonth) this.months.delete(period);
  }
}

/** Larger periods of which a part was compacted after their own last compaction. */
function uncovered(
  db: Database.Database,
  level: Level,
  above: Level,
  larger: (period: number) => number,
): number[] {
  const lastOf = db
    .prepare<[number], [period: number, last: number]>(
      'SELECT period, max(id) FROM sealings WHERE level = ? AND finished_ms IS NOT NULL GROUP BY period',
    )
    .raw();
  const covered = new Map(lastOf.all(above));
  return lastOf
    .all(level)
    .filter(([period, last]) => last > (covered.get(larger(period)) ?? 0))
    .map(([period]) => larger(period));
}

function least(periods: Set<number>): number | null {
  return periods.size === 0 ? null : Math.min(...periods);
}
