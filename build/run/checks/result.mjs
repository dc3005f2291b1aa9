/**
 * What one part of the test run found.
 * @typedef {object} CheckResult
 * @property {string} part such as `types` or `unit`
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {{ name: string, detail: string }[]} failures one for each failed check, to be read by people
 */

/**
 * A part that could not be run at all counts as one failure.
 * @param {string} part
 * @param {string} detail
 * @returns {CheckResult}
 */
export function brokenPart(part, detail) {
  return { part, passed: 0, failed: 1, skipped: 0, failures: [{ name: `${part} could not run`, detail }] };
}

/**
 * @param {number} passed
 * @param {number} failed
 * @param {number} skipped
 * @returns {string} such as `12 passed, 0 failed`; skipped is named only where there is any
 */
export function countsInWords(passed, failed, skipped) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * Prints a part's counts and, readably, every failure.
 * @param {CheckResult} result
 * @param {number} durationMs
 */
export function printResult(result, durationMs) {
  for (const { name, detail } of result.failures) {
    console.log(`\n✗ ${result.part}: ${name}`);
    console.log(detail.trimEnd().replace(/^/gm, '    '));
  }
  const mark = result.failed > 0 ? '✗' : '✓';
  const counts = countsInWords(result.passed, result.failed, result.skipped);
  console.log(`${mark} ${result.part}: ${counts} (${(durationMs / 1000).toFixed(1)} s)`);
}

/**
 * Runs the checks of one command (`npm run lint`, `npm run types`), prints them and sets the exit code.
 * @param {() => Promise<CheckResult>} check
 */
export async function runAsCommand(check) {
  const startedAt = performance.now();
  const result = await check();
  printResult(result, performance.now() - startedAt);
  process.exitCode = result.failed > 0 ? 1 : 0;
}
