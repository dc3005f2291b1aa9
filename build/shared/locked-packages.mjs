import { readFileSync } from 'node:fs';
import path from 'node:path';
import { rootFolder } from './paths.mjs';
import { PreparationError } from './progress.mjs';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockedPackage */

/**
 * @param {string} name of a package
 * @returns {LockedPackage} what package-lock.json asks for
 */
export function lockedPackage(name) {
  const found = readLock(path.join(rootFolder, 'package-lock.json'))?.[`node_modules/${name}`];
  if (found !== undefined) return found;
  throw new PreparationError(`package-lock.json does not have ${name}.`, 'git checkout package-lock.json');
}

/** @returns {boolean} whether node_modules holds what package-lock.json asks for */
export function dependenciesAreCurrent() {
  const installed = readLock(path.join(rootFolder, 'node_modules', '.package-lock.json'));
  const wanted = readLock(path.join(rootFolder, 'package-lock.json'));
  return installed !== undefined && wanted !== undefined && sameInstallation(wanted, installed);
}

/**
 * @param {Record<string, LockedPackage>} wanted
 * @param {Record<string, LockedPackage>} installed
 * @returns {boolean} optional packages of other platforms may be absent
 */
export function sameInstallation(wanted, installed) {
  const missing = Object.entries(wanted).some(([name, { version, integrity, optional }]) => {
    if (name === '') return false;
    const found = installed[name];
    if (found === undefined) return !optional;
    return found.version !== version || found.integrity !== integrity;
  });
  return !missing && Object.keys(installed).every((name) => name in wanted);
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage> | undefined}
 */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    // Not installed yet, or damaged: either way it has to be reinstalled.
    return undefined;
  }
}
