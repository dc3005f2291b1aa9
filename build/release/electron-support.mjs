import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { rootFolder } from '../shared/paths.mjs';

/** Electron supports its latest three stable majors (https://www.electronjs.org/docs/latest/tutorial/electron-timelines). */
const supportedMajors = 3;

/**
 * Why a release may not be built on the pinned Electron; null when it may.
 * @param {string} pinned
 * @param {string} latest the latest stable version
 * @returns {string | null}
 */
export function supportProblem(pinned, latest) {
  const [pinnedMajor, latestMajor] = [pinned, latest].map((version) =>
    /^\d+\.\d+\.\d+$/.test(version) ? Number.parseInt(version, 10) : Number.NaN,
  );
  if (pinnedMajor === undefined || latestMajor === undefined) return 'Two versions are compared.';
  if (Number.isNaN(pinnedMajor) || Number.isNaN(latestMajor))
    return `"${pinned}" and "${latest}" are not both versions such as 45.4.1.`;
  if (pinnedMajor > latestMajor - supportedMajors) return null;
  return `Electron ${pinned} gets no security updates any more: the latest is ${latest}. Pin one of the latest three majors in package.json.`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { devDependencies } = JSON.parse(readFileSync(path.join(rootFolder, 'package.json'), 'utf8'));
  const problem = supportProblem(devDependencies.electron, process.argv[2] ?? '');
  if (problem !== null) console.error(`heron: ${problem}`);
  process.exitCode = problem === null ? 0 : 1;
}
