import path from 'node:path';
import { outFolder } from '../shared/paths.mjs';
import { exitWithError, report } from '../shared/progress.mjs';
import { runChild } from '../shared/run-child.mjs';
import { displayProblem } from './display.mjs';
import { electronArguments, electronEnvironment } from './electron-launch.mjs';
import { nodeFlags } from './node-flags.mjs';
import { prepareApart } from './prepare-apart.mjs';
import { wallArguments } from './wall-arguments.mjs';

/**
 * `npm start [-- ARGS]`: prepares, builds, opens the app. Without --inventory the app opens on the demo fleet. Without a display it does
 * the same, and shows the terminal wall instead of the window.
 */
async function start() {
  const args = process.argv.slice(2);
  const problem = displayProblem();
  const runtime = await prepareApart('app', args);
  if (problem !== undefined || runtime === null) {
    if (problem !== undefined)
      report(`${problem.what} Here is the terminal wall. For the window: ${problem.remedy}`);
    return runChild(process.execPath, [
      ...nodeFlags('wall'),
      path.join(outFolder, 'cli', 'heron.js'),
      ...wallArguments(args),
    ]);
  }
  return runChild(runtime.executable, electronArguments(args), { env: electronEnvironment(runtime) });
}

process.exitCode = await start().catch(exitWithError);
