import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { stateFolder } from '../../shared/paths.mjs';
import { lastWords, runPackageScript } from '../../shared/run-command.mjs';
import { brokenPart } from './result.mjs';

/** @typedef {import('./result.mjs').CheckResult} CheckResult */
/**
 * The part of Playwright's JSON report that is read here.
 * @typedef {{ title: string, file?: string, specs?: PlaywrightSpec[], suites?: PlaywrightSuite[] }} PlaywrightSuite
 * @typedef {{ title: string, file: string, line: number, tests: {
 *   projectName: string, status: string, results: { errors?: { message?: string }[] }[] }[] }} PlaywrightSpec
 * @typedef {{ suites: PlaywrightSuite[], errors?: { message?: string }[] }} PlaywrightReport
 */

/**
 * Runs the end-to-end tests in real Electron.
 * @param {NodeJS.ProcessEnv} env the display and the runtime
 * @param {string[]} args passed on to Playwright, such as `--project=dev`
 * @returns {Promise<CheckResult>}
 */
export async function runPlaywright(env, args) {
  const report = path.join(stateFolder, 'playwright.json');
  mkdirSync(stateFolder, { recursive: true });
  rmSync(report, { force: true });
  const run = await runPackageScript('@playwright/test/cli.js', ['test', '--reporter=list,json', ...args], {
    echo: true,
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  if (!existsSync(report)) return brokenPart('e2e', lastWords(run, 30));
  const result = readPlaywrightReport(JSON.parse(readFileSync(report, 'utf8')));
  return run.code !== 0 && result.failed === 0 ? brokenPart('e2e', lastWords(run, 30)) : result;
}

/**
 * @param {PlaywrightReport} report
 * @returns {CheckResult} a test that passed only when repeated counts as failed; an error outside the tests as one failure
 */
export function readPlaywrightReport(report) {
  /** @type {CheckResult} */
  const result = { part: 'e2e', passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const error of report.errors ?? []) {
    result.failed += 1;
    result.failures.push({ name: 'outside the tests', detail: error.message ?? 'no message' });
  }
  for (const { spec, titles } of report.suites.flatMap((suite) => specsOf(suite, []))) {
    for (const test of spec.tests) {
      if (test.status === 'expected') result.passed += 1;
      else if (test.status === 'skipped') result.skipped += 1;
      else {
        result.failed += 1;
        const name = `[${test.projectName}] ${spec.file}:${spec.line} ${[...titles, spec.title].join(' > ')}`;
        const messages = test.results.flatMap((run) =>
          (run.errors ?? []).map((error) => error.message ?? ''),
        );
        result.failures.push({ name, detail: messages.join('\n') || test.status });
      }
    }
  }
  return result;
}

/**
 * @param {PlaywrightSuite} suite
 * @param {string[]} titles of the suites around it
 * @returns {{ spec: PlaywrightSpec, titles: string[] }[]}
 */
function specsOf(suite, titles) {
  // The outermost suite is the file, which a spec names itself.
  const inner = suite.title === suite.file ? titles : [...titles, suite.title];
  return [
    ...(suite.specs ?? []).map((spec) => ({ spec, titles: inner })),
    ...(suite.suites ?? []).flatMap((child) => specsOf(child, inner)),
  ];
}
