import { readFileSync } from 'node:fs';
import path from 'node:path';
import { rootFolder, stateFolder } from '../shared/paths.mjs';
import { withLock } from '../shared/lock.mjs';
import { runNpm } from '../shared/npm.mjs';
import { PreparationError, withProgress } from '../shared/progress.mjs';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockedPackage */

/**
 * Installs the dependencies with `npm ci` when what is installed is not what package-lock.json asks for. The stamp is
 * npm's own (node_modules/.package-lock.json, written at the end of every installation), so a manual
 * installation counts too.
 */
export async function prepareDependencies() {
  if (dependenciesAreCurrent()) return;
  await withLock(stateFolder, 'dependencies', async () => {
    if (dependenciesAreCurrent()) return;
    await withProgress('dependencies: npm ci', install);
  });
}

/**
 * Install scripts are not run: of all packages only better-sqlite3 and electron need more than unpacking, and both have a
 * step of their own here.
 */
async function install() {
  const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const run = await runNpm(args);
  if (run.code === 0) return;
  throw new PreparationError(
    `npm ci ended with code ${run.code}.`,
    'see the lines above; without a network, check the proxy or the registry with "npm ping", then try again.',
    firstWords(run.stderr),
  );
}

/**
 * npm says first what is wrong and then at length how it is used.
 * @param {string} text
 */
function firstWords(text) {
  return text.trim().split('\n').slice(0, 12).join('\n');
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
