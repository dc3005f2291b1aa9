import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { report } from './progress.mjs';

/**
 * A lock between processes: a folder, which only one of them can create. Its holder renews it; one whose holder is dead
 * (no such process on this host, or not renewed for a minute) is broken by renaming it to a name made of its token,
 * which again only one process can do.
 */
const renewMs = 5_000;
const abandonedMs = 60_000;
const pollMs = 200;

/** @typedef {{ token: string, pid: number, host: string }} Holder */

/**
 * Runs the work while no other process holds the lock of that name in that folder.
 * @template T
 * @param {string} folder
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(folder, name, work) {
  const lock = path.join(folder, `${name}.lock`);
  mkdirSync(folder, { recursive: true });
  const token = await acquire(lock);
  const renewal = setInterval(() => renew(lock), renewMs);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    // After a long suspend another process may hold it by now.
    if (readHolder(lock)?.token === token) rmSync(lock, { recursive: true, force: true });
  }
}

/**
 * @param {string} lock
 * @returns {Promise<string>} the token we hold it under
 */
async function acquire(lock) {
  let told = false;
  const token = randomUUID();
  while (!tryToCreate(lock, token)) {
    const holder = readHolder(lock);
    if (holder && isAbandoned(lock, holder)) {
      breakLock(lock, holder);
      continue;
    }
    if (!told) report(`waiting for another preparation${holder ? ` (process ${holder.pid})` : ''}`);
    told = true;
    await sleep(pollMs);
  }
  return token;
}

/**
 * The folder appears complete: it is filled under another name and renamed into place.
 * @param {string} lock
 * @param {string} token
 */
function tryToCreate(lock, token) {
  if (existsSync(lock)) return false;
  const draft = `${lock}.draft-${token}`;
  mkdirSync(draft);
  writeFileSync(
    path.join(draft, 'holder.json'),
    JSON.stringify({ token, pid: process.pid, host: os.hostname() }),
  );
  try {
    renameSync(draft, lock);
    return true;
  } catch {
    // Another process was first: a folder that is not empty cannot be replaced.
    rmSync(draft, { recursive: true, force: true });
    return false;
  }
}

/**
 * @param {string} lock
 * @returns {Holder | undefined} undefined when it was released meanwhile
 */
function readHolder(lock) {
  try {
    return JSON.parse(readFileSync(path.join(lock, 'holder.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * @param {string} lock
 * @param {Holder} holder
 */
function isAbandoned(lock, holder) {
  if (holder.host === os.hostname() && !isAlive(holder.pid)) return true;
  const renewedAt = statSync(path.join(lock, 'holder.json'), { throwIfNoEntry: false })?.mtimeMs;
  return renewedAt !== undefined && Date.now() - renewedAt > abandonedMs;
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there is such a process, of another user.
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * @param {string} lock
 * @param {Holder} holder
 */
function breakLock(lock, holder) {
  removeOldRemains(lock);
  try {
    renameSync(lock, `${lock}.broken-${holder.token}`);
    report(`removed the lock that process ${holder.pid} left behind`);
  } catch {
    // Another process broke it first.
    return;
  }
}

/**
 * Remains of broken locks are kept for an hour, so that two processes cannot break the same lock twice.
 * @param {string} lock
 */
function removeOldRemains(lock) {
  const prefix = `${path.basename(lock)}.`;
  for (const name of readdirSync(path.dirname(lock)).filter((entry) => entry.startsWith(prefix))) {
    const remains = path.join(path.dirname(lock), name);
    const changedAt = statSync(remains, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - changedAt > 3_600_000) rmSync(remains, { recursive: true, force: true });
  }
}

/** @param {string} lock */
function renew(lock) {
  const now = new Date();
  try {
    utimesSync(path.join(lock, 'holder.json'), now, now);
  } catch (error) {
    report(`could not renew the lock ${lock}: ${String(error)}`);
  }
}
