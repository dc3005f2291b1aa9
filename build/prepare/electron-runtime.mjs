import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { rootFolder } from '../shared/paths.mjs';
import { readNote, writeNote } from '../shared/cache.mjs';
import { installedOfficial, installOfficial, officialVersion, whyUnreachable } from './electron-official.mjs';
import { hasStandIn, prepareStandIn, standInVersion } from '../offline/electron-stand-in.mjs';
import { PreparationError, report } from '../shared/progress.mjs';

/**
 * The Electron to run.
 * @typedef {object} ElectronRuntime
 * @property {'official' | 'stand-in' | 'override'} kind
 * @property {string} version
 * @property {string} distFolder what ELECTRON_OVERRIDE_DIST_PATH wants
 * @property {string} executable
 * @property {number} nodeApiVersion
 */

const dayMs = 24 * 3_600_000;

/**
 * Official Electron where it can be had, else the stand-in. HERON_ELECTRON=official or =stand-in decides by hand, and
 * ELECTRON_OVERRIDE_DIST_PATH names a runtime of one's own.
 * @returns {Promise<ElectronRuntime>}
 */
export async function prepareElectron() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return overrideRuntime(override);
  const wish = process.env.HERON_ELECTRON ?? '';
  if (!['', 'official', 'stand-in', 'standin'].includes(wish)) {
    throw new PreparationError(
      `HERON_ELECTRON is "${wish}".`,
      'set it to official or stand-in, or unset it.',
    );
  }
  if (wish.startsWith('stand')) return standIn('as HERON_ELECTRON asks');
  const found = await official(wish === 'official');
  return typeof found === 'string' ? standIn(`which cannot be downloaded here: ${found}`) : found;
}

/**
 * @param {boolean} insist a failure is an error, and an earlier failure is tried again
 * @returns {Promise<ElectronRuntime | string>} or why it is not to be had, where there is a stand-in for this platform
 */
async function official(insist) {
  const version = officialVersion();
  const installed = installedOfficial();
  if (installed !== undefined) return { kind: 'official', version, nodeApiVersion: 10, ...installed };
  const note = `electron-${version}-not-downloadable`;
  const earlierFailure = insist || !hasStandIn() ? undefined : readNote(note, dayMs);
  if (earlierFailure !== undefined) return earlierFailure;
  const reason = (await whyUnreachable()) ?? (await installOfficial());
  const now = installedOfficial();
  if (reason === undefined && now !== undefined)
    return { kind: 'official', version, nodeApiVersion: 10, ...now };
  const failure = reason ?? 'it was unpacked without its program';
  if (insist || !hasStandIn()) throw officialError(version, failure);
  writeNote(note, failure);
  return failure;
}

/**
 * @param {string} version
 * @param {string} reason
 */
function officialError(version, reason) {
  return new PreparationError(
    `Electron ${version} could not be downloaded: ${reason}.`,
    'connect to github.com (HTTPS_PROXY is honoured), or name a mirror in ELECTRON_MIRROR, and try again.',
  );
}

/** @param {string} why */
async function standIn(why) {
  const distFolder = await prepareStandIn();
  report(
    `Electron ${standInVersion} from npm stands in for ${officialVersion()}, for building and testing only (${why})`,
  );
  const executable = path.join(distFolder, 'electron');
  return /** @type {ElectronRuntime} */ ({
    kind: 'stand-in',
    version: standInVersion,
    distFolder,
    executable,
    nodeApiVersion: 9,
  });
}

/**
 * @param {string} distFolder
 * @returns {ElectronRuntime}
 */
function overrideRuntime(distFolder) {
  const versionFile = path.join(distFolder, 'version');
  if (!existsSync(versionFile)) {
    throw new PreparationError(
      `ELECTRON_OVERRIDE_DIST_PATH names ${distFolder}, which holds no Electron.`,
      'unset it, or name a folder with an unpacked Electron.',
    );
  }
  const version = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '');
  const pathFile = path.join(rootFolder, 'node_modules', 'electron', 'path.txt');
  const program = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron';
  // Node-API 10 came with Electron 36.
  const nodeApiVersion = Number.parseInt(version, 10) >= 36 ? 10 : 9;
  return {
    kind: 'override',
    version,
    distFolder,
    executable: path.join(distFolder, program),
    nodeApiVersion,
  };
}
