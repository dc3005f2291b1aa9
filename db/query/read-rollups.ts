import type Database from 'better-sqlite3';
import type { TimeRange } from '../../domain/model/history';
import { HistoryError } from '../model/history-error';
import { openRollup } from '../codec/rollup';
import type { Rollup } from '../codec/rollup-shape';
import { stepOf } from './series-steps';
import type { SeriesDraft } from './series-table';

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The periods of each level, counted from 1970-01-01 UTC, and the duration of a row. */
interface Layout {
  startMs(period: number): number;
  periodAt(timeMs: number): number;
  rowMs: number;
}

const layouts: Record<number, Layout> = {
  1: { startMs: (hour) => hour * hourMs, periodAt: (at) => Math.floor(at / hourMs), rowMs: minuteMs },
  2: { startMs: (day) => day * dayMs, periodAt: (at) => Math.floor(at / dayMs), rowMs: hourMs },
  3: { startMs: (month) => Date.UTC(1970, month, 1), periodAt: monthAt, rowMs: hourMs },
};

function monthAt(timeMs: number): number {
  const date = new Date(timeMs);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

interface RollupRow {
  edge: string;
  level: number;
  period: number;
  sealing: number;
  body: Buffer;
  /** Once it was opened. */
  rollup?: Rollup;
}

/** One index lookup for each period and edge: the index is ordered by period, and a fleet has many edges. */
const rollupsSql = `
  SELECT edges.id AS edge, rollups.level, rollups.period, rollups.sealing, rollups.body
    FROM json_each(@periods) AS periods
    CROSS JOIN edges ON edges.id IN (SELECT value FROM json_each(@edges))
    CROSS JOIN rollups ON rollups.level = @level AND rollups.period = periods.value AND rollups.edge = edges.number`;

/** Rollups, one for each edge and period, that a query may retain until it ends. */
const mostRetained = 4_000;

/** Rollups by level, period and edge. What one query reads several times, for each metric and step, is read and decoded once. */
export class RollupRows {
  readonly #find: Database.Statement<unknown[], RollupRow>;
  readonly #retained = new Map<string, readonly RollupRow[]>();

  constructor(db: Database.Database) {
    this.#find = db.prepare<unknown[], RollupRow>(rollupsSql);
  }

  of(level: number, periods: readonly number[], edgeIds: readonly string[]): Iterable<RollupRow> {
    const asked = { level, periods: JSON.stringify(periods), edges: JSON.stringify(edgeIds) };
    if (periods.length * edgeIds.length > mostRetained) return this.#find.iterate(asked);
    const key = JSON.stringify(asked);
    const rows = this.#retained.get(key) ?? this.#find.all(asked);
    this.#retained.set(key, rows);
    return rows;
  }
}

/**
 * Adds minutes or hours to a series. Hours are read from months where these exist, else from days, else from the minutes of hours:
 * for each edge and time the coarsest there is, all its parts, and whatever was compacted after it.
 */
export function readRollups(db: Database.Database, draft: SeriesDraft, found = new RollupRows(db)): void {
  const { steps, request } = draft;
  const range = { fromMs: steps.fromMs, toMs: Math.max(steps.fromMs + 1, request.toMs) };
  const alreadyRead = new Map(request.edgeIds.map((id) => [id, new RollupsRead()]));
  const addLevel = (level: number, periods: readonly number[]): void => {
    for (const row of found.of(level, periods, request.edgeIds)) {
      const before = alreadyRead.get(row.edge);
      if (before && !before.has(row)) add(draft, row, db.name, before);
    }
  };
  if (steps.level === 'hour') {
    const months = lastCompactions(db, 3, range);
    const days = lastCompactions(db, 2, range);
    const hours = lastCompactions(db, 1, range);
    addLevel(3, [...months.keys()]);
    addLevel(2, notIncluded(2, days, 3, months));
    addLevel(1, notIncluded(1, hours, 2, days));
  } else {
    addLevel(1, periodsOf(1, range));
  }
}

/** The periods of a level within a range, each with its last compaction. */
function lastCompactions(db: Database.Database, level: number, range: TimeRange): Map<number, number> {
  const [first, last] = periodBounds(level, range);
  return new Map(
    db
      .prepare<[number, number, number], [period: number, sealing: number]>(
        'SELECT period, max(id) FROM sealings WHERE level = ? AND period BETWEEN ? AND ? GROUP BY period',
      )
      .raw()
      .all(level, first, last),
  );
}

/** The first and the last period of a range. A range may claim all of time, whose hours do not fit into memory. */
function periodBounds(level: number, { fromMs, toMs }: TimeRange): [first: number, last: number] {
  const periodAt = layouts[level]?.periodAt ?? (() => 0);
  return [periodAt(fromMs), periodAt(toMs - 1)];
}

/** Every period of a range that is short enough for steps of minutes. */
function periodsOf(level: number, range: TimeRange): number[] {
  const [first, last] = periodBounds(level, range);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** The finer periods that the coarser one, compacted earlier or not for all edges, does not include completely. */
function notIncluded(
  level: number,
  fine: ReadonlyMap<number, number>,
  coarserLevel: number,
  coarse: ReadonlyMap<number, number>,
): number[] {
  const newest = Math.max(-Infinity, ...coarse.keys());
  return [...fine.keys()].filter((period) => {
    const startMs = layouts[level]?.startMs(period) ?? 0;
    const within = layouts[coarserLevel]?.periodAt(startMs) ?? 0;
    return within >= newest || (fine.get(period) ?? 0) > (coarse.get(within) ?? 0);
  });
}

/**
 * The days and months of one edge that were read already, and their compaction: finer rollups compacted before it are included in
 * them, and skipped. Those compacted later (from late samples) are not.
 */
class RollupsRead {
  private readonly days = new Map<number, number>();
  private readonly months = new Map<number, number>();

  add({ level, period, sealing }: RollupRow): void {
    const periods = level === 2 ? this.days : level === 3 ? this.months : null;
    periods?.set(period, Math.max(sealing, periods.get(period) ?? 0));
  }

  has({ level, period, sealing }: RollupRow): boolean {
    if (level === 3) return false;
    const startMs = layouts[level]?.startMs(period) ?? 0;
    if (sealing < (this.months.get(monthAt(startMs)) ?? 0)) return true;
    return level === 1 && sealing < (this.days.get(Math.floor(startMs / dayMs)) ?? 0);
  }
}

function add(
  { request, steps, tables }: SeriesDraft,
  row: RollupRow,
  file: string,
  before: RollupsRead,
): void {
  const table = tables.get(row.edge);
  const layout = layouts[row.level];
  if (!table || !layout) return;
  before.add(row);
  const startMs = layout.startMs(row.period);
  try {
    const rollup = (row.rollup ??= openRollup(row.body));
    const rows = rollup.rows();
    const { count, min, avg, max } = rollup.metric(request.metric);
    const unanswered = rollup.unanswered();
    for (let index = 0; index < rows.length; index++) {
      const step = stepOf(steps, startMs + (rows[index] ?? 0) * layout.rowMs, request.toMs);
      if (step < 0) continue;
      const values = count[index] ?? 0;
      table.add(
        step,
        { min: min[index] ?? 0, max: max[index] ?? 0, sum: (avg[index] ?? 0) * values, count: values },
        unanswered[index] ?? 0,
      );
    }
  } catch (error) {
    throw new HistoryError({
      code: 'damaged',
      what: `The metrics of ${row.edge} from ${new Date(startMs).toISOString()} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      where: file,
      todo: 'The file was damaged or altered: compare it with a backup.',
    });
  }
}
