import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { TimeRange } from '../../domain/model/history';
import { openReadable } from '../file/open-readable';
import { HistoryError } from '../model/history-error';
import { refuseOtherSchema } from './expected-schema';
import { readCoverage, readRuns } from '../query/read-runs';
import { readManifest } from '../file/manifest';

/** What a history or incident file is, for the person who opens it. */
export interface FileFacts {
  sizeBytes: number;
  /** Computers that watched, as they call themselves. */
  hosts: string[];
  /** The stretch of time it is of: from the first to the last moment that was watched, or what was cut out. */
  range: TimeRange;
  /** Of an incident file: when it was made, by which version, and what was done to it. Null: a whole history. */
  extract: { madeMs: number; madeBy: string; redacted: boolean; clusters: number | null } | null;
}

const sniffedBytes = 64;
const magic = 'SQLite format 3\0';

/**
 * Checks that a file the user chose is a history this Heron reads, and nothing else. Leaves no other file next to it. Throws a
 * HistoryError that says plainly what it is instead.
 */
export function inspectFile(file: string): FileFacts {
  sniff(file);
  const db = openReadable(file);
  try {
    refuseOtherSchema(db, file);
    const manifest = readManifest(db);
    const coverage = readCoverage(db);
    if (coverage === null)
      throw refused(file, 'This history contains no monitored time.', 'Choose another file.');
    return {
      sizeBytes: statSync(file).size,
      hosts: [...new Set(readRuns(db).map(({ host }) => host))],
      range: manifest?.range ?? { fromMs: coverage.firstMs, toMs: coverage.lastMs },
      extract: manifest && {
        madeMs: manifest.madeMs,
        madeBy: manifest.madeBy,
        redacted: manifest.redacted,
        clusters: manifest.clusterIds?.length ?? null,
      },
    };
  } finally {
    db.close();
  }
}

/** Says what a file is by its first bytes, whatever its name. */
function sniff(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) throw refused(file, 'There is no such file.', 'Check the name.');
  if (found.isDirectory()) throw refused(file, 'This is a folder.', 'Name a file.');
  if (!found.isFile()) throw refused(file, 'This is a device or a pipe.', 'Name a plain file.');
  if (found.size === 0)
    throw refused(file, 'The file is empty: 0 bytes.', 'It was not copied whole. Ask for it again.');
  const head = firstBytes(file);
  if (head.startsWith(magic)) return;
  if (/^(?:\u00ef\u00bb\u00bf)?\s*\{/.test(head))
    throw refused(
      file,
      'This is a JSON file, such as an inventory, and not a history.',
      'Import an inventory under Settings, or with --inventory.',
    );
  throw refused(
    file,
    'This is not a history: it does not begin as one.',
    'Choose a file that Heron made: an incident file (.heron) or a history (.sqlite).',
  );
}

function firstBytes(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const head = Buffer.alloc(sniffedBytes);
    const count = readSync(descriptor, head, 0, sniffedBytes, 0);
    return head.toString('latin1', 0, count);
  } finally {
    closeSync(descriptor);
  }
}

function refused(where: string, what: string, todo: string): HistoryError {
  return new HistoryError({ code: 'not-a-history', what, where, todo });
}
