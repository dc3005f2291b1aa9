import type Database from 'better-sqlite3';
import type { LedgerWriter } from '../chain/ledger-writer';
import { isSealed, prunePeriod } from './prune';
import { levels } from '../codec/encode-rollup';
import { endOfDayMs, endOfHourMs, endOfMonthMs } from '../codec/periods';
import type { UpkeepTime } from '../model/upkeep-clock';
import type { Retention } from './retention';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** Hours of data that may be removed in an hour. */
const hoursPerHour = 24;

/** A kind of data with limited retention: its rows, the compactions that made them, and when a period ends. */
interface Kind {
  words: string;
  table: 'chunks' | 'rollups';
  /** The level of its rollups; 0 for chunks. */
  level: number;
  sealingLevel: number;
  days: number | null;
  /** Periods removed in an hour of monotonic time at most: more than become due, so that a shortened retention is reached. */
  mostPerHour: number;
  /** Monotonic time from which the next one may be removed. */
  nextMs: number;
  endMs(period: number): number;
  oldest: Database.Statement<[], number | null>;
}

/**
 * Removes data past its retention, a period at a time, oldest first. Each removal is recorded in the ledger in the same
 * transaction, and only data that the ledger has sealed is removed. However much is due, no more than its share is removed in
 * an hour: a wrong clock or a retention set by mistake can be noticed in time.
 */
export class Pruner {
  private readonly kinds: Kind[];
  private readonly sealedThrough: Database.Statement<[], number>;

  constructor(
    private readonly db: Database.Database,
    private readonly ledger: LedgerWriter,
    { sampleDays, minuteDays, hourDays }: Retention,
  ) {
    const oldestRollup = (level: number): Kind['oldest'] =>
      db.prepare<[], number | null>(`SELECT min(period) FROM rollups WHERE level = ${level}`).pluck();
    const rollups = (
      words: string,
      level: number,
      keptDays: number | null,
      endMs: Kind['endMs'],
      mostPerHour: number,
    ): Kind => ({
      words,
      mostPerHour,
      nextMs: -Infinity,
      table: 'rollups',
      level,
      sealingLevel: level,
      days: keptDays,
      endMs,
      oldest: oldestRollup(level),
    });
    this.kinds = [
      {
        words: 'samples',
        table: 'chunks',
        level: 0,
        sealingLevel: levels.minutesOfHour,
        days: sampleDays,
        mostPerHour: hoursPerHour,
        nextMs: -Infinity,
        endMs: endOfHourMs,
        oldest: db.prepare<[], number | null>('SELECT min(hour) FROM chunks').pluck(),
      },
      rollups('minutes', levels.minutesOfHour, minuteDays, endOfHourMs, hoursPerHour),
      rollups('hours', levels.hoursOfDay, hourDays, endOfDayMs, 1),
      rollups('hours', levels.hoursOfMonth, hourDays, endOfMonthMs, 1),
    ];
    this.sealedThrough = db
      .prepare<[], number>(
        "SELECT json_extract(body, '$.through.sealings') FROM ledger WHERE kind = 'seal' ORDER BY id DESC LIMIT 1",
      )
      .pluck();
  }

  /**
   * Removes one period of one kind, if one is due at `pruneMs` and the share allows it; the record is dated `nowMs`. True: there
   * may be more. Not inside a transaction.
   */
  step({ nowMs, pruneMs, monotonicMs }: UpkeepTime): boolean {
    const kind = this.kinds.find((one) => one.nextMs <= monotonicMs && this.dueOf(one, pruneMs) !== null);
    const period = kind && this.dueOf(kind, pruneMs);
    if (kind === undefined || period === null || period === undefined) return false;
    const { table, level, days, words } = kind;
    const why = `${words} are kept for ${days} days`;
    this.db
      .transaction(() => prunePeriod(this.db, this.ledger, { table, level, period, why }, nowMs))
      .immediate();
    kind.nextMs = monotonicMs + hourMs / kind.mostPerHour;
    return true;
  }

  /** The oldest period of a kind, if it may be removed; else null. */
  private dueOf({ days, oldest, endMs, sealingLevel }: Kind, nowMs: number): number | null {
    if (days === null) return null;
    const period = oldest.get() ?? null;
    if (period === null || endMs(period) > nowMs - days * dayMs) return null;
    return isSealed(this.db, sealingLevel, period, this.sealedThrough.get() ?? 0) ? period : null;
  }
}
