import { builtinModules } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The import rules of the house, as ESLint configuration: domain <- db <- electron, domain <- renderer.
 * Folders are kept apart by `no-restricted-paths` (which resolves the import), packages by
 * `no-restricted-imports` (which reads its text); a dynamic `import()` is held to the same package rules.
 */
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** @typedef {{ regex: string, message: string }} PackageBan */

const builtins = builtinModules.filter((name) => !name.startsWith('_')).map((name) => name.split('/')[0]);

/** @type {Record<'electron' | 'sqlite' | 'node' | 'domainOnly' | 'network', PackageBan>} */
const ban = {
  electron: {
    regex: '^electron(/(main|common|renderer))?$',
    message: "Only electron/app/** and electron/preload.ts may import 'electron'.",
  },
  sqlite: { regex: '^better-sqlite3(/|$)', message: 'SQL lives in db/ only.' },
  node: {
    regex: `^(node:|(${[...new Set(builtins)].join('|')})(/|$))`,
    message: 'No Node here: this code also runs where there is none.',
  },
  domainOnly: {
    regex: '^(?!\\.{1,2}(/|$)|zod(/|$))',
    message: 'The domain imports nothing but itself and zod.',
  },
  network: {
    regex: '^(net-snmp|undici|electron-log)(/|$)',
    message: 'The renderer has no network, no files and no log of its own: ask the main process.',
  },
};

/**
 * @param {string} name
 * @param {string[]} files
 * @param {PackageBan[]} bans
 * @param {string[]} [ignores]
 * @returns {import('eslint').Linter.Config}
 */
function packageRules(name, files, bans, ignores = []) {
  return {
    name: `heron/layers/${name}`,
    files,
    ignores,
    rules: {
      'no-restricted-imports': ['error', { patterns: bans }],
      'no-restricted-syntax': [
        'error',
        ...bans.map(({ regex, message }) => ({
          selector: `ImportExpression > Literal[value=/${regex.replaceAll('/', '\\/')}/]`,
          message,
        })),
      ],
    },
  };
}

const zones = [
  {
    target: './domain',
    from: './',
    except: ['./domain', './node_modules/zod'],
    message: 'The domain imports nothing but itself and zod.',
  },
  {
    target: './db',
    from: ['./electron', './renderer', './build', './test'],
    message: 'db stands on the domain only.',
  },
  {
    target: './electron',
    from: ['./renderer', './build', './test'],
    message: 'electron stands on domain and db only.',
  },
  {
    target: './renderer',
    from: ['./db', './electron', './build', './test'],
    message: 'The renderer stands on the domain only; everything else comes over IPC.',
  },
  {
    target: ['./domain/**', './db/**', './renderer/**', './electron/*', './electron/!(demo|cli)/**'],
    from: './electron/demo',
    message: 'The demo fleet is reached over the network only; electron/cli alone starts it.',
  },
  {
    target: ['./db/**', './electron/!(app)/**'],
    from: './electron/app',
    message: 'Only electron/app knows Electron: what it imports must also run in plain Node.',
  },
];

/** @type {import('eslint').Linter.Config[]} */
export const layerRules = [
  {
    name: 'heron/layers/folders',
    files: ['{domain,db,electron,renderer}/**/*.{ts,vue}'],
    rules: { 'import-x/no-restricted-paths': ['error', { basePath: root, zones }] },
  },
  packageRules('domain', ['domain/**/*.ts'], [ban.domainOnly]),
  packageRules('db', ['db/**/*.ts'], [ban.electron]),
  packageRules(
    'electron',
    ['electron/**/*.ts'],
    [ban.electron, ban.sqlite],
    ['electron/app/**', 'electron/preload.ts'],
  ),
  packageRules('app', ['electron/app/**/*.ts'], [ban.sqlite]),
  packageRules('preload', ['electron/preload.ts'], [ban.sqlite, ban.node, ban.network]),
  packageRules('renderer', ['renderer/**/*.{ts,vue}'], [ban.electron, ban.sqlite, ban.node, ban.network]),
];
