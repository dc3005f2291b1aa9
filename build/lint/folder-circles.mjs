import { cruise } from 'dependency-cruiser';
import { cruiseOptions, folderRules, resolveOptions } from './folder-rules.mjs';

/**
 * The violations of the folder rules below a root.
 * @param {string} rootFolder
 * @param {string[]} folders of the root to read
 * @returns {Promise<import('dependency-cruiser').IViolation[]>}
 */
export async function folderViolations(rootFolder, folders) {
  const options = {
    ...cruiseOptions,
    baseDir: rootFolder,
    validate: true,
    ruleSet: { forbidden: [...folderRules] },
  };
  const { output } = await cruise(folders, options, resolveOptions);
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with text.');
  return output.summary.violations;
}

/**
 * How many folders of each layer import each other in a circle.
 * @param {import('dependency-cruiser').IViolation[]} violations
 * @param {readonly string[]} layers
 * @returns {{ layer: string, folders: string[] }[]}
 */
export function circularFolders(violations, layers) {
  const circular = violations
    .filter(({ rule }) => rule.name === 'no-circular-folders')
    .map(({ from }) => from);
  return layers.map((layer) => ({
    layer,
    folders: [...new Set(circular.filter((folder) => folder.split('/')[0] === layer))].sort(),
  }));
}
