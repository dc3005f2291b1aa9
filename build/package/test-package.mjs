import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fingerprint, isStamped, stampAs } from '../bundle/stamp.mjs';
import { targets } from '../bundle/targets.mjs';
import { rootFolder } from '../shared/paths.mjs';
import { withProgress } from '../shared/progress.mjs';
import { packageApp } from './package-app.mjs';

/** @typedef {import('../prepare/electron-runtime.mjs').ElectronRuntime} ElectronRuntime */

const outputFolder = path.join(rootFolder, 'dist', 'test');
const locationFile = path.join(outputFolder, 'program');

/**
 * The unpacked app as users get it, except for one fuse: the inspector stays on, so that Playwright can drive it. Rebuilt
 * when a source, the configuration or the runtime changed.
 * @param {ElectronRuntime} runtime
 * @returns {Promise<string>} the program
 */
export async function packageForTest(runtime) {
  const sources = Object.values(targets).flatMap((target) => target.sources);
  const packaging = ['build/package/electron-builder.config.mjs', 'build/package', 'build/icons'];
  const wanted = `${fingerprint([...sources, ...packaging])} ${runtime.kind} ${runtime.version}`;
  if (isStamped('test-package', wanted) && existsSync(locationFile))
    return readFileSync(locationFile, 'utf8');
  const program = await withProgress('packaged app for the tests', () => makePackage(runtime));
  writeFileSync(locationFile, program);
  stampAs('test-package', wanted);
  return program;
}

/** @param {ElectronRuntime} runtime */
async function makePackage(runtime) {
  const own = { win32: /** @type {const} */ ('windows'), darwin: /** @type {const} */ ('mac') };
  const platform = own[/** @type {keyof typeof own} */ (process.platform)] ?? 'linux';
  const { appFolder } = await packageApp({
    runtime,
    platform,
    target: 'dir',
    isTestBuild: true,
    outputFolder,
  });
  return path.join(appFolder, programIn(platform));
}

/** @param {'windows' | 'mac' | 'linux'} platform */
function programIn(platform) {
  if (platform === 'windows') return 'heron.exe';
  return platform === 'mac' ? path.join('Heron.app', 'Contents', 'MacOS', 'Heron') : 'heron';
}
