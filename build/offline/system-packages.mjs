import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { lastLines, runCommand } from '../shared/run-command.mjs';
import { PreparationError, withProgress } from '../shared/progress.mjs';

/**
 * @param {string} command
 * @returns {string | undefined} its path
 */
export function findOnPath(command) {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin'];
  return folders
    .filter((folder) => folder !== '')
    .map((folder) => path.join(folder, command))
    .find(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether this is Debian or one of its children. */
export function hasApt() {
  return existsSync('/etc/debian_version') && findOnPath('apt-get') !== undefined;
}

/** Two of apt-get at once would wait for each other's locks, or fail. */
let queue = Promise.resolve();

/**
 * Installs packages on Debian where we are root. It never asks for a password: without root on
 * Debian it fails with the command to run, and on another system it returns false.
 * @param {string[]} packages
 * @param {string} purpose such as `for Electron`
 * @returns {Promise<boolean>} whether they are installed now
 */
export async function installPackages(packages, purpose) {
  if (!hasApt()) return false;
  const args = ['install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...packages];
  if (process.getuid?.() !== 0) {
    throw new PreparationError(
      `Missing system packages ${purpose}: ${packages.join(', ')}.`,
      `sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`,
    );
  }
  const installation = queue.then(() => install(packages, args));
  queue = installation.catch(() => undefined);
  await installation;
  return true;
}

/**
 * @param {string[]} packages
 * @param {string[]} args of apt-get
 */
async function install(packages, args) {
  await withProgress(`system packages: apt-get install ${packages.join(' ')}`, async () => {
    // RUNLEVEL=1 keeps what we install from starting services on this machine.
    const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
    let run = await runCommand('apt-get', args, { env });
    if (run.code !== 0) {
      // The lists may be missing or older than the archive.
      await runCommand('apt-get', ['update'], { env });
      run = await runCommand('apt-get', args, { env });
    }
    if (run.code !== 0) throw aptError(packages, lastLines(run));
  });
}

/**
 * @param {string[]} packages
 * @param {string} detail
 */
function aptError(packages, detail) {
  return new PreparationError(
    `apt-get could not install ${packages.join(', ')}.`,
    `see the lines above; then: apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`,
    detail,
  );
}
