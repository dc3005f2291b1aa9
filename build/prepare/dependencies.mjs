import { withLock } from '../shared/lock.mjs';
import { dependenciesAreCurrent } from '../shared/locked-packages.mjs';
import { runNpm } from '../shared/npm.mjs';
import { stateFolder } from '../shared/paths.mjs';
import { PreparationError, withProgress } from '../shared/progress.mjs';

/** @type {Promise<void> | undefined} */
let preparing;

/**
 * Installs the dependencies with `npm ci` when what is installed is not what package-lock.json asks for. The stamp is
 * npm's own (node_modules/.package-lock.json, written at the end of every installation), so a manual
 * installation counts too. Once for each process, however often it is called.
 */
export function prepareDependencies() {
  return (preparing ??= installIfNeeded());
}

async function installIfNeeded() {
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
