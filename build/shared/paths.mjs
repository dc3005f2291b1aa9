import os from 'node:os';
import path from 'node:path';

/** The checkout. */
export const rootFolder = path.resolve(import.meta.dirname, '..', '..');

/** What the bundler writes. */
export const outFolder = path.join(rootFolder, 'out');

/** Notes the tooling keeps for itself inside the checkout: stamps and locks. Safe to delete. */
export const stateFolder = path.join(rootFolder, '.cache');

/**
 * The one folder outside the checkout that Heron's tooling writes: HERON_CACHE, else heron/ in the user's cache
 * folder. Holds the Electron runtime and the compiled SQLite addon, so that a second clone need not fetch them again.
 * @returns {string}
 */
export function cacheFolder() {
  const { HERON_CACHE, XDG_CACHE_HOME } = process.env;
  if (HERON_CACHE) return path.resolve(HERON_CACHE);
  return path.join(XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'heron');
}
