import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { outFolder, rootFolder } from '../shared/paths.mjs';

/** @typedef {{ name: string, version: string, license: string, folder: string }} ShippedPackage */

/** In the package beside the bundle (build/bundle/targets.mjs), with what they import themselves. */
const besideTheBundle = ['better-sqlite3', 'electron-log', 'electron-updater'];
const licenceFile = /^(?:licen[cs]e|copying|notice|ofl)(?:[.-].*)?$/i;

/**
 * The npm packages that a package of Heron contains: those whose files the source maps of the bundle name, and those beside it.
 * @returns {ShippedPackage[]} by name
 */
export function shippedPackages() {
  const folders = new Set(besideTheBundle.flatMap((name) => withDependencies(name)));
  for (const map of filesIn(outFolder).filter((name) => name.endsWith('.map'))) {
    /** @type {{ sources: string[] }} */
    const { sources } = JSON.parse(readFileSync(map, 'utf8'));
    for (const source of sources) {
      const folder = packageFolder(source);
      if (folder !== null) folders.add(folder);
    }
  }
  for (const folder of fontFolders()) folders.add(folder);
  return [...folders].map(described).sort((a, b) => a.name.localeCompare(b.name));
}

/** Fonts are files of the page and in no source map. */
function fontFolders() {
  const fonts = path.join(rootFolder, 'node_modules', '@fontsource-variable');
  return readdirSync(fonts).map((name) => path.join(fonts, name));
}

/**
 * @param {string} name
 * @returns {string[]}
 */
function withDependencies(name) {
  const folder = path.join(rootFolder, 'node_modules', name);
  const { dependencies = {} } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return [folder, ...Object.keys(dependencies).flatMap((each) => withDependencies(each))];
}

/**
 * The maps name their sources from where the bundle was written first, so only what follows node_modules/ counts.
 * @param {string} source
 */
function packageFolder(source) {
  const name = /(?:^|\/)(node_modules\/.*node_modules\/|node_modules\/)((?:@[^/]+\/)?[^/]+)\//.exec(source);
  const folder = name === null ? null : path.join(rootFolder, name[1] ?? '', name[2] ?? '');
  return folder !== null && existsSync(path.join(folder, 'package.json')) ? folder : null;
}

/**
 * @param {string} folder
 * @returns {ShippedPackage}
 */
function described(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return { name, version, license: typeof license === 'string' ? license : 'see its licence text', folder };
}

/** The licences of everything from npm in a package, as one text. Electron and Chromium bring theirs themselves. */
export function licencesText() {
  const packages = shippedPackages();
  const head = `Heron contains these npm packages. Electron's licence is in LICENSE.electron.txt, those of Chromium's parts in LICENSES.chromium.html.\n\n${packages.map(({ name, version, license }) => `${name} ${version}: ${license}`).join('\n')}\n`;
  return [head, ...packages.map(licenceOf)].join(`\n${'-'.repeat(80)}\n`);
}

/** @param {ShippedPackage} shipped */
function licenceOf({ name, version, license, folder }) {
  const texts = readdirSync(folder)
    .filter((file) => licenceFile.test(file))
    .map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
  const text = texts.join('\n\n') || `Licence: ${license}. The package has no licence text of its own.`;
  return `${name} ${version}\n\n${text}\n`;
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name));
}
