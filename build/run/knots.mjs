import { circularFolders, folderViolations } from '../lint/folder-circles.mjs';
import { layers } from '../lint/folder-rules.mjs';
import { prepareDependencies } from '../prepare/dependencies.mjs';
import { rootFolder } from '../shared/paths.mjs';
import { exitWithError } from '../shared/progress.mjs';

/** `npm run knots`: for each layer, how many of its folders import each other in a circle. Fails when there are any. */
async function knots() {
  await prepareDependencies();
  const found = circularFolders(await folderViolations(rootFolder, [...layers, 'build']), [
    ...layers,
    'build',
  ]);
  for (const { layer, folders } of found) console.log([`${layer}: ${folders.length}`, ...folders].join('  '));
  return found.some(({ folders }) => folders.length > 0) ? 1 : 0;
}

process.exitCode = await knots().catch(exitWithError);
