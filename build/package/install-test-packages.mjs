import path from 'node:path';
import { fingerprint, isStamped, stampAs } from '../bundle/stamp.mjs';
import { targets } from '../bundle/targets.mjs';
import { prepareDebianRoot } from '../offline/debian-root.mjs';
import { findOnPath, installPackages } from '../offline/system-packages.mjs';
import { rootFolder } from '../shared/paths.mjs';
import { PreparationError, withProgress } from '../shared/progress.mjs';
import { runCommand } from '../shared/run-command.mjs';
import { packageApp } from './package-app.mjs';

const outputFolder = path.join(rootFolder, 'dist', 'install');
/** Lower than any version that was released. */
const earlierVersion = '0.0.1';
/** What the tests ask in there beside Heron. */
const testTools = [
  'man-db',
  'desktop-file-utils',
  'libglib2.0-bin',
  'bash-completion',
  'zsh',
  'fish',
  'procps',
];

/**
 * What the installation's tests need: two versions of the deb, and a Debian that has what they depend on but not them.
 * @param {import('../prepare/electron-runtime.mjs').ElectronRuntime} runtime
 * @param {string} version of package.json
 * @returns {Promise<NodeJS.ProcessEnv>} where they are
 */
export async function prepareInstallation(runtime, version) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || findOnPath('dpkg-deb') === undefined)
    throw new PreparationError(
      'The deb can be installed and removed as root on Debian only.',
      'run it there, or in a container.',
    );
  if (findOnPath('debootstrap') === undefined)
    await installPackages(['debootstrap'], 'for a Debian to install the deb in');
  const sources = Object.values(targets).flatMap((target) => target.sources);
  const wanted = `${fingerprint([...sources, 'build/package', 'build/icons'])} ${runtime.version} ${version}`;
  const debs = [earlierVersion, version].map((each) =>
    path.join(outputFolder, `heron-${each}-linux-amd64.deb`),
  );
  if (!isStamped('install-packages', wanted)) {
    for (const each of [earlierVersion, version])
      await withProgress(`deb ${each}`, () =>
        packageApp({
          runtime,
          platform: 'linux',
          target: 'deb',
          isTestBuild: false,
          isQuick: true,
          outputFolder,
          version: each,
        }),
      );
    stampAs('install-packages', wanted);
  }
  const { stdout } = await runCommand('dpkg-deb', ['--field', debs[1] ?? '', 'Depends']);
  const root = await prepareDebianRoot([...stdout.trim().split(', '), ...testTools]);
  return {
    HERON_EARLIER_DEB: debs[0],
    HERON_DEB: debs[1],
    HERON_DEBIAN_ROOT: root,
    HERON_DEB_VERSIONS: `${earlierVersion} ${version}`,
  };
}
