import { checkLint } from './checks/static.mjs';
import { prepareDependencies } from '../prepare/dependencies.mjs';
import { exitWithError } from '../shared/progress.mjs';

/** `npm run lint [-- --cache]`: ESLint, import rules and formatting of the whole checkout. */
async function lint() {
  await prepareDependencies();
  const { failed } = await checkLint({ cached: process.argv.includes('--cache') });
  return failed > 0 ? 1 : 0;
}

process.exitCode = await lint().catch(exitWithError);
