import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { applicationId } from '../file/file-version';
import type { ExpectedFile } from '../file/expected-tables';

export const pageBytes = 4096;

const applicationIdOffset = 68;
/** The row of `meta` with the history's id as it is in a page: key and value are adjacent. */
const historyIdTrace = /history-id[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
const mostLogBytes = 64 * 1024 * 1024;
const rootPageEntry = 1;

/**
 * Whether a file that SQLite does not recognize as Heron's, or as a database at all, once was a history: its header still says so,
 * or the page with the history's own id does (in the file or its log). Reads little and changes nothing.
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
 * The version of a history whose header cannot be read: the one with as many trees as the file's first pointer map has roots
 * (sqlite.org/fileformat.html, 1.8); the newest when none matches.
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
