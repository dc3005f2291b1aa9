import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './paths.mjs';
import { withLock } from './lock.mjs';

/**
 * A folder of the cache, filled once. It appears under its name only when it is complete, so neither a failure half way
 * nor a second process leaves a half-filled one behind.
 * @param {string} name
 * @param {(folder: string) => Promise<void>} fill puts the content into the (empty) folder it is given
 * @returns {Promise<string>} the folder's path
 */
export async function cachedFolder(name, fill) {
  const folder = path.join(cacheFolder(), name);
  if (existsSync(folder)) return folder;
  await withLock(cacheFolder(), name, async () => {
    if (existsSync(folder)) return;
    await inTemporaryFolder(async (draft) => {
      const content = path.join(draft, 'content');
      mkdirSync(content);
      await fill(content);
      renameSync(content, folder);
    });
  });
  return folder;
}

/**
 * A folder inside the cache that is gone when the work is done.
 * @template T
 * @param {(folder: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inTemporaryFolder(work) {
  const folder = path.join(cacheFolder(), `temporary-${process.pid}-${randomUUID().slice(0, 8)}`);
  mkdirSync(folder, { recursive: true });
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Notes something that spares a later start the trouble, such as a download that failed.
 * @param {string} name
 * @param {string} value
 */
export function writeNote(name, value) {
  mkdirSync(cacheFolder(), { recursive: true });
  writeFileSync(path.join(cacheFolder(), `${name}.json`), JSON.stringify({ value, notedAtMs: Date.now() }));
}

/**
 * @param {string} name
 * @param {number} maxAgeMs an older note counts as forgotten
 * @returns {string | undefined}
 */
export function readNote(name, maxAgeMs) {
  const file = path.join(cacheFolder(), `${name}.json`);
  if (!existsSync(file)) return undefined;
  try {
    /** @type {{ value: string, notedAtMs: number }} */
    const note = JSON.parse(readFileSync(file, 'utf8'));
    const ageMs = Date.now() - note.notedAtMs;
    return ageMs >= 0 && ageMs <= maxAgeMs ? note.value : undefined;
  } catch {
    // A damaged note is no note.
    return undefined;
  }
}
