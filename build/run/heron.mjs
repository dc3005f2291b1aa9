import path from 'node:path';
import { outFolder } from '../shared/paths.mjs';
import { exitWithError } from '../shared/progress.mjs';
import { runChild } from '../shared/run-child.mjs';
import { nodeFlags } from './node-flags.mjs';
import { prepareApart } from './prepare-apart.mjs';

/** `npm run -s heron -- ARGS`: Heron without a window, in plain Node. stdout is the program's alone. */
async function heron() {
  await prepareApart('command');
  const args = process.argv.slice(2);
  return runChild(process.execPath, [
    ...nodeFlags(args[0]),
    path.join(outFolder, 'cli', 'heron.js'),
    ...args,
  ]);
}

process.exitCode = await heron().catch(exitWithError);
