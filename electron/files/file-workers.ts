import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { processesIn } from '../../db/threads/process-workers';
import { threadsIn, type Workers } from '../../db/threads/workers';
import type { CurrentHistory } from '../../monitor/usecases/current-history';
import { builtFiles } from '../session/built-files';
import { forkUtility } from './fork-utility';

/** Where the bundler puts the entries of db/workers. */
const workersUrl = pathToFileURL(`${builtFiles.workers}${path.sep}`);

/** For the history that this app writes. */
export const ownThreads = threadsIn(workersUrl);

/** For every other file, which is untrusted. */
export const fileProcesses = processesIn(workersUrl, forkUtility);

/** What reads the history on screen. */
export function workersFor({ mode }: Pick<CurrentHistory, 'mode'>): Workers {
  return mode === 'audit' ? fileProcesses : ownThreads;
}
