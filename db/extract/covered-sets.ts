import type Database from 'better-sqlite3';
import type { SealBody, SealedRows } from '../chain/ledger-entry';
import { parseRangeText } from '../chain/number-ranges';
import type { NumberedLine } from '../chain/sealable-rows';
import { chunkLine, rollupLine, sealedTables, type SealedTableName } from '../chain/sealed-tables';

/** A set of rows that a seal covers. `name` is unique within a seal. */
export interface CoveredSet {
  name: string;
  table: string;
  rows: SealedRows;
  /** Of chunks and rollups, whose numbers are edges: their level, period and sealing; else null. */
  level: number | null;
  period: number | null;
  sealing: number | null;
}

const numbered: SealedTableName[] = [
  'sealings',
  'spansBegun',
  'spansEnded',
  'runsBegun',
  'runsEnded',
  'clockSteps',
  'inventoryVersions',
  'clusters',
  'edges',
];

/** All sets of one seal. */
export function coveredSets(body: SealBody): CoveredSet[] {
  const plain = numbered.flatMap((name): CoveredSet[] => {
    const rows = body[name];
    if (!rows) return [];
    return [{ name, table: sealedTables[name].table, rows, level: null, period: null, sealing: null }];
  });
  const chunks = body.chunks.map((set, index): CoveredSet => ({
    name: `chunks/${index}`,
    table: 'chunks',
    rows: set,
    level: 0,
    period: set.hour,
    sealing: set.sealing,
  }));
  const rollups = body.rollups.map((set, index): CoveredSet => ({
    name: `rollups/${index}`,
    table: 'rollups',
    rows: set,
    level: set.level,
    period: set.period,
    sealing: set.sealing,
  }));
  return [...plain, ...chunks, ...rollups];
}

/** The rows of a set that are in a file, as the lines the seal digested. */
export function linesOfSet(db: Database.Database, set: CoveredSet): NumberedLine[] {
  const between = (first: number, last: number): NumberedLine[] => {
    if (set.table === 'chunks')
      return db
        .prepare<number[], NumberedLine>(
          `SELECT edge, ${chunkLine} FROM chunks WHERE hour = ? AND sealing = ? AND edge BETWEEN ? AND ? ORDER BY edge`,
        )
        .raw()
        .all(set.period ?? 0, set.sealing ?? 0, first, last);
    if (set.table === 'rollups')
      return db
        .prepare<number[], NumberedLine>(
          `SELECT edge, ${rollupLine} FROM rollups
            WHERE level = ? AND period = ? AND sealing = ? AND edge BETWEEN ? AND ? ORDER BY edge`,
        )
        .raw()
        .all(set.level ?? 0, set.period ?? 0, set.sealing ?? 0, first, last);
    const { table, key, line } = sealedTables[set.name as SealedTableName];
    return db
      .prepare<number[], NumberedLine>(
        `SELECT ${key}, ${line} FROM ${table} WHERE ${key} BETWEEN ? AND ? ORDER BY ${key}`,
      )
      .raw()
      .all(first, last);
  };
  return parseRangeText(set.rows.rows).flatMap(([first, last]) => between(first, last));
}
