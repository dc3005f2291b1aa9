import { runTool, sumOf } from './tool.mjs';

/** @typedef {import('./tool.mjs').Counts} Counts */

const sourceFolders = ['domain', 'db', 'monitor', 'electron', 'cli', 'demo', 'renderer', 'build'];
// ESLint treats a path with a trailing slash as a folder; Prettier keeps its cache in a sibling folder.
const eslintCache = ['--cache', '--cache-strategy=content', '--cache-location=node_modules/.cache/eslint/'];

/**
 * Every TypeScript project of the root tsconfig.json, in one incremental run.
 * @returns {Promise<Counts>}
 */
export function checkTypes() {
  return runTool('vue-tsc/bin/vue-tsc.js', ['--build', ...(process.stdout.isTTY ? ['--pretty'] : [])]);
}

/**
 * ESLint, dependency-cruiser (which folder may import which) and Prettier: one check each. A warning is a failure.
 * @param {{ cached: boolean }} options `cached`: only files that changed. A rule that needs the types of another file may
 *   then miss what a change of that file broke.
 * @returns {Promise<Counts>}
 */
export async function checkLint({ cached }) {
  return sumOf(
    await Promise.all([
      runTool('eslint/bin/eslint.js', ['.', '--max-warnings', '0', ...(cached ? eslintCache : [])]),
      runTool('dependency-cruiser/bin/dependency-cruise.mjs', [
        '--config=build/lint/dependency-cruiser.config.mjs',
        '--output-type=err-long',
        ...sourceFolders,
      ]),
      runTool('prettier/bin/prettier.cjs', [
        '--check',
        '--log-level=warn',
        '.',
        ...(cached ? ['--cache', '--cache-strategy=content'] : []),
      ]),
    ]),
  );
}
