import Database from 'better-sqlite3';
import { migrations } from '../migrations/migrations';
import { openReadable } from '../file/open-readable';
import { HistoryError } from '../model/history-error';
import { makeTables } from './extract-tables';

type Part = [name: string, type: string, table: string, sql: string | null];

/**
 * How the schema of a history or incident file differs from the one that Heron makes, in a sentence; null: it does not. Reads nothing
 * but the schema: a foreign table, view or index could do harm as soon as it is read.
 */
export function schemaDifference(db: Database.Database): string | null {
  const found = partsOf(db);
  const names = new Set(found.map(([name]) => name));
  const format = names.has('extract') ? (names.has('extract_signature') ? 2 : 1) : null;
  const expected = new Map(expectedParts(format).map((part) => [`${part[1]} ${part[0]}`, part]));
  for (const part of found) {
    const name = `${part[1]} ${part[0]}`;
    const known = expected.get(name);
    expected.delete(name);
    if (known === undefined) return words(name, 'is not one of Heron’s');
    if (known[2] !== part[2] || known[3] !== part[3]) return words(name, 'is not as Heron makes it');
  }
  const [missing] = expected.keys();
  return missing === undefined ? null : words(missing, 'is missing');
}

/**
 * Throws a HistoryError when the schema is not the one that Heron makes: a file may bring views, triggers or computed columns, which
 * would run while it is read.
 */
export function refuseOtherSchema(db: Database.Database, file: string): void {
  const difference = schemaDifference(db);
  if (difference === null) return;
  throw new HistoryError({
    code: 'not-a-history',
    what: `The file has other parts than Heron makes. ${difference}`,
    where: file,
    todo: 'It was altered or is damaged: ask for another copy. Nothing of it was used.',
  });
}

/** The same of a file that is not open. */
export function refuseOtherSchemaOf(file: string): void {
  const db = openReadable(file);
  try {
    refuseOtherSchema(db, file);
  } finally {
    db.close();
  }
}

function words(name: string, what: string): string {
  return `The ${JSON.stringify(name.slice(0, 80))} ${what}.`;
}

/** The parts of a whole history's schema (null), or of an incident file's of a format. */
function expectedParts(format: 1 | 2 | null): Part[] {
  const made = new Database(':memory:');
  try {
    if (format !== null) makeTables(made, format);
    else for (const step of migrations) made.exec(step.sql);
    return partsOf(made);
  } finally {
    made.close();
  }
}

function partsOf(db: Database.Database): Part[] {
  return db
    .prepare<[], Part>('SELECT name, type, tbl_name, sql FROM sqlite_schema ORDER BY name, type')
    .raw()
    .all();
}
