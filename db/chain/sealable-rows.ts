import type Database from 'better-sqlite3';
import type { SealedRows } from './ledger-entry';
import { toRangeText } from './number-ranges';
import { digestWithMarks } from './row-digest';
import { sealedTables, type SealedTable, type SealedTableName } from './sealed-tables';

/** A row: its number and its line. */
export type NumberedLine = [number: number, line: string];

/** What a seal stores of these rows, which ascend; undefined when there are none. */
export function sealRows(rows: NumberedLine[]): SealedRows | undefined {
  if (rows.length === 0) return undefined;
  return {
    rows: toRangeText(rows.map(([number]) => number)),
    ...digestWithMarks(rows.map(([, line]) => line)),
  };
}

/** Reads rows of a table whose rows are numbered, as a seal sees them. */
export class NumberedRows {
  private readonly statements = new Map<
    SealedTableName,
    Database.Statement<[number, number], NumberedLine>
  >();

  constructor(private readonly db: Database.Database) {}

  /** The next rows after a number, at most `most`. */
  after(name: SealedTableName, number: number, most: number): NumberedLine[] {
    return this.statement(name).all(number, most);
  }

  private statement(name: SealedTableName): Database.Statement<[number, number], NumberedLine> {
    const known = this.statements.get(name);
    if (known) return known;
    const { table, key, line } = sealedTables[name];
    const made = this.db
      .prepare<[number, number], NumberedLine>(
        `SELECT ${key}, ${line} FROM ${table} WHERE ${key} > ? ${finishedOnly(name)} ORDER BY ${key} LIMIT ?`,
      )
      .raw();
    this.statements.set(name, made);
    return made;
  }
}

/** Rows whose end waits to be sealed, as a seal sees them. */
export function endedRows(
  db: Database.Database,
  what: 'span' | 'run',
  { table, key, line }: SealedTable,
): Database.Statement<[number, number], NumberedLine> {
  return db
    .prepare<[number, number], NumberedLine>(
      `SELECT ${key}, ${line} FROM unsealed_ends JOIN ${table} ON ${key} = number
       WHERE what = '${what}' AND number <= ? ORDER BY number LIMIT ?`,
    )
    .raw();
}

/** A sealing under way is not sealed yet, nor any after it: there is one at most, the last. */
function finishedOnly(name: SealedTableName): string {
  return name === 'sealings' ? 'AND finished_ms IS NOT NULL' : '';
}
