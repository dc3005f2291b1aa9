import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { circularFolders, folderViolations } from '../../build/lint/folder-circles.mjs';
import { orderedParents, unorderedFolders } from '../../build/lint/folder-rules.mjs';

/**
 * The import rules of ARCHITECTURE.md: each case plants an import and sees it refused, or allowed, for a rule that refuses
 * everything would pass as well.
 */
const root = path.resolve(import.meta.dirname, '..', '..');
/** Style sheets, files that are served as they are, and a second entry of the app. */
const unlayered = new Set(['styles', 'public', 'development']);

/** The names of the folder rules that a tree of small files breaks; each file is listed with what it imports. */
async function brokenRules(tree: Record<string, readonly string[]>): Promise<string[]> {
  return [...new Set((await violationsOf(tree)).map(({ rule }) => rule.name))].sort();
}

async function violationsOf(tree: Record<string, readonly string[]>) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'heron-layers-'));
  try {
    const targets = Object.fromEntries(Object.values(tree).flatMap((list) => list.map((file) => [file, []])));
    for (const [file, imported] of Object.entries({ ...targets, ...tree })) {
      const lines = imported.map((target, index) => importOf(file, target, index));
      const text = [...lines, `export const planted = [${imported.map((_, index) => `p${index}`)}];`].join(
        '\n',
      );
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(
        path.join(folder, file),
        file.endsWith('.vue')
          ? `<script setup lang="ts">\n${text.replace('export ', '')}\n</script>\n`
          : text,
      );
    }
    return await folderViolations(folder, readdirSync(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function importOf(file: string, target: string, index: number): string {
  const relative = path.posix.relative(path.posix.dirname(file), target).replace(/\.ts$/, '');
  return `import * as p${index} from '${relative.startsWith('.') ? relative : `./${relative}`}';`;
}

describe('a layer that imports one above it', () => {
  it.each([
    ['domain/a.ts', 'db/b.ts', 'layer-domain'],
    ['domain/model/a.ts', 'monitor/poll/b.ts', 'layer-domain'],
    ['db/file/a.ts', 'monitor/poll/b.ts', 'layer-db'],
    ['db/file/a.ts', 'renderer/words/b.ts', 'layer-db'],
    ['monitor/poll/a.ts', 'electron/window/b.ts', 'layer-monitor'],
    ['monitor/poll/a.ts', 'demo/fleet/b.ts', 'layer-monitor'],
    ['monitor/poll/a.ts', 'cli/watch/b.ts', 'layer-monitor'],
    ['electron/window/a.ts', 'demo/fleet/b.ts', 'layer-electron'],
    ['electron/window/a.ts', 'cli/watch/b.ts', 'layer-electron'],
    ['electron/window/a.ts', 'renderer/words/b.ts', 'layer-electron'],
    ['cli/watch/a.ts', 'electron/window/b.ts', 'layer-cli'],
    ['demo/fleet/a.ts', 'monitor/snmp/b.ts', 'layer-demo'],
    ['renderer/words/a.ts', 'db/file/b.ts', 'layer-renderer'],
    ['renderer/ui/a.vue', 'electron/window/b.ts', 'layer-renderer'],
    ['domain/model/a.ts', 'build/run/b.ts', 'layer-domain'],
    ['renderer/views/a.vue', 'test/fixtures/b.ts', 'layer-renderer'],
  ])('%s -> %s breaks %s', async (from, to, rule) => {
    expect(await brokenRules({ [from]: [to] })).toContain(rule);
  });
});

describe('a folder that imports one above it in its layer', () => {
  it.each([
    ['domain/model/a.ts', 'domain/contract/b.ts', 'order-domain-model'],
    ['domain/traps/a.ts', 'domain/proof/b.ts', 'order-domain-traps'],
    ['electron/window/a.ts', 'electron/ipc/b.ts', 'order-electron-window'],
    ['cli/common/a.ts', 'cli/watch/b.ts', 'order-cli-common'],
    ['domain/cluster/observe/a.ts', 'domain/cluster/detect/b.ts', 'order-domain-cluster-observe'],
    ['domain/cluster/judge/a.ts', 'domain/cluster/b.ts', 'order-domain-cluster-judge'],
    ['db/codec/a.ts', 'db/file/b.ts', 'order-db-codec'],
    ['db/query/a.ts', 'db/compact/b.ts', 'order-db-query'],
    ['db/file/a.ts', 'db/open-history.ts', 'order-db-file'],
    ['monitor/snmp/a.ts', 'monitor/poll/b.ts', 'order-monitor-snmp'],
    ['renderer/words/a.ts', 'renderer/time/b.ts', 'order-renderer-words'],
    ['renderer/ui/marks/a.vue', 'renderer/views/wall/b.vue', 'order-renderer-ui'],
    ['renderer/views/wall/a.vue', 'renderer/shell/b.vue', 'order-renderer-views'],
    ['renderer/views/wall/a.vue', 'renderer/views/edges/b.vue', 'no-view-in-view'],
    ['renderer/views/wall/a.ts', 'renderer/views/edges/b.ts', 'no-view-in-view'],
  ])('%s -> %s breaks %s', async (from, to, rule) => {
    expect(await brokenRules({ [from]: [to] })).toEqual([rule]);
  });
});

describe('a folder of an ordered layer', () => {
  it.each(orderedParents)('in %s has its place in the order', (parent) => {
    const folders = readdirSync(path.join(root, parent), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !unlayered.has(entry.name))
      .map(({ name }) => name);
    expect(unorderedFolders(parent, folders)).toEqual([]);
  });
});

describe('a circle', () => {
  it.each(['domain', 'db', 'monitor', 'electron', 'cli', 'demo', 'renderer', 'build'])(
    'of folders is refused in %s',
    async (layer) => {
      const [a, b, c, d] = ['one/a', 'two/b', 'two/c', 'one/d'].map((name) => `${layer}/${name}.ts`) as [
        string,
        string,
        string,
        string,
      ];
      const violations = await violationsOf({ [a]: [b], [c]: [d] });
      expect([...new Set(violations.map(({ rule }) => rule.name))]).toEqual(['no-circular-folders']);
      expect(circularFolders(violations, [layer])).toEqual([
        { layer, folders: [`${layer}/one`, `${layer}/two`] },
      ]);
    },
  );

  it('of files is refused', async () => {
    const [a, b] = ['domain/model/a.ts', 'domain/model/b.ts'];
    expect(await brokenRules({ [a]: [b], [b]: [a] })).toEqual(['no-circular-files']);
  });

  it.each([
    ['domain/model/a.ts', 'domain/model/b.ts', []],
    ['domain/model/a.ts', 'domain/words/b.ts', ['no-circular-folders', 'order-domain-model']],
  ])('of types alone, %s and %s, breaks %j', async (a, b, rules) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'heron-layers-'));
    try {
      for (const [file, other] of [
        [a, b],
        [b, a],
      ] as const) {
        mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
        const target = path.posix.relative(path.posix.dirname(file), other).replace(/\.ts$/, '');
        const text = `import type { T as Other } from '${target.startsWith('.') ? target : `./${target}`}';\nexport type T = Other | 1;\n`;
        writeFileSync(path.join(folder, file), text);
      }
      const violations = await folderViolations(folder, ['domain']);
      expect([...new Set(violations.map(({ rule }) => rule.name))].sort()).toEqual(rules);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('what the folder rules allow', () => {
  it.each([
    ['domain/contract/a.ts', 'domain/model/b.ts'],
    ['db/file/a.ts', 'domain/model/b.ts'],
    ['db/open-history.ts', 'db/client/b.ts'],
    ['monitor/poll/a.ts', 'db/open-history.ts'],
    ['electron/window/a.ts', 'monitor/poll/b.ts'],
    ['cli/demo.ts', 'demo/running-demo.ts'],
    ['renderer/views/wall/a.vue', 'renderer/ui/marks/b.vue'],
    ['renderer/views/clusters/a.vue', 'renderer/views/clusters/columns/b.ts'],
    ['renderer/ui/marks/a.vue', 'domain/model/b.ts'],
  ])('%s -> %s', async (from, to) => {
    expect(await brokenRules({ [from]: [to] })).toEqual([]);
  });
});

// The rules that need types want the file on disk; the package rules do not. The one of Vue takes types where it can, and fails with CI set.
const eslint = new ESLint({
  cwd: root,
  overrideConfig: [tseslint.configs.disableTypeChecked, { rules: { 'vue/no-ref-as-operand': 'off' } }],
});

async function packageFindings(file: string, statement: string): Promise<string[]> {
  const code = file.endsWith('.vue')
    ? `<script setup lang="ts">\n${statement}\n</script>\n\n<template><p>planted</p></template>\n`
    : `${statement}\n`;
  const [result] = await eslint.lintText(code, { filePath: path.join(root, file) });
  if (result === undefined) throw new Error(`ESLint ignores ${file}`);
  const fatal = result.messages.find((message) => message.fatal);
  if (fatal) throw new Error(`${file} does not parse: ${fatal.message}`);
  return result.messages
    .map((message) => message.ruleId ?? '')
    .filter((id) => id.startsWith('no-restricted-'));
}

const importing = (target: string) => `import * as planted from '${target}';\nexport { planted };`;
const inVue = (target: string) => `import * as planted from '${target}';\nconsole.log(planted);`;

describe('a package that a layer may not import', () => {
  it.each([
    ['domain/planted.ts', 'vue'],
    ['domain/planted.ts', 'node:fs'],
    ['domain/planted.ts', 'fs'],
    ['domain/contract/planted.ts', 'electron'],
    ['db/planted.ts', 'electron'],
    ['monitor/poll/planted.ts', 'electron'],
    ['monitor/poll/planted.ts', 'better-sqlite3'],
    ['cli/planted.ts', 'electron'],
    ['demo/planted.ts', 'electron'],
    ['electron/window/planted.ts', 'better-sqlite3'],
    ['electron/preload.ts', 'node:fs'],
    ['renderer/planted.ts', 'electron'],
    ['renderer/planted.ts', 'node:fs'],
  ])('%s imports %s', async (file, target) => {
    expect(await packageFindings(file, importing(target))).not.toEqual([]);
  });

  it.each(['electron', 'node:fs', 'better-sqlite3', 'undici'])('a .vue file imports %s', async (target) => {
    expect(await packageFindings('renderer/views/clusters/planted.vue', inVue(target))).not.toEqual([]);
  });

  it('a dynamic import counts as one', async () => {
    const statement = `export const planted = import('node:fs');`;
    expect(await packageFindings('domain/planted.ts', statement)).not.toEqual([]);
  });

  it('a type counts as one', async () => {
    const statement = `import type { app } from 'electron';\nexport type Planted = typeof app;`;
    expect(await packageFindings('monitor/poll/planted.ts', statement)).not.toEqual([]);
  });
});

describe('a clock in the domain', () => {
  it.each(['Date.now()', 'new Date()', 'performance.now()'])('%s is refused', async (clock) => {
    expect(await packageFindings('domain/model/planted.ts', `export const planted = ${clock};`)).not.toEqual(
      [],
    );
  });

  it('a date of a given time is none', async () => {
    const statement = `export const planted = (ms: number) => new Date(ms).toISOString();`;
    expect(await packageFindings('domain/model/planted.ts', statement)).toEqual([]);
  });
});

describe('what weakens Electron', () => {
  it.each([
    `import { shell } from 'electron';\nvoid shell.openExternal('https://example.com');`,
    `import { shell } from 'electron';\nvoid shell['openExternal']('https://example.com');`,
    `import { shell } from 'electron';\nconst { openExternal: open } = shell;\nvoid open('https://example.com');`,
    `import * as electron from 'electron';\nvoid electron.shell.openPath('/tmp/planted');`,
    ...[
      'sandbox: false',
      'contextIsolation: false',
      'webSecurity: false',
      'nodeIntegration: true',
      'nodeIntegrationInSubFrames: true',
      'nodeIntegrationInWorker: true',
      'allowRunningInsecureContent: true',
      'experimentalFeatures: true',
      'webviewTag: true',
      "'webSecurity': false",
      "enableBlinkFeatures: 'Planted'",
      'allowpopups: true',
    ].map((option) => `export const planted = { webPreferences: { ${option} } };`),
    `export const planted = (window: Electron.BrowserWindow) => window.loadFile('index.html');`,
    `export const planted = (window: Electron.BrowserWindow) => window.loadURL('https://example.com');`,
    'export const planted = (window: Electron.BrowserWindow) => window.loadURL(`file://${__dirname}/x.html`);',
  ])('is refused: %s', async (statement) => {
    expect(await packageFindings('electron/window/planted.ts', statement)).not.toEqual([]);
  });

  it.each([
    `export const planted = { webPreferences: { sandbox: true, nodeIntegration: false } };`,
    'export const planted = (window: Electron.BrowserWindow, page: string) => window.loadURL(`heron-app://app${page}`);',
  ])('is not: %s', async (statement) => {
    expect(await packageFindings('electron/window/planted.ts', statement)).toEqual([]);
  });
});

describe('a page in a page', () => {
  it.each(['<webview src="/" allowpopups />', '<iframe src="/" />', '<object data="/" />'])(
    'is refused in a template: %s',
    async (element) => {
      const code = `<script setup lang="ts"></script>\n\n<template><div>${element}</div></template>\n`;
      const [result] = await eslint.lintText(code, { filePath: path.join(root, 'renderer/ui/planted.vue') });
      expect(result?.messages.map(({ ruleId }) => ruleId)).toContain('vue/no-restricted-html-elements');
    },
  );
});

describe('what the package rules allow', () => {
  it.each([
    ['domain/planted.ts', importing('zod')],
    ['db/planted.ts', importing('better-sqlite3')],
    ['monitor/poll/planted.ts', importing('node:fs')],
    ['electron/window/planted.ts', importing('electron')],
    ['electron/preload.ts', importing('electron')],
    ['renderer/planted.vue', inVue('vue')],
  ])('%s: %s', async (file, statement) => {
    expect(await packageFindings(file, statement)).toEqual([]);
  });
});

/** A module below that folder as it is now, by its path from the root without the extension. */
function moduleIn(folder: string): string {
  const found = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).find(
    (name) => name.endsWith('.ts') && !name.endsWith('.d.ts'),
  );
  if (found === undefined) throw new Error(`${folder} has no module`);
  return `${folder}/${found.slice(0, -'.ts'.length)}`;
}

describe('TypeScript knows what each runtime has', () => {
  const cases = [
    ['domain', `export const planted = document.title;`],
    ['domain', `export const planted = process.pid;`],
    ['domain', `export const planted = setTimeout;`],
    ['domain', `import fs from 'node:fs';\nexport const planted = fs;`],
    ['db', `export const planted = document.title;`],
    ['electron', `export const planted = window.name;`],
    ['renderer', `export const planted = process.pid;`],
    ['domain', `export * from '../${moduleIn('db')}';`],
    ['db', `export * from '../${moduleIn('monitor')}';`],
    ['renderer', `export * from '../${moduleIn('db')}';`],
  ] as const;

  it.each(cases)('%s refuses: %s', (folder, code) => {
    expect(compile(folder, code)).not.toEqual([]);
  });

  it.each([
    ['domain', `export const planted = [1].at(-1);`],
    ['db', `export const planted = process.pid;`],
    ['renderer', `export const planted = document.title;`],
    ['db', `export * from '../${moduleIn('domain')}';`],
  ] as const)('%s takes: %s', (folder, code) => {
    expect(compile(folder, code)).toEqual([]);
  });
});

/** The compiler's complaints about a file that exists only in memory, in the project of that folder. */
function compile(folder: string, code: string): string[] {
  const configFile = path.join(root, folder, 'tsconfig.json');
  const planted = path.join(root, folder, 'planted.ts');
  const config = ts.getParsedCommandLineOfConfigFile(
    configFile,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic },
  );
  if (config === undefined) throw new Error(`${configFile} cannot be read`);
  const host = ts.createCompilerHost(config.options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (file) => file === planted || fileExists(file);
  host.getSourceFile = (file, options, ...rest) =>
    file === planted ? ts.createSourceFile(file, code, options) : getSourceFile(file, options, ...rest);
  const program = ts.createProgram({
    rootNames: [planted],
    options: config.options,
    host,
    ...(config.projectReferences === undefined ? {} : { projectReferences: config.projectReferences }),
  });
  const source = program.getSourceFile(planted);
  // A file outside the project is an error of the program and names no file of ours.
  const outside = program
    .getOptionsDiagnostics()
    .filter((diagnostic) => [6059, 6307].includes(diagnostic.code));
  // 6305: the other project has not been compiled yet, which says nothing about the rules.
  return [...program.getSemanticDiagnostics(source), ...outside]
    .filter((diagnostic) => diagnostic.code !== 6305)
    .map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
}

function onUnRecoverableConfigFileDiagnostic(diagnostic: ts.Diagnostic): void {
  throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
}
