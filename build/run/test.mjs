import { buildIfStale } from '../bundle/build.mjs';
import { checkLint } from './checks/lint.mjs';
import { runPlaywright } from './checks/playwright.mjs';
import { brokenPart, countsInWords, printResult } from './checks/result.mjs';
import { checkTypes } from './checks/types.mjs';
import { runVitest } from './checks/vitest.mjs';
import { hasDisplay, withDisplay } from './display.mjs';
import { electronEnvironment } from './electron-launch.mjs';
import { packageForTest } from '../package/test-package.mjs';
import { prepareForElectron, prepareForNode, prepareForTests } from '../prepare/prepare.mjs';
import { PreparationError, giveUp } from '../shared/progress.mjs';

/** @typedef {import('./checks/result.mjs').CheckResult} CheckResult */

/** @type {Record<string, (args: string[]) => Promise<CheckResult>>} */
const parts = {
  types: checkTypes,
  lint: checkLint,
  unit: (args) => runVitest('unit', args),
  integration: runIntegration,
  e2e: runEndToEnd,
};

/** One after another; the two that only read, side by side. */
const order = [['types', 'lint'], ['unit'], ['integration'], ['e2e']];

/**
 * `npm test [-- PART [ARGS]]`: prepares, runs all parts (or the one named) and ends with one line of counts. ARGS go to
 * the part's own tool: file names for vitest, anything Playwright takes for e2e.
 */
async function test() {
  const [chosen, ...args] = process.argv.slice(2);
  if (chosen !== undefined && !(chosen in parts)) {
    throw new PreparationError(
      `There is no part "${chosen}".`,
      `npm test -- ${Object.keys(parts).join(' | ')}`,
    );
  }
  await prepareForNode();
  const results = [];
  for (const names of chosen === undefined ? order : [[chosen]]) {
    console.log(`\n── ${names.join(', ')} ──`);
    results.push(...(await Promise.all(names.map((name) => runPart(name, args)))));
  }
  return summarise(results);
}

/**
 * A part whose preparation fails counts as failed, and the others still run.
 * @param {string} name
 * @param {string[]} args
 */
async function runPart(name, args) {
  const startedAt = performance.now();
  const run = /** @type {(args: string[]) => Promise<CheckResult>} */ (parts[name]);
  const result = await run(args).catch((/** @type {unknown} */ error) => {
    if (!(error instanceof PreparationError)) throw error;
    return brokenPart(name, `${error.detail}\n${error.message}\nWhat to do: ${error.remedy}`.trim());
  });
  printResult(result, performance.now() - startedAt);
  return result;
}

/** @param {string[]} args */
async function runIntegration(args) {
  await prepareForTests({ agent: true, lab: true });
  return runVitest('integration', args);
}

/** @param {string[]} args */
async function runEndToEnd(args) {
  const runtime = await prepareForElectron();
  await prepareForTests({ display: !hasDisplay(), lab: true, printed: true });
  await buildIfStale(['node', 'preload', 'renderer']);
  const packagedApp = wantsPackaged(args) ? await packageForTest(runtime) : undefined;
  const env = { ...electronEnvironment(runtime), HERON_PACKAGED_APP: packagedApp };
  return withDisplay((display) => runPlaywright({ ...env, ...display }, args));
}

/**
 * @param {string[]} args Playwright's
 * @returns {boolean} whether the project that drives the packaged app is among those to run
 */
function wantsPackaged(args) {
  const text = args.join(' ');
  return !text.includes('--project') || /--project[= ]packaged/.test(text);
}

/**
 * @param {CheckResult[]} results
 * @returns {number} exit code
 */
function summarise(results) {
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
    results.reduce((total, result) => total + result[key], 0);
  const broken = results.filter((result) => result.failed > 0);
  console.log('');
  for (const result of broken) {
    for (const failure of result.failures) console.log(`✗ ${result.part}: ${failure.name}`);
  }
  console.log(countsInWords(sum('passed'), sum('failed'), sum('skipped')));
  return sum('failed') > 0 ? 1 : 0;
}

process.exitCode = await test().catch(giveUp);
