import type Database from 'better-sqlite3';
import { encodeRollup, levels } from '../codec/encode-rollup';
import { openRollup } from '../codec/rollup';
import { RollupTable } from '../codec/rollup-table';
import { metrics } from '../codec/sample-scale';
import type { OpenCompaction } from './open-compaction';
import { firstDayOfMonth } from '../codec/periods';
import type { CompactedRows } from './compacted-rows';

const hoursPerDay = 24;
const hoursOfLongestMonth = 31 * hoursPerDay;

/** The source of a larger period's rollup: rollups of smaller periods, and the rows they go to. */
interface Source {
  level: number;
  periods: number[];
  /** The row of the larger period for a row of a smaller one. */
  rowOf(period: number, row: number): number;
}

interface Found {
  period: number;
  body: Buffer;
}

/**
 * Makes a day's hours from its hours' minutes, and a month's hours from its days, one edge at a time. Only what was compacted
 * since the last compaction of the same day or month is included: readers add up all rollups of a period.
 */
export class RollupCompactor {
  private readonly compactedBefore: Database.Statement<[number, number, number], number>;
  private readonly nextEdge: Database.Statement<[number, number, number, number, number], number>;
  private readonly read: Database.Statement<[number, number, number, number, number], Buffer>;

  constructor(
    db: Database.Database,
    private readonly compacted: CompactedRows,
  ) {
    this.compactedBefore = db
      .prepare<[number, number, number], number>(
        'SELECT coalesce(max(id), 0) FROM sealings WHERE level = ? AND period = ? AND id < ?',
      )
      .pluck();
    this.nextEdge = db
      .prepare<[number, number, number, number, number], number>(
        `SELECT edge FROM rollups WHERE level = ? AND period = ? AND edge > ? AND sealing > ? AND sealing < ?
         ORDER BY edge LIMIT 1`,
      )
      .pluck();
    this.read = db
      .prepare<[number, number, number, number, number], Buffer>(
        `SELECT body FROM rollups WHERE level = ? AND period = ? AND edge = ? AND sealing > ? AND sealing < ?
         ORDER BY sealing`,
      )
      .pluck();
  }

  /** Compacts the next edge. Returns its number; null when none is left. Inside a transaction. */
  compactNext(compaction: OpenCompaction): number | null {
    const source = sourceOf(compaction);
    const since = this.compactedBefore.get(compaction.level, compaction.period, compaction.id) ?? 0;
    let edge: number | null = null;
    for (const period of source.periods) {
      const next = this.nextEdge.get(source.level, period, compaction.afterEdge, since, compaction.id);
      if (next !== undefined && (edge === null || next < edge)) edge = next;
    }
    if (edge === null) return null;
    const wanted = edge;
    const found = source.periods.flatMap((period) =>
      this.read
        .all(source.level, period, wanted, since, compaction.id)
        .map((body): Found => ({ period, body })),
    );
    const table = summedUp(source, found, compaction);
    this.compacted.rollup(compaction, edge, encodeRollup(compaction.level, compaction.period, table));
    return edge;
  }
}

function sourceOf({ level, period }: OpenCompaction): Source {
  if (level === levels.hoursOfDay) {
    const firstHour = period * hoursPerDay;
    return {
      level: levels.minutesOfHour,
      periods: Array.from({ length: hoursPerDay }, (_, index) => firstHour + index),
      rowOf: (hour) => hour - firstHour,
    };
  }
  const firstDay = firstDayOfMonth(period);
  return {
    level: levels.hoursOfDay,
    periods: Array.from({ length: firstDayOfMonth(period + 1) - firstDay }, (_, index) => firstDay + index),
    rowOf: (day, hour) => (day - firstDay) * hoursPerDay + hour,
  };
}

function summedUp(source: Source, found: Found[], { level }: OpenCompaction): RollupTable {
  const table = new RollupTable(level === levels.hoursOfDay ? hoursPerDay : hoursOfLongestMonth);
  for (const { period, body } of found) {
    const rollup = openRollup(body);
    const rows = rollup.rows();
    const samples = rollup.samples();
    const unanswered = rollup.unanswered();
    rows.forEach((row, index) =>
      table.addPolls(source.rowOf(period, row), samples[index] ?? 0, unanswered[index] ?? 0),
    );
    metrics.forEach((metric, number) => {
      const { count, min, avg, max } = rollup.metric(metric, samples);
      rows.forEach((row, index) => {
        const values = count[index] ?? 0;
        if (values === 0) return;
        const sum = (avg[index] ?? 0) * values;
        table.addValues(number, source.rowOf(period, row), min[index] ?? 0, sum, max[index] ?? 0, values);
      });
    });
  }
  return table;
}
