import { processesIn } from '../../db/threads/process-workers';

/** Where the bundler puts the entries of db/workers. */
export const workersUrl = new URL('../workers/', import.meta.url);

/** For every file that a command only reads: a process of its own, since somebody else may have made the file. */
export const fileProcesses = processesIn(workersUrl);
