import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { buildIfStale, bundle } from '../bundle/build.mjs';
import { singleFileConfig } from '../bundle/bundler.mjs';
import { packageForTest } from '../package/test-package.mjs';
import { hasDisplay, withDisplay } from './display.mjs';
import { electronEnvironment } from './electron-launch.mjs';
import { nodeFlags } from './node-flags.mjs';
import { outFolder, rootFolder } from '../shared/paths.mjs';
import { prepareForElectron, prepareForNode, prepareForTests } from '../prepare/prepare.mjs';
import { PreparationError, exitWithError } from '../shared/progress.mjs';
import { runChild } from '../shared/run-child.mjs';

const benchFolder = path.join(rootFolder, 'test', 'bench');
/** Those that drive the real app. */
const inWindow = new Set(['alerts', 'app', 'scale', 'soak', 'timeline', 'ui']);
/** Those that drive the app as users get it. */
const packaged = new Set(['app', 'soak']);
/** Benchmarks with an app entry of their own, by the folder of that app.ts: the app with the network replaced. */
const ownApps = new Map([
  ['scale', 'ui'],
  ['ui', 'ui'],
]);

/** `npm run -s bench -- NAME [ARGS]`: bundles test/bench/NAME.ts as the app is bundled and runs it in plain Node, some with a display and the app. */
async function bench() {
  const [name, ...args] = process.argv.slice(2);
  const names = benchNames();
  if (name === undefined || !names.includes(name)) {
    throw new PreparationError(
      name === undefined ? 'Which benchmark?' : `There is no benchmark "${name}".`,
      names.length > 0 ? `npm run -s bench -- ${names.join(' | ')}` : 'add one as test/bench/NAME.ts',
    );
  }
  await prepareForNode();
  await buildIfStale(['node']);
  // One folder below out/, as everything that starts a worker from ../workers.
  const folder = path.join(outFolder, 'bench');
  await bundle(singleFileConfig(name, path.join('test', 'bench', `${name}.ts`), folder));
  const appFolder = ownApps.get(name);
  if (appFolder !== undefined)
    await bundle(singleFileConfig(`${name}-app`, path.join('test', 'bench', appFolder, 'app.ts'), folder));
  const flags = name === 'terminal' ? nodeFlags('wall') : [];
  const run = (/** @type {NodeJS.ProcessEnv} */ env) =>
    runChild(process.execPath, ['--expose-gc', ...flags, path.join(folder, `${name}.js`), ...args], { env });
  if (!inWindow.has(name)) return run({});
  const runtime = await prepareForElectron();
  await prepareForTests({ display: !hasDisplay() });
  await buildIfStale(['preload', 'renderer']);
  const app = packaged.has(name) ? { HERON_PACKAGED_APP: await packageForTest(runtime) } : {};
  return withDisplay((display) => run({ ...electronEnvironment(runtime), ...app, ...display }));
}

function benchNames() {
  if (!existsSync(benchFolder)) return [];
  return readdirSync(benchFolder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length));
}

process.exitCode = await bench().catch(exitWithError);
