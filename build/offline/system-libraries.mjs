import { findOnPath, hasApt, installPackages } from './system-packages.mjs';
import { PreparationError } from '../shared/progress.mjs';
import { runCommand } from '../shared/run-command.mjs';

/**
 * Shared libraries that Electron wants and a bare Linux has not, with the Debian packages that bring them: newer
 * releases renamed some (t64).
 */
const electronLibraries = [
  { file: 'libgtk-3.so.0', packages: ['libgtk-3-0t64', 'libgtk-3-0'] },
  { file: 'libnss3.so', packages: ['libnss3'] },
  { file: 'libasound.so.2', packages: ['libasound2t64', 'libasound2'] },
  { file: 'libgbm.so.1', packages: ['libgbm1'] },
  { file: 'libXss.so.1', packages: ['libxss1'] },
  { file: 'libatk-bridge-2.0.so.0', packages: ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'] },
  { file: 'libdrm.so.2', packages: ['libdrm2'] },
];

/** Programs that the tests start. */
const testPrograms = {
  xvfb: { command: 'Xvfb', packages: ['xvfb'], purpose: 'for a display to test on' },
  ghostscript: {
    command: 'gs',
    packages: ['ghostscript'],
    purpose: 'to look at reports as they are printed',
  },
  snmpd: { command: 'snmpd', packages: ['snmpd'], purpose: 'for a real agent to test against' },
  tmux: { command: 'tmux', packages: ['tmux'], purpose: 'for a real terminal to test in' },
};

/** Programs of the real lab (test/lab/), which needs root. */
const labPrograms = [
  { command: 'ucarp', packages: ['ucarp'] },
  { command: 'keepalived', packages: ['keepalived'] },
  { command: 'snmpd', packages: ['snmpd'] },
  { command: 'snmptrap', packages: ['snmp'] },
  { command: 'nft', packages: ['nftables'] },
  { command: 'ip', packages: ['iproute2'] },
  { command: 'sysctl', packages: ['procps'] },
  { command: 'python3', packages: ['python3'] },
];

/** Parts of a desktop, for tests of notifications, tray and sound (test/e2e/desk.spec.ts). */
const desktopPrograms = [
  { command: 'dbus-daemon', packages: ['dbus'] },
  { command: 'dunst', packages: ['dunst'] },
  { command: 'trayer', packages: ['trayer'] },
  { command: 'pulseaudio', packages: ['pulseaudio'] },
  { command: 'parec', packages: ['pulseaudio-utils'] },
];

/** Sees to it that Electron finds its shared libraries. Only Linux leaves that to the user. */
export async function prepareElectronLibraries() {
  if (process.platform !== 'linux') return;
  const missing = await missingLibraries(electronLibraries);
  if (missing.length === 0) return;
  const packages = hasApt() ? await pickPackages(missing) : [];
  if (await installPackages(packages, 'for Electron')) return;
  throw new PreparationError(
    `Electron needs shared libraries that are not here: ${missing.map((library) => library.file).join(', ')}.`,
    "install them with the system's package manager (GTK 3, NSS, ALSA, GBM, XScrnSaver, ATK bridge, DRM).",
  );
}

/**
 * @param {keyof typeof testPrograms} name
 * Sees to it that a program the tests start is there.
 */
export async function prepareTestProgram(name) {
  const { command, packages, purpose } = testPrograms[name];
  if (process.platform !== 'linux' || findOnPath(command) !== undefined) return;
  if (await installPackages(packages, purpose)) return;
  throw new PreparationError(
    `The tests need ${command}, ${purpose}.`,
    `install it with the system's package manager (Debian calls it ${packages.join(' ')}).`,
  );
}

/** The lab's programs, where a lab can be and they can be installed. Elsewhere its tests say why they are skipped. */
export async function prepareLabPrograms() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !hasApt()) return;
  await installMissing(labPrograms, 'for the real lab');
}

/** The parts of a desktop, where they can be installed. Elsewhere the tests that need them say why they are skipped. */
export async function prepareDesktopPrograms() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !hasApt()) return;
  await installMissing(desktopPrograms, 'for notifications, a tray and sound to test with');
}

/**
 * @param {{ command: string, packages: string[] }[]} programs
 * @param {string} purpose
 */
async function installMissing(programs, purpose) {
  const missing = programs.filter(({ command }) => findOnPath(command) === undefined);
  if (missing.length === 0) return;
  await installPackages(
    missing.flatMap(({ packages }) => packages),
    purpose,
  );
}

/** @param {typeof electronLibraries} libraries */
async function missingLibraries(libraries) {
  const ldconfig = findOnPath('ldconfig');
  // Without ldconfig there is no list to ask; Electron itself will say what it misses.
  if (ldconfig === undefined) return [];
  const { stdout } = await runCommand(ldconfig, ['-p']);
  return libraries.filter((library) => !stdout.includes(`\t${library.file} `));
}

/**
 * The name by which this release of Debian knows each package.
 * @param {typeof electronLibraries} libraries
 */
async function pickPackages(libraries) {
  const known = (await runCommand('apt-cache', ['pkgnames'])).stdout.split('\n');
  return libraries.map(
    ({ packages }) => packages.find((name) => known.includes(name)) ?? packages.at(-1) ?? '',
  );
}
