import path from 'node:path';
import { buildIfStale } from '../bundle/build.mjs';
import { outFolder } from '../shared/paths.mjs';
import { prepareForNode } from '../prepare/prepare.mjs';
import { exitWithError } from '../shared/progress.mjs';
import { runChild } from '../shared/run-child.mjs';

/** `npm run -s heron -- ARGS`: Heron without a window, in plain Node. stdout is the program's alone. */
async function heron() {
  await prepareForNode();
  await buildIfStale(['node']);
  return runChild(process.execPath, [path.join(outFolder, 'cli', 'heron.js'), ...process.argv.slice(2)]);
}

process.exitCode = await heron().catch(exitWithError);
