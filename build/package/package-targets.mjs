import { findOnPath } from '../offline/system-packages.mjs';

/** @typedef {import('../prepare/electron-runtime.mjs').ElectronRuntime} ElectronRuntime */

/**
 * A kind of package, and what keeps this machine from building it, as far as known before trying.
 * @typedef {object} PackageTarget
 * @property {string} name electron-builder's
 * @property {'linux' | 'windows' | 'mac'} platform
 * @property {(runtime: ElectronRuntime) => string | undefined} obstacle
 */

/** @type {PackageTarget[]} */
export const packageTargets = [
  { name: 'AppImage', platform: 'linux', obstacle: needsLinux },
  { name: 'deb', platform: 'linux', obstacle: needsDpkg },
  { name: 'rpm', platform: 'linux', obstacle: needsRpmbuild },
  { name: 'tar.gz', platform: 'linux', obstacle: needsLinux },
  { name: 'nsis', platform: 'windows', obstacle: needsForeignElectron },
  { name: 'portable', platform: 'windows', obstacle: needsForeignElectron },
  { name: 'dmg', platform: 'mac', obstacle: needsMac },
  { name: 'zip', platform: 'mac', obstacle: needsMac },
];

function needsLinux() {
  return process.platform === 'linux' ? undefined : 'needs Linux';
}

function needsDpkg() {
  if (process.platform !== 'linux') return 'needs Linux';
  return findOnPath('dpkg-deb') ? undefined : 'needs dpkg-deb, which Debian has';
}

function needsRpmbuild() {
  if (process.platform !== 'linux') return 'needs Linux';
  return findOnPath('rpmbuild') ? undefined : 'needs rpmbuild, which Debian has (apt-get install rpm)';
}

/** @param {ElectronRuntime} runtime */
function needsForeignElectron(runtime) {
  if (process.platform === 'win32' || runtime.kind === 'official') return undefined;
  return 'needs Electron for Windows, which github.com has and this machine cannot reach';
}

function needsMac() {
  return process.platform === 'darwin' ? undefined : 'needs macOS';
}
