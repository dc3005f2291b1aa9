/**
 * What is built from what. `sources` decides when a target is stale; `entries` are the files that start something, by
 * the path they get under out/.
 * @typedef {object} Target
 * @property {string[]} sources folders and files of the checkout
 * @property {Record<string, string>} entries
 */

// What every bundle depends on besides its sources.
const tooling = ['build/bundle', 'package.json', 'package-lock.json', 'tsconfig.base.json'];

/** @type {{ node: Target, preload: Target, renderer: Target }} */
export const targets = {
  /** Everything Node or Electron's main process runs. Shared code is in out/chunks, one folder below out/ like the rest. */
  node: {
    sources: ['domain', 'db', 'monitor', 'electron', 'cli', 'demo', ...tooling],
    entries: {
      'main/main': 'electron/main.ts',
      'cli/heron': 'cli/heron.ts',
      'workers/history-writer': 'db/workers/history-writer.ts',
      'workers/history-reader': 'db/workers/history-reader.ts',
      'workers/history-file-task': 'db/workers/history-file-task.ts',
      'workers/process-watchdog': 'db/workers/process-watchdog.ts',
    },
  },
  preload: {
    sources: ['domain', 'electron/preload.ts', ...tooling],
    entries: { 'preload/preload': 'electron/preload.ts' },
  },
  renderer: {
    sources: ['domain', 'renderer', ...tooling],
    entries: { 'renderer/index': 'renderer/index.html' },
  },
};

/** @typedef {keyof typeof targets} TargetName */

/**
 * Not bundled: Electron's own module, the native addon, a package that finds its own files at run time, and one that is loaded only
 * to install an update.
 */
export const externals = ['electron', 'better-sqlite3', 'electron-log', 'electron-updater'];
