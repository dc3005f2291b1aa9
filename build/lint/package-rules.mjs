import { builtinModules } from 'node:module';
import { electronRules } from './electron-rules.mjs';

/**
 * Which packages a layer may import, as ESLint configuration; a dynamic `import()` counts as well. Which folders it may
 * import is dependency-cruiser's (folder-rules.mjs).
 */

/** @typedef {{ regex: string, message: string }} PackageBan */

const builtins = builtinModules.filter((name) => !name.startsWith('_')).map((name) => name.split('/')[0]);

/** @type {Record<'electron' | 'sqlite' | 'node' | 'domainOnly' | 'network', PackageBan>} */
const ban = {
  electron: {
    regex: '^electron(/(main|common|renderer))?$',
    message: "Only electron/ may import 'electron': everything else also runs in plain Node.",
  },
  sqlite: { regex: '^better-sqlite3(/|$)', message: 'SQL lives in db/ only.' },
  node: {
    regex: `^(node:|(${[...new Set(builtins)].join('|')})(/|$))`,
    message: 'No Node here: this code also runs where there is none.',
  },
  domainOnly: {
    regex: '^(?!\\.{1,2}(/|$)|(zod|jsonc-parser|luxon|ipaddr\\.js|string-width)(/|$))',
    message: 'The domain imports nothing but itself, zod, jsonc-parser, luxon, ipaddr.js and string-width.',
  },
  network: {
    regex: '^(undici|electron-log)(/|$)',
    message: 'The renderer has no access to network, files or log: ask the main process.',
  },
};

/**
 * @param {string} name
 * @param {string[]} files
 * @param {PackageBan[]} bans
 * @param {string[]} [ignores]
 * @param {{ selector: string, message: string }[]} [syntax] other syntax that is refused
 * @returns {import('eslint').Linter.Config}
 */
function bansIn(name, files, bans, ignores = [], syntax = []) {
  return {
    name: `heron/packages/${name}`,
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
        ...syntax,
      ],
    },
  };
}

/** The domain takes the time as an argument. */
const clocks = [
  "CallExpression[callee.object.name=/^(Date|performance)$/][callee.property.name='now']",
  "NewExpression[callee.name='Date'][arguments.length=0]",
].map((selector) => ({ selector, message: 'No clock here: take the time as an argument.' }));

/** @type {import('eslint').Linter.Config[]} */
export const packageRules = [
  bansIn('domain', ['domain/**/*.ts'], [ban.domainOnly], [], clocks),
  bansIn('db', ['db/**/*.ts'], [ban.electron]),
  bansIn('plain-node', ['{monitor,cli,demo}/**/*.ts'], [ban.electron, ban.sqlite]),
  bansIn('electron', ['electron/**/*.ts'], [ban.sqlite], ['electron/preload.ts'], electronRules),
  bansIn('preload', ['electron/preload.ts'], [ban.sqlite, ban.node, ban.network]),
  bansIn('renderer', ['renderer/**/*.{ts,vue}'], [ban.electron, ban.sqlite, ban.node, ban.network]),
];
