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
import { cachedFolder, inTemporaryFolder } from '../shared/cache.mjs';
import { dependenciesAreCurrent, lockedPackage } from '../shared/locked-packages.mjs';
import { fetchPackage, nodeGypOfNpm } from '../shared/npm.mjs';
import { lastLines, runCommand } from '../shared/run-command.mjs';
import { compilerArguments, prepareCompiler } from './compiler.mjs';
import { PreparationError, withProgress } from '../shared/progress.mjs';

/**
 * better-sqlite3 brings binaries made for Node-API 10. An older runtime loads them and then crashes, so for such a
 * runtime the addon is compiled once against the functions it does have. The result serves newer runtimes too.
 */
const prebuiltNodeApi = 10;

/**
 * In place of the package's own binding.gyp, which compiles SQLite first and the addon after it: as one target they are compiled side
 * by side. With -O2 SQLite is compiled in two thirds of the time that the package's -O3 takes.
 */
const gyp = {
  includes: ['deps/common.gypi'],
  target_defaults: { configurations: { Release: { 'cflags!': ['-O3'], cflags: ['-O2'] } } },
  targets: [
    {
      target_name: 'better_sqlite3',
      includes: ['deps/defines.gypi'],
      sources: ['src/better_sqlite3.cpp', 'deps/sqlite3/sqlite3.c'],
      include_dirs: ['deps/sqlite3', '<!@(node -p "require(\'node-addon-api\').include")'],
      defines: [
        'NAPI_EXPERIMENTAL',
        'NODE_API_EXPERIMENTAL_NO_WARNING',
        'NAPI_DISABLE_CPP_EXCEPTIONS',
        'NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
      ],
      cflags: ['-w'],
      cflags_cc: ['-std=c++20', '-fvisibility=hidden', '-fvisibility-inlines-hidden'],
      xcode_settings: { OTHER_CPLUSPLUSFLAGS: ['-std=c++20', '-stdlib=libc++'] },
      msvs_settings: { VCCLCompilerTool: { AdditionalOptions: ['/std:c++20'] } },
      conditions: [['OS=="linux"', { ldflags: ['-Wl,-Bsymbolic'], libraries: ['-ldl'] }]],
    },
  ],
};

const packageFolder = path.join(rootFolder, 'node_modules', 'better-sqlite3');
const addonFile = 'better_sqlite3.node';
// better-sqlite3 looks here before it looks at its prebuilt binaries.
const installFolder = path.join(packageFolder, 'build', 'Release');
const stamp = path.join(installFolder, 'heron-key');

/**
 * Compiling begins at once: where the dependencies are not installed yet, with sources that are fetched for it.
 * @param {number[]} nodeApiVersions of the runtimes that will load the addon
 * @param {Promise<void>} dependencies pending while they are being installed
 */
export async function prepareSqliteAddon(nodeApiVersions, dependencies) {
  if (nodeApiVersions.every((version) => version >= prebuiltNodeApi)) return;
  const key = addonKey();
  if (
    existsSync(stamp) &&
    existsSync(path.join(installFolder, addonFile)) &&
    readFileSync(stamp, 'utf8') === key
  )
    return dependencies;
  const folder = await cachedFolder(key, async (target) => {
    await prepareCompiler();
    const installedGyp = path.join(rootFolder, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
    const gypOfNpm = dependenciesAreCurrent() ? undefined : nodeGypOfNpm();
    if (gypOfNpm === undefined) await dependencies;
    await withProgress('SQLite addon: compiling for this Node, about a minute', () =>
      compileInto(target, gypOfNpm ?? installedGyp),
    );
  });
  await dependencies;
  install(path.join(folder, addonFile), key);
}

/** @returns {string} everything the binary depends on, as a name for its folder in the cache */
function addonKey() {
  const { version } = lockedPackage('better-sqlite3');
  const node = `node${process.versions.modules}-${process.platform}-${process.arch}-${cLibrary()}`;
  const recipe = createHash('sha256').update(JSON.stringify(gyp)).digest('hex').slice(0, 8);
  return `better-sqlite3-${version}-${node}-${recipe}`;
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
 * @param {string} nodeGyp
 */
async function compileInto(target, nodeGyp) {
  await inTemporaryFolder(async (draft) => {
    const packages = path.join(draft, 'node_modules');
    await copySources(draft, packages);
    const source = path.join(packages, 'better-sqlite3');
    writeFileSync(path.join(source, 'binding.gyp'), JSON.stringify(gyp));
    const run = await runCommand(
      process.execPath,
      [nodeGyp, 'rebuild', '--release', '--jobs=max', ...compilerArguments()],
      { cwd: source },
    );
    if (run.code !== 0) throw compileError(lastLines(run, 20));
    const addon = path.join(source, 'build', 'Release', addonFile);
    await tryOut(source);
    copyFileSync(addon, path.join(target, addonFile));
  });
}

/**
 * better-sqlite3 and what it compiles with: the installed ones, or as package-lock.json has them.
 * @param {string} draft for the archives
 * @param {string} packages
 */
async function copySources(draft, packages) {
  const isInstalled = dependenciesAreCurrent();
  await Promise.all(
    ['better-sqlite3', 'node-addon-api'].map(async (name) => {
      const target = path.join(packages, name);
      mkdirSync(target, { recursive: true });
      if (isInstalled) return copyInstalled(path.join(rootFolder, 'node_modules', name), target);
      const { version = '', integrity } = lockedPackage(name);
      const archive = await fetchPackage(name, version, integrity, draft);
      const run = await runCommand('tar', ['-xzf', archive, '-C', target, '--strip-components=1']);
      if (run.code !== 0) throw compileError(lastLines(run));
    }),
  );
}

/**
 * @param {string} installed
 * @param {string} target
 */
function copyInstalled(installed, target) {
  const filter = (/** @type {string} */ file) =>
    !['prebuilds', 'build'].includes(path.relative(installed, file));
  cpSync(installed, target, { recursive: true, filter });
}

/**
 * A wrong binary crashes the process that loads it: let that be another one than ours.
 * @param {string} source
 */
async function tryOut(source) {
  const program = `const db = new (require(${JSON.stringify(source)}))(':memory:'); db.prepare('select 1').get(); db.close();`;
  const run = await runCommand(process.execPath, ['-e', program]);
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
 * Renames are atomic: a process that has the old binary loaded keeps it, and so does a checkout that shares the file by a hard link.
 * @param {string} addon
 * @param {string} key
 */
function install(addon, key) {
  mkdirSync(installFolder, { recursive: true });
  const draft = path.join(installFolder, `draft.${process.pid}`);
  copyFileSync(addon, draft);
  renameSync(draft, path.join(installFolder, addonFile));
  writeFileSync(draft, key);
  renameSync(draft, stamp);
}
