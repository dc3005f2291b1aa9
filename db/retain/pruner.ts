import type Database from 'better-sqlite3';
import type { LedgerWriter } from '../chain/ledger-writer';
import { isSealed, prunePeriod } from './prune';
import { levels } from '../codec/encode-rollup';
import { endOfDayMs, endOfHourMs, endOfMonthMs } from '../codec/periods';
import type { Retention } from './retention';

const dayMs = 86_400_000;

/** A kind of data with limited retention: its rows, the compactions that made them, and when a period ends. */
interface Kind {
  words: string;
  table: 'chunks' | 'rollups';
  /** The level of its rollups; 0 for chunks. */
  level: number;
  sealingLevel: number;
  days: number | null;
  endMs(period: number): number;
  oldest: Database.Statement<[], number | null>;
}

/**
 * Removes data past its retention, a period at a time, oldest first. Each removal is recorded in the ledger in the same
 * transaction, and only data that the ledger has sealed is removed.
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
    const rollups = (words: string, level: number, keptDays: number | null, endMs: Kind['endMs']): Kind => ({
      words,
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
        endMs: endOfHourMs,
        oldest: db.prepare<[], number | null>('SELECT min(hour) FROM chunks').pluck(),
      },
      rollups('minutes', levels.minutesOfHour, minuteDays, endOfHourMs),
      rollups('hours', levels.hoursOfDay, hourDays, endOfDayMs),
      rollups('hours', levels.hoursOfMonth, hourDays, endOfMonthMs),
    ];
    this.sealedThrough = db
      .prepare<[], number>(
        "SELECT json_extract(body, '$.through.sealings') FROM ledger WHERE kind = 'seal' ORDER BY id DESC LIMIT 1",
      )
      .pluck();
  }

  /** Removes one period of one kind, if one is due. True: there may be more. Not inside a transaction. */
  step(nowMs: number): boolean {
    const kind = this.kinds.find((one) => this.dueOf(one, nowMs) !== null);
    const period = kind && this.dueOf(kind, nowMs);
    if (kind === undefined || period === null || period === undefined) return false;
    const { table, level, days, words } = kind;
    const why = `${words} are kept for ${days} days`;
    this.db
      .transaction(() => prunePeriod(this.db, this.ledger, { table, level, period, why }, nowMs))
      .immediate();
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
