import Database from 'better-sqlite3';
import { closeSync, copyFileSync, existsSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import type { ExpectedFile } from '../file/expected-tables';
import { pageBytes, versionByTraces } from './file-traces';

/** A damaged history, open for reading what is readable. */
export interface DamagedFile {
  db: Database.Database;
  expected: ExpectedFile;
  /** True: its list of tables could not be read, and was rebuilt. */
  contentsRebuilt: boolean;
  close(): void;
}

const pageCountOffset = 28;
const writeVersionOffset = 18;
const readVersionOffset = 19;
const walMode = 2;
/** The type byte of a page that holds the whole list of tables: leaf of a table's tree. */
const leafPageType = 0x0d;

/**
 * Opens a damaged history. When SQLite cannot read the list of tables (the file's first page or its children), a copy gets a new
 * first page, made from the known layout of this version of a history; the damaged file itself is never written. `candidates`:
 * the layouts of all versions, oldest first. Throws SQLite's error when even the copy cannot be opened.
 */
export function openDamaged(file: string, candidates: ExpectedFile[]): DamagedFile {
  return openAsItIs(file, candidates) ?? openWithNewContents(file, candidates);
}

function openAsItIs(file: string, candidates: ExpectedFile[]): DamagedFile | null {
  let db: Database.Database | null = null;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true, timeout: 2000 });
    const version = Number(db.pragma('user_version', { simple: true }));
    const names = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
    const expected = candidates.find((candidate) => candidate.version === version);
    if (expected?.tables.every(({ name }) => names.includes(name))) {
      const opened = db;
      return { db: opened, expected, contentsRebuilt: false, close: () => opened.close() };
    }
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
  }
  db?.close();
  return null;
}

function openWithNewContents(file: string, candidates: ExpectedFile[]): DamagedFile {
  const copy = `${file}.salvaging-pages`;
  const remove = (): void => {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${copy}${suffix}`, { force: true });
  };
  const expected = versionByTraces(file, candidates);
  if (!expected) throw new RangeError('There is no version of a history to read it as.');
  remove();
  try {
    copyFileSync(file, copy);
    const hasLog = existsSync(`${file}-wal`);
    if (hasLog) copyFileSync(`${file}-wal`, `${copy}-wal`);
    writeFirstPage(copy, firstPage(expected, Math.ceil(statSync(file).size / pageBytes), hasLog));
    const db = new Database(copy, { readonly: true, fileMustExist: true });
    return {
      db,
      expected,
      contentsRebuilt: true,
      close: () => {
        db.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** A first page whose list of tables has the known root pages. */
function firstPage(expected: ExpectedFile, pages: number, hasLog: boolean): Buffer {
  const db = new Database(':memory:');
  try {
    db.pragma(`page_size = ${pageBytes}`);
    db.pragma('auto_vacuum = INCREMENTAL');
    for (const table of expected.tables) db.exec(table.readingSql);
    db.unsafeMode(true);
    db.pragma('writable_schema = ON');
    const point = db.prepare('UPDATE sqlite_schema SET rootpage = ? WHERE name = ?');
    for (const { name, rootPage } of expected.tables) point.run(rootPage, name);
    const page = Buffer.from(db.serialize().subarray(0, pageBytes));
    if (page[100] !== leafPageType) throw new RangeError('The list of tables does not fit the first page.');
    page.writeUInt32BE(pages, pageCountOffset);
    if (hasLog) page[writeVersionOffset] = page[readVersionOffset] = walMode;
    return page;
  } finally {
    db.close();
  }
}

function writeFirstPage(file: string, page: Buffer): void {
  const descriptor = openSync(file, 'r+');
  try {
    writeSync(descriptor, page, 0, page.length, 0);
  } finally {
    closeSync(descriptor);
  }
}
