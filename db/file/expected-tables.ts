import Database from 'better-sqlite3';
import type { Migration } from '../migrations/migrations';

/** One table of a history of a certain version. */
export interface ExpectedTable {
  name: string;
  columns: string[];
  /** The key its rows are ordered by, where that is a whole number; null: a text, as in `meta`. */
  key: string | null;
  /** The root page of its tree. */
  rootPage: number;
  /** The minimal SQL that SQLite needs to read its rows. */
  readingSql: string;
}

/** The layout of a history of a certain version. */
export interface ExpectedFile {
  version: number;
  tables: ExpectedTable[];
  /** The number of trees of tables and indexes. */
  rootCount: number;
}

interface Column {
  name: string;
  type: string;
  pk: number;
}

/**
 * The layout of a file after the migrations `steps`. Root pages are the same in every history of a version: with auto_vacuum SQLite
 * places them at the beginning of the file, in the order in which the trees were created (sqlite.org/fileformat.html, 1.8).
 */
export function expectedFile(steps: readonly Migration[]): ExpectedFile {
  const db = new Database(':memory:');
  try {
    db.pragma('page_size = 4096');
    db.pragma('auto_vacuum = INCREMENTAL');
    for (const step of steps) db.exec(step.sql);
    const trees = db
      .prepare<[], { type: string; name: string; rootPage: number; sql: string | null }>(
        'SELECT type, name, rootpage AS rootPage, sql FROM sqlite_schema WHERE rootpage > 0',
      )
      .all();
    const tables = trees.filter(({ type, name }) => type === 'table' && !name.startsWith('sqlite_'));
    return {
      version: steps.at(-1)?.version ?? 0,
      rootCount: trees.length,
      tables: tables.map(({ name, rootPage, sql }) => {
        const columns = db
          .prepare<[string], Column>('SELECT name, type, pk FROM pragma_table_info(?)')
          .all(name);
        return { name, rootPage, ...readingOf(name, columns, /WITHOUT\s+ROWID/i.test(sql ?? '')) };
      }),
    };
  } finally {
    db.close();
  }
}

function readingOf(
  name: string,
  columns: Column[],
  withoutRowid: boolean,
): Pick<ExpectedTable, 'columns' | 'key' | 'readingSql'> {
  const keys = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
  const [first] = keys;
  const listed = columns.map((column) => `${column.name} ${column.type}`);
  const primary = keys.length > 0 ? [`PRIMARY KEY (${keys.map((key) => key.name).join(', ')})`] : [];
  return {
    columns: columns.map((column) => column.name),
    key: withoutRowid ? (first?.type === 'INTEGER' ? first.name : null) : 'rowid',
    readingSql: `CREATE TABLE ${name}(${[...listed, ...primary].join(',')})${withoutRowid ? 'WITHOUT ROWID' : ''}`,
  };
}
