import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { applicationId } from '../file/file-version';
import type { ExpectedFile } from '../file/expected-tables';

export const pageBytes = 4096;

const applicationIdOffset = 68;
/** What the row of `meta` that names the history looks like in a page: key and value lie side by side. */
const historyIdTrace = /history-id[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
const mostLogBytes = 64 * 1024 * 1024;
const rootPageEntry = 1;

/**
 * Whether a file that SQLite does not take for Heron's, or not for a database at all, once was a history: its header still
 * says so, or the page that holds the history's own id does (in the file, or in the log beside it). Reads little, changes
 * nothing; a letter, a film or another program's database is not one.
 */
export function wasAHistory(file: string, expected: ExpectedFile): boolean {
  const meta = expected.tables.find(({ name }) => name === 'meta');
  if (!meta || (statSync(file, { throwIfNoEntry: false })?.size ?? 0) < 2 * pageBytes) return false;
  const header = readPart(file, 0, 100);
  if (header.length === 100 && header.readUInt32BE(applicationIdOffset) === applicationId) return true;
  const text = (bytes: Buffer): string => bytes.toString('latin1');
  if (historyIdTrace.test(text(readPart(file, (meta.rootPage - 1) * pageBytes, pageBytes)))) return true;
  return historyIdTrace.test(text(readPart(`${file}-wal`, 0, mostLogBytes)));
}

/**
 * Of which version a history is whose header cannot be read: that of as many trees as the file's first pointer map counts
 * roots (sqlite.org/fileformat.html, 1.8); the newest when that says nothing.
 */
export function versionByTraces(file: string, candidates: ExpectedFile[]): ExpectedFile | undefined {
  const map = readPart(file, pageBytes, pageBytes);
  let roots = 0;
  while (map[roots * 5] === rootPageEntry) roots += 1;
  return candidates.findLast(({ rootCount }) => rootCount === roots) ?? candidates.at(-1);
}

function readPart(file: string, offset: number, length: number): Buffer {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
  if (bytes.length === 0) return bytes;
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, bytes, 0, bytes.length, offset);
  } finally {
    closeSync(descriptor);
  }
  return bytes;
}
