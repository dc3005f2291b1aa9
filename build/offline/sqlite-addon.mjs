import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { rootFolder } from '../shared/paths.mjs';
import { lastLines, runCommand } from '../shared/run-command.mjs';
import { cachedFolder, inTemporaryFolder } from '../shared/cache.mjs';
import { compilerArguments, prepareCompiler } from './compiler.mjs';
import { PreparationError, withProgress } from '../shared/progress.mjs';

/**
 * better-sqlite3 brings binaries made for Node-API 10. An older runtime loads them and then crashes, so for such a
 * runtime the addon is compiled once against the functions it does have. The result serves newer runtimes too.
 */
const prebuiltNodeApi = 10;
const flags = '-UNAPI_VERSION -DNAPI_EXPERIMENTAL -DNODE_API_EXPERIMENTAL_NO_WARNING -fno-lto';

const packageFolder = path.join(rootFolder, 'node_modules', 'better-sqlite3');
const addonFile = 'better_sqlite3.node';
// better-sqlite3 looks here before it looks at its prebuilt binaries.
const installFolder = path.join(packageFolder, 'build', 'Release');
const stamp = path.join(installFolder, 'heron-key');

/**
 * @param {number[]} nodeApiVersions of the runtimes that will load the addon
 */
export async function prepareSqliteAddon(nodeApiVersions) {
  if (nodeApiVersions.every((version) => version >= prebuiltNodeApi)) return;
  const key = addonKey();
  if (
    existsSync(stamp) &&
    existsSync(path.join(installFolder, addonFile)) &&
    readFileSync(stamp, 'utf8') === key
  )
    return;
  const folder = await cachedFolder(key, async (target) => {
    await prepareCompiler();
    await withProgress('SQLite addon: compiling for this Node, about a minute', () => compileInto(target));
  });
  install(path.join(folder, addonFile), key);
}

/** @returns {string} everything the binary depends on, as a name for its folder in the cache */
function addonKey() {
  const { version } = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8'));
  const node = `node${process.versions.modules}-${process.platform}-${process.arch}-${cLibrary()}`;
  return `better-sqlite3-${version}-${node}-${createHash('sha256').update(flags).digest('hex').slice(0, 8)}`;
}

function cLibrary() {
  if (process.platform !== 'linux') return 'system';
  const header = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (process.report.getReport())
    .header;
  return header?.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}

/**
 * Compiles in a copy, so that a failure leaves the installed package as it was.
 * @param {string} target
 */
async function compileInto(target) {
  await inTemporaryFolder(async (draft) => {
    const source = path.join(draft, 'better-sqlite3');
    cpSync(packageFolder, source, {
      recursive: true,
      filter: (file) => !['prebuilds', 'build'].includes(path.relative(packageFolder, file)),
    });
    const script = path.join(rootFolder, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
    const run = await runCommand(
      process.execPath,
      [script, 'rebuild', '--release', '--force_build=1', '--jobs=max', ...compilerArguments()],
      { cwd: source, env: { CXXFLAGS: flags, NODE_PATH: path.join(rootFolder, 'node_modules') } },
    );
    if (run.code !== 0) throw compileError(lastLines(run, 20));
    const addon = path.join(source, 'build', 'Release', addonFile);
    await tryOut(source);
    copyFileSync(addon, path.join(target, addonFile));
  });
}

/**
 * A wrong binary crashes the process that loads it: let that be another one than ours.
 * @param {string} source
 */
async function tryOut(source) {
  const program = `const db = new (require(${JSON.stringify(source)}))(':memory:'); db.prepare('select 1').get(); db.close();`;
  const run = await runCommand(process.execPath, ['-e', program], {
    env: { NODE_PATH: path.join(rootFolder, 'node_modules') },
  });
  if (run.code !== 0) throw compileError(`The compiled addon does not run.\n${lastLines(run)}`);
}

/** @param {string} detail */
function compileError(detail) {
  return new PreparationError(
    `better-sqlite3 could not be compiled for Node ${process.versions.node}.`,
    'see the lines above; or use Node 22.14 or newer, which needs no compiling.',
    detail,
  );
}

/**
 * The rename is atomic: a process that has the old binary loaded keeps it.
 * @param {string} addon
 * @param {string} key
 */
function install(addon, key) {
  mkdirSync(installFolder, { recursive: true });
  const draft = path.join(installFolder, `${addonFile}.${process.pid}`);
  copyFileSync(addon, draft);
  renameSync(draft, path.join(installFolder, addonFile));
  writeFileSync(stamp, key);
}
