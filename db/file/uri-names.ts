import { isMainThread } from 'node:worker_threads';

/**
 * Lets better-sqlite3 take `file:` names as URIs, which it does only where this is set before it is loaded first: with the
 * first database of the process. A thread has a copy of the environment, so it is the main thread that sets it, before it
 * starts one. Other names mean what they always did.
 */
export function allowUriNames(): void {
  if (isMainThread) process.env['SQLITE_USE_URI'] = '1';
}
