import { existsSync, realpathSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { History } from '../../db/client/history';
import { HistoryError } from '../../db/model/history-error';
import { restrictHistory } from '../../db/file/owner-only';
import { openHistory } from '../../db/open-history';
import { logRestricted, logSlowQuery } from '../../monitor/log/log';
import { workersUrl } from '../common/file-processes';
import { watchProof, type ProofChoice } from './watch-proof';

/** The history of one run. `close` also removes a temporary one. */
export interface RunHistory {
  history: History;
  /** A message: which history, and how it is signed. */
  words: string;
  /** A message for the end. */
  closedWords: string;
  close(): Promise<void>;
}

/** Opens `file`, signed and anchored as chosen; a temporary history when it is null. Rejects with a HistoryError. */
export async function openRunHistory(
  file: string | null,
  choice: ProofChoice,
  version: string,
): Promise<RunHistory> {
  if (file !== null) {
    const { proof, words } = watchProof(file, choice);
    logRestricted(restrictHistory(existsSync(file) ? realpathSync(file) : path.resolve(file)));
    const history = await openHistory({
      file: path.resolve(file),
      workersUrl,
      version,
      readers: 1,
      proof,
      onSlowQuery: logSlowQuery,
    });
    return {
      history,
      words: `History: ${file}. ${words}`,
      closedWords: `The history ${file} is closed.`,
      close: () => history.close(),
    };
  }
  const folder = await temporaryFolder();
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const history = await openHistory({
      file: path.join(folder, 'history.sqlite'),
      workersUrl,
      version,
      readers: 1,
      onSlowQuery: logSlowQuery,
    });
    return {
      history,
      words: 'History: a temporary one, removed at the end (--db FILE keeps one).',
      closedWords: 'The temporary history is removed.',
      close: async () => {
        await history.close();
        await remove();
      },
    };
  } catch (fault) {
    await remove();
    throw fault;
  }
}

async function temporaryFolder(): Promise<string> {
  try {
    return await mkdtemp(path.join(os.tmpdir(), 'heron-watch-'));
  } catch (fault) {
    throw new HistoryError({
      code: 'not-writable',
      what: `The temporary folder cannot be created: ${fault instanceof Error ? fault.message : String(fault)}.`,
      where: os.tmpdir(),
      todo: 'Set TMPDIR to a folder that can be written, or name a file with --db.',
    });
  }
}
