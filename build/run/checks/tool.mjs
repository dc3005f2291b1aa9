import { runPackageScript } from '../../shared/run-command.mjs';

/**
 * What one part of the test run counted. What failed and why, its tool has printed.
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * Runs a tool that answers with its exit code alone, prints its output when it has ended, and counts it as one check.
 * @param {string} script path inside node_modules
 * @param {string[]} args
 * @returns {Promise<Counts>}
 */
export async function runTool(script, args) {
  const run = await runPackageScript(script, args, process.stdout.isTTY ? { env: { FORCE_COLOR: '1' } } : {});
  process.stdout.write(run.stdout);
  process.stderr.write(run.stderr);
  return run.code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/**
 * @param {Counts[]} all
 * @returns {Counts}
 */
export function sumOf(all) {
  const sum = (/** @type {keyof Counts} */ key) => all.reduce((total, counts) => total + counts[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/**
 * @param {Counts} counts
 * @returns {string} such as `12 passed, 0 failed`; skipped is named only where there is any
 */
export function countsInWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
