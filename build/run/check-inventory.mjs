import path from 'node:path';
import { rootFolder } from '../shared/paths.mjs';
import { PreparationError } from '../shared/progress.mjs';
import { runCommand } from '../shared/run-command.mjs';

/**
 * The file that `--inventory FILE` or `--inventory=FILE` names, or undefined.
 * @param {string[]} args
 * @returns {string | undefined}
 */
export function inventoryArgument(args) {
  const at = args.findIndex((arg) => arg === '--inventory' || arg.startsWith('--inventory='));
  const arg = args[at];
  return arg === '--inventory' ? args[at + 1] : arg?.slice('--inventory='.length);
}

/**
 * Reports a broken inventory in the terminal, before any window opens: the command fails at once, with an error and an
 * exit code.
 * @param {string[]} args arguments for the app
 */
export async function checkInventoryArgument(args) {
  const file = inventoryArgument(args);
  if (file === undefined) return;
  const heron = path.join(rootFolder, 'out', 'cli', 'heron.js');
  const result = await runCommand(process.execPath, [heron, 'inventory', 'check', file]);
  if (result.code === 0) return;
  const problems = `${result.stdout}${result.stderr}`.trim();
  throw new PreparationError(
    `The inventory cannot be used. ${problems}`,
    'fix the file; nothing was started',
  );
}
