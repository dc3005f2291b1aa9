import { inventoryArgument } from './check-inventory.mjs';

/**
 * The arguments of `heron wall` that show what the app would: the edges of --inventory, a file, else the demo fleet.
 * @param {readonly string[]} args arguments for the app
 * @returns {string[]}
 */
export function wallArguments(args) {
  const inventory = inventoryArgument([...args]);
  if (inventory !== undefined) return ['wall', '--inventory', inventory];
  const file = args.find((arg) => !arg.startsWith('-') && /\.(heron|sqlite)$/i.test(arg));
  if (file !== undefined) return ['wall', file];
  const seed = args.indexOf('--demo-seed');
  const number = seed === -1 ? undefined : args[seed + 1];
  return number === undefined ? ['wall'] : ['wall', '--seed', number];
}
