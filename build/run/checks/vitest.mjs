import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { rootFolder, stateFolder } from '../../shared/paths.mjs';
import { lastWords, runPackageScript } from '../../shared/run-command.mjs';
import { brokenPart } from './result.mjs';

/** @typedef {import('./result.mjs').CheckResult} CheckResult */
/**
 * The part of vitest's JSON report that is read here.
 * @typedef {object} VitestReport
 * @property {{ name: string, status: string, message?: string, assertionResults: {
 *   fullName: string, status: string, failureMessages?: string[] }[] }[]} testResults
 */

/**
 * @param {'unit' | 'integration'} project
 * @param {string[]} filters of file names, as vitest takes them
 * @returns {Promise<CheckResult>}
 */
export async function runVitest(project, filters) {
  const report = path.join(stateFolder, `vitest-${project}.json`);
  mkdirSync(stateFolder, { recursive: true });
  rmSync(report, { force: true });
  const run = await runPackageScript(
    'vitest/vitest.mjs',
    [
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...filters,
    ],
    { echo: true },
  );
  if (!existsSync(report)) return brokenPart(project, lastWords(run, 30));
  const result = readVitestReport(project, JSON.parse(readFileSync(report, 'utf8')));
  // An error outside any test, such as a rejection nobody handled, fails the run and is in no test's result.
  return run.code !== 0 && result.failed === 0 ? brokenPart(project, lastWords(run, 30)) : result;
}

/**
 * @param {string} part
 * @param {VitestReport} report
 * @returns {CheckResult} a file that could not be loaded counts as one failure
 */
export function readVitestReport(part, report) {
  /** @type {CheckResult} */
  const result = { part, passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const file of report.testResults) {
    const name = file.name.replace(`${rootFolder}/`, '');
    if (file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed')) {
      result.failed += 1;
      result.failures.push({ name, detail: file.message ?? 'The file could not be loaded.' });
    }
    for (const test of file.assertionResults) {
      if (test.status === 'passed') result.passed += 1;
      else if (test.status !== 'failed') result.skipped += 1;
      else {
        result.failed += 1;
        result.failures.push({
          name: `${name} > ${test.fullName}`,
          detail: (test.failureMessages ?? []).join('\n'),
        });
      }
    }
  }
  return result;
}
