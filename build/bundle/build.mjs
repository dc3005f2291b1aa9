import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { outFolder, rootFolder, stateFolder } from '../shared/paths.mjs';
import { withLock } from '../shared/lock.mjs';
import { PreparationError, withProgress } from '../shared/progress.mjs';
import { nodeConfig, preloadConfig, rendererConfig } from './bundler.mjs';
import { fingerprint, isStamped, stampAs } from './stamp.mjs';
import { targets } from './targets.mjs';

/** @typedef {import('./targets.mjs').TargetName} TargetName */

/** @type {Record<TargetName, (outDir: string) => import('vite').InlineConfig | Promise<import('vite').InlineConfig>>} */
const configOf = {
  node: (outDir) => nodeConfig(targets.node.entries, outDir),
  preload: preloadConfig,
  renderer: rendererConfig,
};

/**
 * Builds those of the targets whose sources have changed since they were built last.
 * @param {TargetName[]} names
 */
export async function buildIfStale(names) {
  if (names.every(isCurrent)) return;
  await withLock(stateFolder, 'build', async () => {
    for (const name of names) {
      // Taken before the build: a file that changes meanwhile makes the output stale, as it should.
      const sources = fingerprint(targets[name].sources);
      if (isCurrent(name)) continue;
      await withProgress(`build: ${name}`, () => buildInto(name));
      stampAs(name, sources);
    }
  });
}

/** @param {TargetName} name */
function isCurrent(name) {
  return isStamped(name, fingerprint(targets[name].sources));
}

/** @param {TargetName} name */
async function buildInto(name) {
  const missing = Object.values(targets[name].entries).filter(
    (file) => !existsSync(path.join(rootFolder, file)),
  );
  if (missing.length > 0) {
    throw new PreparationError(
      `The checkout is not complete: ${missing.join(', ')} is missing.`,
      'git status',
    );
  }
  mkdirSync(outFolder, { recursive: true });
  const draft = mkdtempSync(path.join(outFolder, '.draft-'));
  try {
    await bundle(await configOf[name](draft));
    publish(draft);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** @param {import('vite').InlineConfig} config */
export async function bundle(config) {
  const { build, createLogger } = await import('vite');
  const toStderr = (/** @type {string} */ text) => void process.stderr.write(`${text}\n`);
  const logger = createLogger('warn', { allowClearScreen: false });
  // What was built is run next, and stdout is its own.
  const customLogger = { ...logger, info: () => {}, warn: toStderr, warnOnce: toStderr, error: () => {} };
  try {
    await build({ ...config, customLogger });
  } catch (error) {
    throw new PreparationError(
      'The build failed.',
      'see the lines above; npm run types names the place.',
      stripVTControlCharacters(error instanceof Error ? error.message : String(error)),
    );
  }
}

/**
 * Puts a finished build in the place of the one before, folder by folder. A program that runs from out/ keeps what it
 * has loaded.
 * @param {string} draft
 */
function publish(draft) {
  for (const name of readdirSync(draft)) {
    const folder = path.join(outFolder, name);
    const old = path.join(draft, `.old-${name}`);
    if (existsSync(folder)) renameSync(folder, old);
    try {
      renameSync(path.join(draft, name), folder);
    } catch {
      // Windows refuses while a scanner or an editor has a file of it open.
      cpSync(path.join(draft, name), folder, { recursive: true });
    }
  }
}
