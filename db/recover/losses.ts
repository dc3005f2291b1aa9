import type Database from 'better-sqlite3';
import type { ExpectedTable } from '../file/expected-tables';
import type { Hole, SalvagedTable } from './salvage-table';

/** A time range of which states are lost. */
export interface LostTime {
  fromMs: number;
  toMs: number;
}

/** The data missing from a salvaged history. */
export interface Losses {
  /** One description for each loss; empty: nothing is lost. */
  words: string[];
  /** When the lost states began. */
  lostStates: LostTime[];
}

interface Meaning {
  rows: string;
  /** The time of a row, UTC milliseconds, as SQL; null: its rows have none. */
  timeSql: string | null;
  /** Rows are numbered without holes, so a missing number is a lost row. */
  numbered?: true;
}

const meanings: Record<string, Meaning> = {
  events: { rows: 'events', timeSql: 'recorded_ms', numbered: true },
  ledger: { rows: 'entries of the ledger', timeSql: 'at_ms', numbered: true },
  spans: { rows: 'states', timeSql: 'from_ms' },
  samples: { rows: 'readings', timeSql: 'minute * 60000' },
  chunks: { rows: 'sealed hours of readings', timeSql: 'hour * 3600000' },
  rollups: { rows: 'minute and hour averages', timeSql: null },
  inventory_versions: { rows: 'versions of the inventory', timeSql: 'at_ms' },
  monitor_runs: { rows: 'runs of the monitor', timeSql: 'start_ms' },
  meta: { rows: 'the history’s own id', timeSql: null },
};

/** Describes what is lost, by the rows around it in the salvaged history. */
export function findLosses(
  db: Database.Database,
  tables: readonly ExpectedTable[],
  salvaged: readonly SalvagedTable[],
  nowMs: number,
): Losses {
  const words: string[] = [];
  const lostStates: LostTime[] = [];
  for (const { name, holes, wrongRows } of salvaged) {
    const meaning = meanings[name] ?? { rows: `rows of ${name}`, timeSql: null };
    const key = tables.find((table) => table.name === name)?.key ?? null;
    for (const hole of holes) {
      const around = timesAround(db, name, key, meaning, hole);
      words.push(holeWords(meaning, hole, around));
      if (name === 'spans') lostStates.push({ fromMs: around.fromMs ?? 0, toMs: around.toMs ?? nowMs });
    }
    if (wrongRows > 0) words.push(`${wrongRows} ${meaning.rows} that were not as Heron wrote them`);
  }
  return { words, lostStates };
}

function timesAround(
  db: Database.Database,
  table: string,
  key: string | null,
  { timeSql }: Meaning,
  { from, to }: Hole,
): { fromMs: number | null; toMs: number | null } {
  if (key === null || timeSql === null) return { fromMs: null, toMs: null };
  const timeAt = (condition: string, order: string, bound: number): number | null =>
    Number.isFinite(bound)
      ? (db
          .prepare<[number], number>(
            `SELECT ${timeSql} FROM ${table} WHERE ${key} ${condition} ? ORDER BY ${key} ${order} LIMIT 1`,
          )
          .pluck()
          .get(bound) ?? null)
      : null;
  return { fromMs: timeAt('<', 'DESC', from), toMs: timeAt('>', 'ASC', to) };
}

function holeWords(
  { rows, numbered }: Meaning,
  { from, to }: Hole,
  { fromMs, toMs }: { fromMs: number | null; toMs: number | null },
): string {
  const numbers = !numbered ? '' : Number.isFinite(to) ? ` ${from} to ${to}` : ` from ${from} on`;
  if (fromMs === null && toMs === null) return numbered && from > 1 ? `${rows}${numbers}` : rows;
  const after = fromMs === null ? '' : ` after ${iso(fromMs)}`;
  const before = toMs === null ? '' : ` before ${iso(toMs)}`;
  return `${rows}${numbers}${after}${before && after ? ' and' : ''}${before}`;
}

function iso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
