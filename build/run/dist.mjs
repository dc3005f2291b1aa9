import { existsSync } from 'node:fs';
import path from 'node:path';
import { buildIfStale } from '../bundle/build.mjs';
import { packageApp } from '../package/package-app.mjs';
import { packageTargets } from '../package/package-targets.mjs';
import { rootFolder } from '../shared/paths.mjs';
import { prepareForElectron } from '../prepare/prepare.mjs';
import { PreparationError, report, exitWithError } from '../shared/progress.mjs';

/** @typedef {import('../package/package-targets.mjs').PackageTarget} PackageTarget */
/** @typedef {import('../prepare/electron-runtime.mjs').ElectronRuntime} ElectronRuntime */
/** @typedef {{ target: PackageTarget, built: string[], reason?: string }} Outcome */

const outputFolder = path.join(rootFolder, 'dist');

/**
 * `npm run dist [-- TARGET ... --allow-stand-in]`: builds the packages that this machine can build and says of each
 * other one why not. Fails when none of those asked for could be built.
 */
async function dist() {
  const args = process.argv.slice(2);
  const wanted = chooseTargets(args.filter((arg) => !arg.startsWith('--')));
  const runtime = await prepareForElectron();
  if (runtime.kind === 'stand-in' && !args.includes('--allow-stand-in')) {
    throw new PreparationError(
      'Packages for users are not built on the stand-in Electron.',
      'build where github.com can be reached; to try the packaging out: npm run dist -- --allow-stand-in',
    );
  }
  await buildIfStale(['node', 'preload', 'renderer']);
  /** @type {Outcome[]} */
  const outcomes = [];
  for (const target of wanted) outcomes.push(await attempt(target, runtime));
  for (const outcome of outcomes) console.log(inWords(outcome));
  return outcomes.some((outcome) => outcome.reason === undefined) ? 0 : 1;
}

/**
 * @param {string[]} names
 * @returns {PackageTarget[]}
 */
function chooseTargets(names) {
  const unknown = names.filter((name) => !packageTargets.some((target) => target.name === name));
  if (unknown.length > 0) {
    const known = packageTargets.map((target) => target.name).join(', ');
    throw new PreparationError(`There is no target ${unknown.join(', ')}.`, `the targets are ${known}`);
  }
  return names.length === 0 ? packageTargets : packageTargets.filter((target) => names.includes(target.name));
}

/**
 * @param {PackageTarget} target
 * @param {ElectronRuntime} runtime
 * @returns {Promise<Outcome>}
 */
async function attempt(target, runtime) {
  const obstacle = target.obstacle(runtime);
  if (obstacle !== undefined) return { target, built: [], reason: obstacle };
  report(`package: ${target.name} for ${target.platform}`);
  try {
    const { platform, name } = target;
    const { artifacts } = await packageApp({
      runtime,
      platform,
      target: name,
      isTestBuild: false,
      outputFolder,
    });
    const built = artifacts.filter((file) => existsSync(file));
    return built.length > 0 ? { target, built } : { target, built, reason: 'electron-builder made no file' };
  } catch (error) {
    return { target, built: [], reason: reasonOf(error) };
  }
}

/** @param {unknown} error */
function reasonOf(error) {
  const message = error instanceof Error ? error.message : String(error);
  const firstLine = message.split('\n')[0] ?? message;
  const isNetwork = /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|Cannot download/.test(message);
  return isNetwork ? `its tools could not be downloaded (${firstLine})` : firstLine;
}

/** @param {Outcome} outcome */
function inWords({ target, built, reason }) {
  const what = `${target.name} (${target.platform})`;
  if (reason !== undefined) return `✗ ${what}: not built: ${reason}`;
  return `✓ ${what}: ${built.map((file) => path.relative(rootFolder, file)).join(', ')}`;
}

process.exitCode = await dist().catch(exitWithError);
