#!/usr/bin/env node
// The real lab's command: node test/lab/lab.mjs up|down|status|fault|restore|truth. docs/lab.md tells how.
import { register } from 'node:module';

try {
  import.meta.resolve('vite');
  register('./typescript-hooks.mjs', import.meta.url);
  const { main } = await import('./cli.ts');
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const uninstalled = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
  console.error(error instanceof Error ? error.message : error);
  if (uninstalled) console.error('Are the packages installed? Run npm ci first.');
  process.exitCode = 1;
}
