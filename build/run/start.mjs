import { buildIfStale } from '../bundle/build.mjs';
import { checkInventoryArgument } from './check-inventory.mjs';
import { displayProblem } from './display.mjs';
import { electronArguments, electronEnvironment } from './electron-launch.mjs';
import { prepareForElectron } from '../prepare/prepare.mjs';
import { PreparationError, report, exitWithError } from '../shared/progress.mjs';
import { runChild } from '../shared/run-child.mjs';

/** `npm start [-- ARGS]`: prepares, builds, opens the app. Without --inventory the app opens on the demo fleet. */
async function start() {
  const startedAt = performance.now();
  const problem = displayProblem();
  if (problem !== undefined) throw new PreparationError(problem.what, problem.remedy);
  const runtime = await prepareForElectron();
  await buildIfStale(['node', 'preload', 'renderer']);
  await checkInventoryArgument(process.argv.slice(2));
  report(`ready after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  const args = electronArguments(process.argv.slice(2));
  return runChild(runtime.executable, args, { env: electronEnvironment(runtime) });
}

process.exitCode = await start().catch(exitWithError);
