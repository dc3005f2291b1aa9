import path from 'node:path';
import { rootFolder } from '../shared/paths.mjs';
import { externals, targets } from './targets.mjs';

/**
 * The three ways Heron's code is bundled, as Vite configurations. Each writes into the folder it is given.
 * @typedef {import('vite').InlineConfig} InlineConfig
 */

/** Benchmarks of the window drive it with Playwright, which finds its own files as well. */
const notBundled = [...externals, '@playwright/test'];

/** @type {Pick<InlineConfig, 'configFile' | 'envDir' | 'logLevel'>} */
const common = { configFile: false, envDir: false, logLevel: 'warn' };

/**
 * For Node >= 20.19 and Electron's main process: ES modules, with shared chunks in chunks/.
 * @param {Record<string, string>} entries output name to source file, both relative
 * @param {string} outDir
 * @returns {InlineConfig}
 */
export function nodeConfig(entries, outDir) {
  return withOutput(entries, outDir, { chunkFileNames: 'chunks/[name]-[hash].js' });
}

/**
 * The same as a single file: the other files of the folder stay.
 * @param {string} name
 * @param {string} source relative
 * @param {string} outDir
 * @returns {InlineConfig}
 */
export function singleFileConfig(name, source, outDir) {
  const config = withOutput({ [name]: source }, outDir, { codeSplitting: false });
  return { ...config, build: { ...config.build, emptyOutDir: false } };
}

/**
 * @param {Record<string, string>} entries
 * @param {string} outDir
 * @param {import('rolldown').OutputOptions} output
 * @returns {InlineConfig}
 */
function withOutput(entries, outDir, output) {
  return {
    ...common,
    root: rootFolder,
    publicDir: false,
    ssr: { noExternal: true, external: notBundled, target: 'node' },
    build: {
      ...outputInto(outDir),
      ssr: true,
      target: 'node20.18',
      rolldownOptions: {
        input: absolute(entries),
        external: isExternal,
        output: { format: 'es', entryFileNames: '[name].js', ...output },
      },
    },
  };
}

/**
 * A sandboxed preload must be CommonJS and one file.
 * @param {string} outDir
 * @returns {InlineConfig}
 */
export function preloadConfig(outDir) {
  return {
    ...common,
    root: rootFolder,
    publicDir: false,
    ssr: { noExternal: true, external: ['electron'], target: 'node' },
    build: {
      ...outputInto(outDir),
      ssr: true,
      target: 'chrome130',
      rolldownOptions: {
        input: absolute(targets.preload.entries),
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  };
}

/**
 * No inlined assets and no inline scripts: the content policy allows neither.
 * @param {string} outDir
 * @returns {Promise<InlineConfig>}
 */
export async function rendererConfig(outDir) {
  const { default: vue } = await import('@vitejs/plugin-vue');
  return {
    ...common,
    root: path.join(rootFolder, 'renderer'),
    base: './',
    plugins: [vue()],
    build: {
      ...outputInto(path.join(outDir, 'renderer')),
      // The page reads it at every start: half as much text is there sooner. Names in messages come from the source maps.
      minify: true,
      target: 'chrome130',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2_000,
      // Whatever creates schemas loads Zod, and with it the setting that must be made before the first of them.
      rolldownOptions: {
        output: {
          codeSplitting: { groups: [{ name: 'schemas', test: /node_modules\/zod\/|bridge\/no-eval/ }] },
        },
      },
    },
  };
}

/** @param {string} outDir */
function outputInto(outDir) {
  return { outDir, emptyOutDir: true, sourcemap: true, minify: false, reportCompressedSize: false };
}

/** @param {Record<string, string>} entries */
function absolute(entries) {
  return Object.fromEntries(
    Object.entries(entries).map(([name, file]) => [name, path.join(rootFolder, file)]),
  );
}

/** @param {string} id */
function isExternal(id) {
  return notBundled.some((name) => id === name || id.startsWith(`${name}/`));
}
