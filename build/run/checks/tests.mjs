import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { rootFolder, stateFolder } from '../../shared/paths.mjs';
import { runChild } from '../../shared/run-child.mjs';

/** @typedef {import('./tool.mjs').Counts} Counts */
/**
 * The part of vitest's JSON report that is read here.
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number }} VitestReport
 * The part of Playwright's JSON report that is read here.
 * @typedef {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number } }} PlaywrightReport
 */

/**
 * Runs vitest projects with its own reporter.
 * @param {string[]} projects
 * @param {string[]} args file names or other vitest arguments
 * @returns {Promise<Counts>}
 */
export async function runVitest(projects, args) {
  const report = emptyReport(`vitest-${projects.join('-')}.json`);
  const script = path.join(rootFolder, 'node_modules', 'vitest', 'vitest.mjs');
  const code = await runChild(process.execPath, [
    script,
    'run',
    ...projects.map((project) => `--project=${project}`),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...args,
  ]);
  return countsOf(report, code, vitestCounts);
}

/**
 * Runs the end-to-end tests in real Electron with Playwright's list.
 * @param {NodeJS.ProcessEnv} env the display and the runtime
 * @param {string[]} args such as `--project=dev`
 * @returns {Promise<Counts>}
 */
export async function runPlaywright(env, args) {
  const report = emptyReport('playwright.json');
  const script = path.join(rootFolder, 'node_modules', '@playwright', 'test', 'cli.js');
  const code = await runChild(process.execPath, [script, 'test', '--reporter=list,json', ...args], {
    cwd: rootFolder,
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  return countsOf(report, code, playwrightCounts);
}

/** @param {string} name */
function emptyReport(name) {
  mkdirSync(stateFolder, { recursive: true });
  const file = path.join(stateFolder, name);
  rmSync(file, { force: true });
  return file;
}

/**
 * An error outside any test (a file that could not be loaded, an unhandled rejection) fails the run but no test: it counts
 * as one failure, and so does a run without a report.
 * @template R
 * @param {string} reportFile
 * @param {number} code the tool's exit code
 * @param {(report: R) => Counts} read
 * @returns {Counts}
 */
export function countsOf(reportFile, code, read) {
  if (!existsSync(reportFile)) return { passed: 0, failed: 1, skipped: 0 };
  const counts = read(JSON.parse(readFileSync(reportFile, 'utf8')));
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/**
 * @param {VitestReport} report
 * @returns {Counts}
 */
export function vitestCounts(report) {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * @param {PlaywrightReport} report
 * @returns {Counts} a test that passed only when repeated counts as failed
 */
export function playwrightCounts({ stats }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}
