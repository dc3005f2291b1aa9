import { spawnSync } from 'node:child_process';
import { prepareForNode } from '../prepare/prepare.mjs';
import { rootFolder } from '../shared/paths.mjs';
import { PreparationError, exitWithError } from '../shared/progress.mjs';
import { checkLint, checkTypes } from './checks/static.mjs';
import { runVitest } from './checks/tests.mjs';
import { countsInWords, sumOf } from './checks/tool.mjs';

/**
 * `npm run check [-- SINCE]`: types, cached lint, and the unit tests that reach a file changed since SINCE (a commit or a
 * branch; without one, uncommitted changes). For the minute between two edits: `npm test` is what counts.
 */
async function check() {
  const startedAt = performance.now();
  const [since] = process.argv.slice(2);
  if (since !== undefined) assertCommit(since);
  await prepareForNode();
  const still = await Promise.all([checkTypes(), checkLint({ cached: true })]);
  const tests = await runVitest(
    ['unit'],
    [`--changed${since === undefined ? '' : `=${since}`}`, '--passWithNoTests'],
  );
  const total = sumOf([...still, tests]);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${countsInWords(total)} (${seconds} s)`);
  return total.failed > 0 ? 1 : 0;
}

/** @param {string} since */
function assertCommit(since) {
  const { status } = spawnSync('git', ['rev-parse', '--verify', '--quiet', `${since}^{commit}`], {
    cwd: rootFolder,
  });
  if (status !== 0) {
    throw new PreparationError(`There is no commit "${since}".`, 'npm run check, or npm run check -- main');
  }
}

process.exitCode = await check().catch(exitWithError);
