import { readFileSync } from 'node:fs';
import path from 'node:path';
import { rootFolder } from '../../shared/paths.mjs';
import { runPackageScript } from '../../shared/run-command.mjs';
import { brokenPart } from './result.mjs';

/** @typedef {import('./result.mjs').CheckResult} CheckResult */

/**
 * Checks every TypeScript project of the root tsconfig.json in one run of vue-tsc: one check for each project.
 * @returns {Promise<CheckResult>}
 */
export async function checkTypes() {
  const projects = projectFolders();
  const run = await runPackageScript('vue-tsc/bin/vue-tsc.js', ['--build', '--pretty', 'false']);
  const errorsOf = attributeErrors(run.stdout, projects);
  const failures = [...errorsOf].map(([name, lines]) => ({ name, detail: lines.join('\n') }));
  if (run.code !== 0 && failures.length === 0) return brokenPart('types', run.stdout + run.stderr);
  const failed = failures.length;
  const passed = projects.filter((project) => !errorsOf.has(project)).length;
  return { part: 'types', passed, failed, skipped: 0, failures };
}

/** @returns {string[]} such as `domain` and `electron/tsconfig.preload.json` */
function projectFolders() {
  /** @type {{ references: { path: string }[] }} */
  const config = JSON.parse(readFileSync(path.join(rootFolder, 'tsconfig.json'), 'utf8'));
  return config.references.map((reference) => reference.path.replace('./', ''));
}

/**
 * Sorts the compiler's lines by the project they belong to. A line that names no file belongs to the configuration;
 * an indented line explains the one above it.
 * @param {string} output
 * @param {string[]} projects
 * @returns {Map<string, string[]>}
 */
export function attributeErrors(output, projects) {
  /** @type {Map<string, string[]>} */
  const errorsOf = new Map();
  let current = 'configuration';
  for (const line of output.split('\n').filter((text) => text.trim() !== '')) {
    if (!/^\s/.test(line)) current = projectOf(line, projects);
    errorsOf.set(current, [...(errorsOf.get(current) ?? []), line]);
  }
  return errorsOf;
}

/**
 * @param {string} line such as `electron/main.ts(3,1): error TS2304: …`
 * @param {string[]} projects
 */
function projectOf(line, projects) {
  const file = /^(.+?)\(\d+,\d+\): error/.exec(line)?.[1];
  if (file === undefined) return 'configuration';
  if (file === 'electron/preload.ts')
    return projects.find((project) => project.includes('preload')) ?? 'electron';
  const folder = file.split('/')[0] ?? '';
  // Configuration files of the root are part of the build project.
  return projects.includes(folder) ? folder : 'build';
}
