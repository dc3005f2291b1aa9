import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildIfStale } from '../bundle/build.mjs';
import { prepareInstallation } from '../package/install-test-packages.mjs';
import { packageForTest } from '../package/test-package.mjs';
import { prepareForElectron, prepareForNode, prepareForTests } from '../prepare/prepare.mjs';
import { rootFolder } from '../shared/paths.mjs';
import { PreparationError, exitWithError, reportError } from '../shared/progress.mjs';
import { checkLint, checkTypes } from './checks/static.mjs';
import { runPlaywright, runVitest } from './checks/tests.mjs';
import { countsInWords, sumOf } from './checks/tool.mjs';
import { hasDisplay, withDisplay } from './display.mjs';
import { electronEnvironment } from './electron-launch.mjs';

/** @typedef {import('./checks/tool.mjs').Counts} Counts */

/** @type {Record<string, (args: string[]) => Promise<Counts>>} */
const parts = {
  types: checkTypes,
  // CI lints without the cache: a rule that knows types can find a new fault in a file that did not change.
  lint: (args) => checkLint({ cached: args.includes('--cache') || process.env['CI'] === undefined }),
  unit: (args) => runVitest(['unit'], args),
  integration: runIntegration,
  e2e: runEndToEnd,
  install: runInstallation,
};

/** One after another; the two that only read, side by side. */
const order = [['types', 'lint'], ['unit'], ['integration'], ['e2e']];
if (process.env['HERON_TEST_ALL'] !== undefined) order.push(['install']);

/**
 * `npm test [-- PART [ARGS]]`: prepares, runs all parts (or the one named) and ends with one line of counts. ARGS go to
 * the part's own tool: file names for vitest, anything Playwright takes for e2e. HERON_TEST_ALL=1 (`npm run test:all`)
 * adds what takes minutes.
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
    results.push(...(await Promise.all(names.map((name) => runPart(name, args)))));
  }
  return summarise(results);
}

/**
 * A part whose preparation fails counts as one failure, and the others still run.
 * @param {string} name
 * @param {string[]} args
 */
async function runPart(name, args) {
  const startedAt = performance.now();
  const run = /** @type {(args: string[]) => Promise<Counts>} */ (parts[name]);
  const counts = await run(args).catch((/** @type {unknown} */ error) => {
    if (!(error instanceof PreparationError)) throw error;
    reportError(error);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const line = `${counts.failed > 0 ? '✗' : '✓'} ${name}: ${countsInWords(counts)} (${seconds} s)`;
  console.log(line);
  return { ...counts, line };
}

/** @param {string[]} args */
async function runIntegration(args) {
  await prepareForTests({ agent: true, lab: true, terminal: true });
  return runVitest(['integration'], args);
}

/** @param {string[]} args */
async function runEndToEnd(args) {
  const runtime = await prepareForElectron();
  await prepareForTests({ display: !hasDisplay(), lab: true, printed: true, desktop: true });
  await buildIfStale(['node', 'preload', 'renderer']);
  const packagedApp = wantsPackaged(args) ? await packageForTest(runtime) : undefined;
  const env = { ...electronEnvironment(runtime), HERON_PACKAGED_APP: packagedApp };
  return withDisplay((display) => runPlaywright({ ...env, ...display }, args));
}

/** @param {string[]} args */
async function runInstallation(args) {
  const runtime = await prepareForElectron();
  await prepareForTests({ display: !hasDisplay() });
  await buildIfStale(['node', 'preload', 'renderer']);
  const { version } = JSON.parse(readFileSync(path.join(rootFolder, 'package.json'), 'utf8'));
  Object.assign(process.env, await prepareInstallation(runtime, version));
  return withDisplay((display) => {
    Object.assign(process.env, display);
    return runVitest(['install'], args);
  });
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
 * @param {(Counts & { line: string })[]} results
 * @returns {number} exit code
 */
function summarise(results) {
  const total = sumOf(results);
  console.log(['', ...results.map(({ line }) => line), countsInWords(total)].join('\n'));
  return total.failed > 0 ? 1 : 0;
}

process.exitCode = await test().catch(exitWithError);
