import { buildIfStale } from '../bundle/build.mjs';
import { prepareDependencies } from '../prepare/dependencies.mjs';
import { prepareForElectron, prepareForNode } from '../prepare/prepare.mjs';
import { exitWithError, report } from '../shared/progress.mjs';
import { checkInventoryArgument } from './check-inventory.mjs';

/** Run by `prepareApart`: prepares what is named and sends the Electron to run. The build waits for the dependencies alone. */
const [what, ...args] = process.argv.slice(2);

/** @returns {Promise<import('../prepare/electron-runtime.mjs').ElectronRuntime | null>} */
async function prepare() {
  if (what === 'command') {
    await Promise.all([prepareForNode(), prepareDependencies().then(() => buildIfStale(['node']))]);
    return null;
  }
  const startedAt = performance.now();
  const built = prepareDependencies().then(() => buildIfStale(['node', 'preload', 'renderer']));
  const [runtime] = await Promise.all([prepareForElectron(), built]);
  await checkInventoryArgument(args);
  report(`ready after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  return runtime;
}

const runtime = await prepare().catch(exitWithError);
process.send?.({ runtime }, () => process.exit(0));
