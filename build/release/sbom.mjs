import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { shippedPackages } from '../package/licences.mjs';
import { rootFolder } from '../shared/paths.mjs';
import { lastLines, runCommand } from '../shared/run-command.mjs';

/** @typedef {{ name: string, group?: string, version: string, purl?: string, 'bom-ref': string }} Component */
/** @typedef {{ components: Component[], dependencies: { ref: string, dependsOn?: string[] }[] }} Bom */

/**
 * The parts of npm's bill of materials that a package contains, with Electron: npm knows what is installed, not what is shipped.
 * @param {Bom} bom CycloneDX, of npm
 * @param {{ name: string, version: string }[]} shipped
 * @param {string} electronVersion
 * @returns {Bom}
 */
export function shippedBom(bom, shipped, electronVersion) {
  const wanted = new Set(shipped.map(({ name, version }) => `${name}@${version}`));
  const nameOf = (/** @type {Component} */ { group, name }) => (group ? `${group}/${name}` : name);
  const components = bom.components.filter((one) => wanted.has(`${nameOf(one)}@${one.version}`));
  const missing = [...wanted].filter(
    (id) => !components.some((one) => `${nameOf(one)}@${one.version}` === id),
  );
  if (missing.length > 0) throw new Error(`npm's bill of materials lacks ${missing.join(', ')}.`);
  const electron = {
    'bom-ref': `electron@${electronVersion}`,
    type: 'framework',
    name: 'electron',
    version: electronVersion,
    purl: `pkg:npm/electron@${electronVersion}`,
    licenses: [{ license: { id: 'MIT' } }],
  };
  const all = [electron, ...components];
  const refs = new Set(all.map((one) => one['bom-ref']));
  const dependencies = bom.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((each) => refs.has(each)) }));
  return { ...bom, components: all, dependencies };
}

/** `node build/release/sbom.mjs`: prints the bill of materials of the packages as CycloneDX. Run it after the build. */
async function main() {
  const run = await runCommand('npm', ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application']);
  if (run.code !== 0) throw new Error(lastLines(run));
  const { devDependencies } = JSON.parse(readFileSync(path.join(rootFolder, 'package.json'), 'utf8'));
  const bom = shippedBom(JSON.parse(run.stdout), shippedPackages(), devDependencies.electron);
  console.log(JSON.stringify(bom, null, 2));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
