import { processesIn } from '../../db/threads/process-workers';

/** Where the bundler puts the entries of db/workers. */
export const workersUrl = new URL('../workers/', import.meta.url);

/** For every file that a command only reads: a separate process, since the file is untrusted. */
export const fileProcesses = processesIn(workersUrl);
