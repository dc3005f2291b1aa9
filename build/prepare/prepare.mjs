import { prepareDependencies } from './dependencies.mjs';
import { prepareElectron } from './electron-runtime.mjs';
import { PreparationError } from '../shared/progress.mjs';
import { prepareSqliteAddon } from '../offline/sqlite-addon.mjs';
import {
  prepareDesktopPrograms,
  prepareElectronLibraries,
  prepareLabPrograms,
  prepareTestProgram,
} from '../offline/system-libraries.mjs';

/** @typedef {import('./electron-runtime.mjs').ElectronRuntime} ElectronRuntime */

const oldestNode = { major: 20, minor: 19 };

/** What plain Node needs: the dependencies and an SQLite addon that it can load. */
export async function prepareForNode() {
  checkNode();
  await prepareOwnAddon();
}

/**
 * What plain Node and Electron need. The addon takes longest to make, so that is done beside all else.
 * @returns {Promise<ElectronRuntime>}
 */
export async function prepareForElectron() {
  checkNode();
  const [runtime] = await Promise.all([prepareRuntime(), prepareOwnAddon()]);
  await prepareSqliteAddon([runtime.nodeApiVersion], prepareDependencies());
  return runtime;
}

async function prepareRuntime() {
  await prepareDependencies();
  const runtime = await prepareElectron();
  await prepareElectronLibraries();
  return runtime;
}

/** The addon for the Node that runs us. */
async function prepareOwnAddon() {
  const dependencies = prepareDependencies();
  await Promise.all([dependencies, prepareSqliteAddon([ownNodeApiVersion()], dependencies)]);
}

/**
 * The programs that tests start beside Heron.
 * @param {{ display?: boolean, agent?: boolean, lab?: boolean, printed?: boolean, terminal?: boolean, desktop?: boolean }} needs
 */
export async function prepareForTests(needs) {
  if (needs.display) await prepareTestProgram('xvfb');
  if (needs.agent) await prepareTestProgram('snmpd');
  if (needs.lab) await prepareLabPrograms();
  if (needs.desktop) await prepareDesktopPrograms();
  if (needs.terminal) await prepareTestProgram('tmux');
  if (needs.printed) await prepareTestProgram('ghostscript');
}

function ownNodeApiVersion() {
  return Number(process.versions.napi);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldestNode.major || (major === oldestNode.major && minor >= oldestNode.minor)) return;
  throw new PreparationError(
    `This is Node ${process.versions.node}; Heron needs ${oldestNode.major}.${oldestNode.minor} or newer.`,
    'install a current Node from nodejs.org.',
  );
}
