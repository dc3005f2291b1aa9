import { readdirSync } from 'node:fs';
import path from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';

/**
 * The import rules of ARCHITECTURE.md, tried: each case plants a bad import in a file that exists only in memory and
 * sees it refused. What the rules allow is planted too, or a rule that refuses everything would pass.
 */
const root = path.resolve(import.meta.dirname, '..', '..');

// The rules that need types want the file on disk; the layer rules do not.
const eslint = new ESLint({ cwd: root, overrideConfig: tseslint.configs.disableTypeChecked });

const layerRuleIds = [
  'import-x/no-restricted-paths',
  'import-x/no-cycle',
  'no-restricted-imports',
  'no-restricted-syntax',
];

async function layerFindings(file: string, statement: string): Promise<string[]> {
  const code = file.endsWith('.vue')
    ? `<script setup lang="ts">\n${statement}\n</script>\n\n<template><p>planted</p></template>\n`
    : `${statement}\n`;
  const [result] = await eslint.lintText(code, { filePath: path.join(root, file) });
  if (result === undefined) throw new Error(`ESLint ignores ${file}`);
  const fatal = result.messages.find((message) => message.fatal);
  if (fatal) throw new Error(`${file} does not parse: ${fatal.message}`);
  return result.messages.map((message) => message.ruleId ?? '').filter((id) => layerRuleIds.includes(id));
}

/** A module of that folder as it is now, by its path from the root without the extension. */
function moduleIn(folder: string): string {
  const found = readdirSync(path.join(root, folder)).find((name) => name.endsWith('.ts'));
  if (found === undefined) throw new Error(`${folder} has no module`);
  return `${folder}/${path.basename(found, '.ts')}`;
}

const importing = (target: string) => `import * as planted from '${target}';\nexport { planted };`;
const inVue = (target: string) => `import * as planted from '${target}';\nconsole.log(planted);`;

describe('a bad import in a .ts file is refused', () => {
  const cases = [
    ['domain/planted.ts', `../${moduleIn('db')}`],
    ['domain/planted.ts', `../${moduleIn('electron/polling')}`],
    ['domain/planted.ts', 'vue'],
    ['domain/planted.ts', 'node:fs'],
    ['domain/planted.ts', 'fs'],
    ['domain/contract/planted.ts', 'electron'],
    ['db/planted.ts', `../${moduleIn('electron/polling')}`],
    ['db/planted.ts', `../${moduleIn('renderer')}`],
    ['db/planted.ts', 'electron'],
    ['electron/polling/planted.ts', 'electron'],
    ['electron/polling/planted.ts', 'better-sqlite3'],
    ['electron/polling/planted.ts', `../../${moduleIn('electron/demo')}`],
    ['electron/polling/planted.ts', `../../${moduleIn('electron/app')}`],
    ['electron/cli/planted.ts', `../../${moduleIn('electron/app')}`],
    ['electron/app/planted.ts', `../../${moduleIn('electron/demo')}`],
    ['electron/app/planted.ts', `../../${moduleIn('renderer')}`],
    ['electron/app/planted.ts', 'better-sqlite3'],
    ['renderer/planted.ts', `../${moduleIn('db')}`],
    ['renderer/planted.ts', `../${moduleIn('electron/app')}`],
    ['renderer/planted.ts', 'electron'],
    ['renderer/planted.ts', 'node:fs'],
  ] as const;

  it.each(cases)('%s imports %s', async (file, target) => {
    expect(await layerFindings(file, importing(target))).not.toEqual([]);
  });

  it('a file that imports its importer', async () => {
    const importer = './contract/past';
    expect(await layerFindings('domain/model/health.ts', importing(importer))).toEqual(['import-x/no-cycle']);
    expect(await layerFindings('domain/planted.ts', importing(importer))).toEqual([]);
  });

  it('a dynamic import counts as one', async () => {
    expect(await layerFindings('domain/planted.ts', `export const planted = import('node:fs');`)).not.toEqual(
      [],
    );
  });

  it('a type counts as one', async () => {
    const statement = `import type { app } from 'electron';\nexport type Planted = typeof app;`;
    expect(await layerFindings('electron/ipc/planted.ts', statement)).not.toEqual([]);
  });
});

describe('a bad import in a .vue file is refused', () => {
  const cases = [
    ['renderer/planted.vue', `../${moduleIn('db')}`],
    ['renderer/planted.vue', `../${moduleIn('electron/polling')}`],
    ['renderer/clusters/planted.vue', 'electron'],
    ['renderer/clusters/planted.vue', 'node:fs'],
    ['renderer/clusters/planted.vue', 'better-sqlite3'],
    ['renderer/clusters/planted.vue', 'undici'],
  ] as const;

  it.each(cases)('%s imports %s', async (file, target) => {
    expect(await layerFindings(file, inVue(target))).not.toEqual([]);
  });
});

describe('what the layers allow passes', () => {
  const cases = [
    ['domain/planted.ts', importing('zod')],
    ['domain/contract/planted.ts', importing(`../../${moduleIn('domain')}`)],
    ['db/planted.ts', importing('better-sqlite3')],
    ['db/planted.ts', importing(`../${moduleIn('domain')}`)],
    ['electron/polling/planted.ts', importing(`../../${moduleIn('db')}`)],
    ['electron/app/planted.ts', importing('electron')],
    ['electron/preload.ts', importing('electron')],
    ['electron/cli/planted.ts', importing(`../../${moduleIn('electron/demo')}`)],
    ['renderer/planted.vue', inVue(`../${moduleIn('domain')}`)],
    ['renderer/planted.vue', inVue('vue')],
  ] as const;

  it.each(cases)('%s: %s', async (file, statement) => {
    expect(await layerFindings(file, statement)).toEqual([]);
  });
});

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
    ['db', `export * from '../${moduleIn('electron/polling')}';`],
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
  return [...program.getSemanticDiagnostics(source), ...outside].map((diagnostic) =>
    ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'),
  );
}

function onUnRecoverableConfigFileDiagnostic(diagnostic: ts.Diagnostic): void {
  throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
}
