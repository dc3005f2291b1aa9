import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cachedFolder } from '../shared/cache.mjs';
import { cacheFolder } from '../shared/paths.mjs';
import { PreparationError, withProgress } from '../shared/progress.mjs';
import { lastLines, runCommand } from '../shared/run-command.mjs';

/** The Debian that the tests of the package install it on. */
const suite = 'bookworm';
const defaultMirror = 'http://deb.debian.org/debian';

/**
 * A fresh Debian with the named packages and those they need, in the cache.
 * @param {string[]} packages as a control file names them: `libgtk-3-0 | libgtk-3-0t64` is the first that there is
 * @returns {Promise<string>} its root folder
 */
export async function prepareDebianRoot(packages) {
  const hash = createHash('sha256').update(packages.join()).digest('hex').slice(0, 8);
  return cachedFolder(`debian-${suite}-${hash}`, (folder) =>
    withProgress(`Debian ${suite}: debootstrap, then ${packages.length} packages`, () =>
      fill(folder, packages),
    ),
  );
}

/**
 * @param {string} root
 * @param {string[]} packages
 */
async function fill(root, packages) {
  const archives = path.join(cacheFolder(), 'debian-archives');
  mkdirSync(archives, { recursive: true });
  await run('debootstrap', ['--variant=minbase', `--cache-dir=${archives}`, suite, root, mirror()]);
  copyFileSync('/etc/resolv.conf', path.join(root, 'etc', 'resolv.conf'));
  // No package may start a service of its own in there.
  writeFileSync(path.join(root, 'usr', 'sbin', 'policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  const known = (await run('chroot', [root, 'apt-cache', 'pkgnames'])).stdout.split('\n');
  const names = packages.map((name) => {
    const choices = name.split('|').map((choice) => choice.trim());
    return choices.find((choice) => known.includes(choice)) ?? name;
  });
  await inRoot(root, ['apt-get', 'install', '-y', '-q', '--no-install-recommends', ...names]);
  await inRoot(root, ['useradd', '--create-home', '--shell', '/bin/bash', 'noc']);
  await inRoot(root, ['apt-get', 'clean']);
}

/** The mirror that this machine uses, as far as its lists name one of Debian's own. */
function mirror() {
  const folder = '/etc/apt/sources.list.d';
  const files = [
    '/etc/apt/sources.list',
    ...(existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : []),
  ];
  const text = files.filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8'));
  return /\bhttps?:\/\/[^\s]+\/debian\/?(?=\s|$)/m.exec(text.join('\n'))?.[0] ?? defaultMirror;
}

/**
 * Runs a program in a Debian root, with processes of its own, all of which end with it.
 * @param {string} root
 * @param {string[]} command
 * @returns {Promise<import('../shared/run-command.mjs').CommandResult>}
 */
async function inRoot(root, command) {
  const [program = '', ...args] = rootCommand(root, command);
  return run(program, args, { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' });
}

/**
 * The command that does so.
 * @param {string} root
 * @param {string[]} command
 * @param {string} [user] root where left out
 * @returns {string[]}
 */
export function rootCommand(root, command, user) {
  const script = [
    'mount -t proc proc "$0/proc"',
    'mount --rbind /dev "$0/dev"',
    'mount -t sysfs sysfs "$0/sys"',
    'exec chroot ${1:+--userspec="$1"} "$0" "${@:2}"',
  ].join(' && ');
  const namespaces = ['--mount', '--pid', '--fork', '--kill-child', '--propagation', 'private'];
  return ['unshare', ...namespaces, 'bash', '-c', script, root, user ?? '', ...command];
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
async function run(program, args, env = {}) {
  const result = await runCommand(program, args, { env });
  if (result.code === 0) return result;
  throw new PreparationError(
    `${program} failed.`,
    'see the lines above; it needs root, debootstrap and a Debian mirror.',
    lastLines({ ...result, stderr: `${result.stdout}\n${result.stderr}` }),
  );
}
