import type Database from 'better-sqlite3';
import { HistoryError } from '../history-error';
import { Rollup } from '../rollup/rollup';
import { stepOf } from '../series-steps';
import type { SeriesDraft } from './read-series';

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Where a rollup's period begins, and how long a row is: by level. */
const layouts: Record<number, { startMs: (period: number) => number; rowMs: number }> = {
  1: { startMs: (hour) => hour * hourMs, rowMs: minuteMs },
  2: { startMs: (day) => day * dayMs, rowMs: hourMs },
  3: { startMs: monthStartMs, rowMs: hourMs },
};

function monthStartMs(month: number): number {
  return Date.UTC(1970, month, 1);
}

/** The month that contains a time, counted from January 1970. */
function monthOf(timeMs: number): number {
  const date = new Date(timeMs);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

interface RollupRow {
  edge: string;
  level: number;
  period: number;
  body: Buffer;
}

/** One look for each period and edge: the index has the edges of one period together, and a fleet has many. */
const rollupsSql = `
  WITH RECURSIVE periods (period) AS (
    SELECT @from WHERE @from <= @to UNION ALL SELECT period + 1 FROM periods WHERE period < @to
  )
  SELECT edges.id AS edge, rollups.level, rollups.period, rollups.body
    FROM periods
    CROSS JOIN edges ON edges.id IN (SELECT value FROM json_each(@edges))
    CROSS JOIN rollups ON rollups.level = @level AND rollups.period = periods.period AND rollups.edge = edges.number`;

/**
 * Adds minutes or hours to a series. Hours are read from months where these are made, else from days, else from the minutes of
 * hours: of each edge and time the coarsest there is, and all its parts. Time is sealed in order, so finer rollups are
 * looked for from the newest coarser one on.
 */
export function readRollups(db: Database.Database, draft: SeriesDraft): void {
  const { steps, request } = draft;
  const find = db.prepare<unknown[], RollupRow>(rollupsSql);
  const newest = db.prepare<[number], { period: number | null }>(
    'SELECT max(period) AS period FROM rollups WHERE level = ?',
  );
  const edges = JSON.stringify(request.edgeIds);
  const lastMs = Math.max(steps.fromMs, request.toMs - 1);
  const taken = new Map(request.edgeIds.map((id) => [id, new Taken()]));
  const take = (level: number, from: number, to: number): void => {
    for (const row of find.iterate({ level, from, to, edges })) {
      const before = taken.get(row.edge);
      if (before && !before.has(row.level, row.period)) add(draft, row, db.name, before);
    }
  };
  let { fromMs } = steps;
  if (steps.level === 'hour') {
    for (const [level, periodOf] of [
      [3, monthOf],
      [2, (timeMs: number) => Math.floor(timeMs / dayMs)],
    ] as const) {
      const last = newest.get(level)?.period;
      if (last === null || last === undefined) continue;
      take(level, periodOf(fromMs), Math.min(last, periodOf(lastMs)));
      fromMs = Math.max(fromMs, layouts[level]?.startMs(last) ?? 0);
    }
  }
  take(1, Math.floor(fromMs / hourMs), Math.floor(lastMs / hourMs));
}

/** Which days and months of one edge were read already, so that the finer rollups of the same time are left out. */
class Taken {
  private readonly days = new Set<number>();
  private readonly months = new Set<number>();

  add(level: number, period: number): void {
    if (level === 2) this.days.add(period);
    if (level === 3) this.months.add(period);
  }

  has(level: number, period: number): boolean {
    if (level === 3) return false;
    const startMs = layouts[level]?.startMs(period) ?? 0;
    if (this.months.has(monthOf(startMs))) return true;
    return level === 1 && this.days.has(Math.floor(startMs / dayMs));
  }
}

function add({ request, steps, tables }: SeriesDraft, row: RollupRow, file: string, taken: Taken): void {
  const table = tables.get(row.edge);
  const layout = layouts[row.level];
  if (!table || !layout) return;
  taken.add(row.level, row.period);
  const startMs = layout.startMs(row.period);
  try {
    const rollup = Rollup.open(row.body);
    const rows = rollup.rows();
    const { count, min, avg, max } = rollup.figures(request.metric);
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
      what: `The figures of ${row.edge} from ${new Date(startMs).toISOString()} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      where: file,
      todo: 'The file was damaged or altered: compare it with a backup.',
    });
  }
}
