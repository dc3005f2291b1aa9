import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../shared/paths.mjs';
import { findOnPath, installPackages } from './system-packages.mjs';
import { PreparationError } from '../shared/progress.mjs';

/**
 * What node-gyp needs on Linux: Python, make and a C++ compiler. Elsewhere it finds its own and says what is missing.
 */
const tools = [
  { command: 'python3', packages: ['python3'] },
  { command: 'make', packages: ['make'] },
  { command: 'g++', packages: ['g++'] },
];

/** Sees to it that an addon can be compiled here. */
export async function prepareCompiler() {
  if (process.platform !== 'linux') return;
  const missing = tools.filter((tool) => findOnPath(tool.command) === undefined);
  if (missing.length === 0) return;
  const installed = await installPackages(
    missing.flatMap((tool) => tool.packages),
    'to compile the SQLite addon (Node 22.14 or newer needs no compiling)',
  );
  const stillMissing = installed ? missing.filter((tool) => findOnPath(tool.command) === undefined) : missing;
  if (stillMissing.length === 0) return;
  throw new PreparationError(
    `Compiling the SQLite addon needs ${stillMissing.map((tool) => tool.command).join(', ')}.`,
    "install them with the system's package manager, or use Node 22.14 or newer, which needs no compiling.",
  );
}

/**
 * Where node-gyp finds Node's headers: next to this Node, else at Debian's path, else it downloads them into our cache.
 * @returns {string[]}
 */
export function compilerArguments() {
  const prefix = path.dirname(path.dirname(realpathSync(process.execPath)));
  const folder = [prefix, '/usr'].find((candidate) =>
    existsSync(path.join(candidate, 'include', 'node', 'node_api.h')),
  );
  return folder === undefined
    ? [`--devdir=${path.join(cacheFolder(), 'node-headers')}`]
    : [`--nodedir=${folder}`];
}
