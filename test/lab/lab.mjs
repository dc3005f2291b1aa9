#!/usr/bin/env node
// The real lab's command: node test/lab/lab.mjs up|down|status|fault|restore|truth. docs/lab.md tells how.
import path from 'node:path';

const folder = import.meta.dirname;

/** Vite runs the TypeScript as it stands in the tree, as it does for the tests: nothing is built, nothing is written. */
async function loadCommands() {
  const vite = await import('vite').catch(() => {
    throw new Error('The packages are not installed. Run npm ci first.');
  });
  const options = { root: path.join(folder, '..', '..'), configFile: false, logLevel: 'error' };
  return vite.runnerImport(path.join(folder, 'cli.ts'), options);
}

try {
  const { module } = await loadCommands();
  process.exitCode = await module.main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
