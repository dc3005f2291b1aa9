import type Database from 'better-sqlite3';
import { statSync } from 'node:fs';
import { schemaDifference } from '../extract/expected-schema';
import { latestVersion, migrations, oldestReadableVersion } from '../migrations/migrations';
import { applicationId } from '../file/file-version';
import type { Findings } from './findings';

/**
 * Checks the file beneath its rows: that its tables, indexes and triggers are those of its version and no others, that SQLite finds
 * pages, indexes, storage classes and constraints sound, and that nothing lies behind the last page. False: queries could answer
 * something else than what the tables hold, so that nothing else in the file can be believed.
 */
export function checkFileStructure(db: Database.Database, file: string, findings: Findings): boolean {
  findings.count('file');
  const wrong =
    wrongSchema(db) ??
    wrongSettings(db) ??
    wrongPages(db) ??
    wrongVersion(db) ??
    wrongSize(db, file) ??
    wrongMeta(db);
  if (wrong === null) return true;
  findings.found('file', wrong);
  return false;
}

function wrongSchema(db: Database.Database): { table: string; words: string } | null {
  const words = schemaDifference(db);
  return words === null ? null : { table: 'sqlite_schema', words };
}

function wrongSettings(db: Database.Database): { table: string; words: string } | null {
  const settings: [string, number | string][] = [
    ['application_id', applicationId],
    ['encoding', 'UTF-8'],
  ];
  for (const [name, expected] of settings) {
    const found = db.pragma(name, { simple: true });
    if (found !== expected)
      return { table: 'file', words: `The file's ${name} is ${String(found)}; Heron writes ${expected}.` };
  }
  return null;
}

/** What a version was the first to write, as a query that finds it. */
const firstOf: Record<number, string> = {
  5: `SELECT 1 FROM sqlite_schema WHERE name = 'extract_signature'
      UNION ALL SELECT 1 FROM ledger WHERE kind = 'seal' AND json_valid(body)
        AND coalesce(body ->> '$.chunks[0].ids', body ->> '$.rollups[0].ids') IS NOT NULL LIMIT 1`,
  6: `SELECT 1 FROM chunks WHERE substr(body, 1, 1) <> x'01'
      UNION ALL SELECT 1 FROM rollups WHERE substr(body, 1, 1) <> x'01' LIMIT 1`,
};

/** A version before the latest is right only for what that version could write. */
function wrongVersion(db: Database.Database): { table: string; words: string } | null {
  const version = Number(db.pragma('user_version', { simple: true }));
  const latest = latestVersion(migrations);
  const table = 'file';
  if (version < oldestReadableVersion || version > latest)
    return { table, words: `The file calls itself version ${version}, which this Heron does not read.` };
  for (let later = version + 1; later <= latest; later += 1) {
    const found = db.prepare(firstOf[later] ?? 'SELECT 1 WHERE false').get();
    if (found !== undefined)
      return {
        table,
        words: `The file calls itself version ${version}, and holds what version ${later} writes.`,
      };
  }
  return null;
}

/** `integrity_check` also compares every index with its table, and values with a STRICT table's types (sqlite.org/pragma.html). */
function wrongPages(db: Database.Database): { table: string; words: string } | null {
  let found: unknown;
  try {
    found = db.pragma('integrity_check(1)', { simple: true });
  } catch (error) {
    found = error instanceof Error ? error.message : String(error);
  }
  if (found === 'ok') return null;
  const words = String(found).replaceAll(/\s+/g, ' ').slice(0, 200);
  return { table: 'file', words: `The file is damaged or was altered: ${words}.` };
}

/** A write-ahead log can hold pages that are not in the file yet, so only a file without one, or with an empty one, has a known size. */
function wrongSize(db: Database.Database, file: string): { table: string; words: string } | null {
  if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return null;
  const pages = Number(db.pragma('page_count', { simple: true }));
  const pageBytes = Number(db.pragma('page_size', { simple: true }));
  const { size } = statSync(file);
  if (size === pages * pageBytes) return null;
  return {
    table: 'file',
    words: `The file has ${size} bytes, and its ${pages} pages are ${pages * pageBytes}.`,
  };
}

function wrongMeta(db: Database.Database): { table: string; words: string } | null {
  const keys = db.prepare<[], string>('SELECT key FROM meta ORDER BY key').pluck().all();
  if (!keys.includes('history-id')) return { table: 'meta', words: 'The history-id is missing.' };
  const other = keys.find((key) => key !== 'history-id');
  if (other === undefined) return null;
  return {
    table: 'meta',
    words: `The row ${JSON.stringify(other.slice(0, 60))} of meta is not one of Heron’s.`,
  };
}
