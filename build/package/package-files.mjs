import { chmodSync, cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { outFolder, rootFolder } from '../shared/paths.mjs';
import { PreparationError } from '../shared/progress.mjs';
import { lastLines, runCommand } from '../shared/run-command.mjs';
import { licencesText } from './licences.mjs';

/** Made from the built command, for all packages of a version. */
export const packageFilesFolder = path.join(rootFolder, 'dist', 'package-files');

const mimeIconSizes = [16, 32, 48, 64, 128, 256];
const sources = path.join(rootFolder, 'build', 'package');

/**
 * Writes what a package has besides the app: launchers, manual page, shell completion, licences, and on Linux what the system reads.
 * `resources/` goes into the app, `linux/` is a tree from / on.
 */
export async function makePackageFiles() {
  rmSync(packageFilesFolder, { recursive: true, force: true });
  const resources = path.join(packageFilesFolder, 'resources');
  write(path.join(resources, 'share', 'man', 'man1', 'heron.1'), await heron('manual'));
  for (const shell of ['bash', 'zsh', 'fish'])
    write(path.join(resources, 'share', 'completion', shell), await heron('completion', shell));
  write(path.join(resources, 'LICENCES.third-party.txt'), licencesText());
  cpSync(path.join(rootFolder, 'LICENSE'), path.join(resources, 'LICENCE.txt'));
  cpSync(path.join(sources, 'launcher'), path.join(resources, 'bin'), { recursive: true });
  chmodSync(path.join(resources, 'bin', 'heron'), 0o755);
  await makeLinuxTree(resources, path.join(packageFilesFolder, 'linux'));
}

/**
 * @param {string} resources
 * @param {string} root
 */
async function makeLinuxTree(resources, root) {
  const share = path.join(root, 'usr', 'share');
  const from = (/** @type {string} */ name) => path.join(resources, 'share', name);
  write(path.join(share, 'man', 'man1', 'heron.1.gz'), gzipSync(await heron('manual'), { level: 9 }));
  cpSync(from('completion/bash'), path.join(share, 'bash-completion', 'completions', 'heron'));
  cpSync(from('completion/zsh'), path.join(share, 'zsh', 'vendor-completions', '_heron'));
  cpSync(from('completion/fish'), path.join(share, 'fish', 'vendor_completions.d', 'heron.fish'));
  cpSync(path.join(rootFolder, 'LICENSE'), path.join(share, 'doc', 'heron', 'copyright'));
  cpSync(path.join(sources, 'linux', 'heron-mime.xml'), path.join(share, 'mime', 'packages', 'heron.xml'));
  for (const size of mimeIconSizes) {
    const icon = path.join(rootFolder, 'build', 'icons', 'png', `${size}x${size}.png`);
    const place = path.join(share, 'icons', 'hicolor', `${size}x${size}`, 'mimetypes');
    cpSync(icon, path.join(place, 'application-x-heron.png'));
  }
  const units = path.join(root, 'usr', 'lib', 'systemd', 'system');
  cpSync(path.join(sources, 'linux', 'heron-watch.service'), path.join(units, 'heron-watch.service'));
  mkdirSync(path.join(root, 'usr', 'bin'), { recursive: true });
  symlinkSync('/opt/Heron/resources/bin/heron', path.join(root, 'usr', 'bin', 'heron'));
}

/**
 * What a command of the built Heron prints.
 * @param {string[]} args
 */
async function heron(...args) {
  const run = await runCommand(process.execPath, [path.join(outFolder, 'cli', 'heron.js'), ...args]);
  if (run.code === 0) return run.stdout;
  throw new PreparationError(`heron ${args.join(' ')} failed.`, 'see the lines above', lastLines(run));
}

/**
 * @param {string} file
 * @param {string | Uint8Array} content
 */
function write(file, content) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}
