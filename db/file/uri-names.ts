import { isMainThread } from 'node:worker_threads';

/**
 * Makes better-sqlite3 accept `file:` names as URIs. SQLite reads this variable once, with the first database of the process. A
 * thread has a copy of the environment, so the main thread sets it before it starts one. Other names are not affected.
 */
export function allowUriNames(): void {
  if (isMainThread) process.env['SQLITE_USE_URI'] = '1';
}
