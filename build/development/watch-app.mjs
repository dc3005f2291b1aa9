import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nodeConfig, preloadConfig } from '../bundle/bundler.mjs';
import { targets } from '../bundle/targets.mjs';
import { stateFolder } from '../shared/paths.mjs';

/** A separate app folder, so that out/ stays what `npm start` built. */
export const developmentFolder = path.join(stateFolder, 'development', 'app');

/**
 * Bundles everything but the page, and again whenever a source changes.
 * @param {() => void} onBuilt after each complete build, the first included
 * @returns {Promise<() => Promise<void>>} stops watching
 */
export async function watchApp(onBuilt) {
  const { build } = await import('vite');
  mkdirSync(developmentFolder, { recursive: true });
  writeFileSync(
    path.join(developmentFolder, 'package.json'),
    JSON.stringify({
      name: 'heron',
      productName: 'Heron',
      version: '0.0.0',
      type: 'module',
      main: 'main/main.js',
    }),
  );
  const entries = { ...targets.node.entries, 'main/main': 'electron/development/main.ts' };
  const watchers = await Promise.all(
    [nodeConfig(entries, developmentFolder), preloadConfig(developmentFolder)].map((config) =>
      build({ ...config, build: { ...config.build, emptyOutDir: false, watch: {} } }),
    ),
  );
  const pending = new Set(watchers);
  for (const watcher of watchers) {
    if (!('on' in watcher)) throw new Error('Vite does not watch.');
    watcher.on('event', (event) => {
      if (event.code === 'START') pending.add(watcher);
      if (event.code === 'ERROR') process.stderr.write(`${event.error.message}\n`);
      if (event.code !== 'END') return;
      pending.delete(watcher);
      if (pending.size === 0) onBuilt();
    });
  }
  return async () => {
    for (const watcher of watchers) if ('close' in watcher) await watcher.close();
  };
}
