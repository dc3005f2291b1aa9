import Database from 'better-sqlite3';
import { z } from 'zod';
import { HistoryError, issueWords, type HistoryFailure } from '../model/history-error';

interface Meaning {
  code: HistoryFailure['code'];
  what: string;
  todo: string;
}

const cannotOpen: Meaning = {
  code: 'not-writable',
  what: 'The history file cannot be opened or created.',
  todo: 'Check that the folder exists and that Heron may read and write there.',
};

const harmful: Meaning = {
  code: 'damaged',
  what: 'Reading the history file takes more memory than any history needs.',
  todo: 'The file is damaged or made to do harm: ask for another copy.',
};

/** What SQLite's result codes mean for the user. The longest prefix wins. Source: sqlite.org/rescode.html. */
const meanings: [prefix: string, meaning: Meaning][] = [
  ['SQLITE_FULL', { code: 'not-writable', what: 'The disk is full.', todo: 'Free some space.' }],
  [
    'SQLITE_READONLY',
    {
      code: 'not-writable',
      what: 'The history file or its folder is read-only.',
      todo: 'Give Heron write permission there, or choose another file.',
    },
  ],
  ['SQLITE_CANTOPEN', cannotOpen],
  [
    'SQLITE_BUSY',
    {
      code: 'not-writable',
      what: 'Another program holds the history file locked.',
      todo: 'Close the program that has it open.',
    },
  ],
  ['SQLITE_LOCKED', { code: 'not-writable', what: 'The history file is locked.', todo: 'Try again.' }],
  [
    'SQLITE_IOERR',
    {
      code: 'not-writable',
      what: 'The disk failed to read or write the history file.',
      todo: 'Check the disk and the free space.',
    },
  ],
  [
    'SQLITE_CORRUPT',
    { code: 'damaged', what: 'The history file is damaged.', todo: 'Keep a copy, and restore a backup.' },
  ],
  ['SQLITE_NOMEM', harmful],
  ['SQLITE_TOOBIG', harmful],
  ['SQLITE_INTERRUPT', harmful],
  [
    'SQLITE_NOTADB',
    { code: 'not-a-history', what: 'This is not a SQLite file.', todo: 'Choose a Heron history file.' },
  ],
];

/** Any error as a history failure of `file`. SQLite's message is included, for the log. */
export function toHistoryFailure(error: unknown, file: string): HistoryFailure {
  if (error instanceof HistoryError) return error.failure;
  if (error instanceof Database.SqliteError) {
    const meaning = meanings.find(([prefix]) => error.code.startsWith(prefix))?.[1] ?? {
      code: 'bad-request',
      what: 'The history refused this.',
      todo: 'This is a fault in Heron: please report it with these words.',
    };
    return { ...meaning, what: `${meaning.what} SQLite says ${error.code}: ${error.message}.`, where: file };
  }
  if (error instanceof z.ZodError) {
    return {
      code: 'bad-request',
      what: `What the history was handed has the wrong shape: ${issueWords(error)}.`,
      where: file,
      todo: 'This is a fault in Heron: please report it with these words.',
    };
  }
  if (error instanceof Error && 'syscall' in error) {
    return { ...cannotOpen, what: `${cannotOpen.what} The system says ${error.message}.`, where: file };
  }
  const words = error instanceof Error ? error.message : String(error);
  return { code: 'not-readable', what: words, where: file, todo: 'See the log for what happened before.' };
}
