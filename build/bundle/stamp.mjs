import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { outFolder, rootFolder } from '../shared/paths.mjs';

/**
 * A stamp says which sources an output was made of: names, sizes and times of change, which a few hundred files give in
 * milliseconds.
 */
const stampFolder = path.join(outFolder, '.stamps');

/**
 * @param {string[]} sources folders and files, relative to the checkout
 * @returns {string}
 */
export function fingerprint(sources) {
  const hash = createHash('sha256').update(process.versions.node);
  for (const source of sources) {
    for (const file of filesOf(path.join(rootFolder, source))) {
      const { size, mtimeMs } = statSync(file);
      hash.update(`${path.relative(rootFolder, file)} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

/**
 * @param {string} source
 * @returns {string[]} a file is itself; a folder is all files in it, sorted; what is not there is nothing
 */
function filesOf(source) {
  const found = statSync(source, { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (found.isFile()) return [source];
  return readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/**
 * @param {string} name of the target
 * @param {string} wanted fingerprint of the sources as they are
 */
export function isStamped(name, wanted) {
  const file = path.join(stampFolder, name);
  return existsSync(file) && readFileSync(file, 'utf8') === wanted;
}

/**
 * @param {string} name
 * @param {string} fingerprintOfSources
 */
export function stampAs(name, fingerprintOfSources) {
  mkdirSync(stampFolder, { recursive: true });
  writeFileSync(path.join(stampFolder, name), fingerprintOfSources);
}
