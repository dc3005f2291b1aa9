import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { chromium } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Debian } from './debian';

/*
 * The deb in a Debian of its own, from its installation to its removal: each test goes on where the one before ended. `npm run
 * test:install` prepares what the variables name.
 */
const variable = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run npm run test:install.`);
  return value;
};
const [earlierVersion = '', version = ''] = variable('HERON_DEB_VERSIONS').split(' ');
const user = 'noc';
const history = '/home/noc/night.sqlite';
const pageAddress = 'http://127.0.0.1:9337';

let debian: Debian;
let before: string[];

beforeAll(() => {
  debian = new Debian(variable('HERON_DEBIAN_ROOT'));
  before = debian.files();
});
afterAll(() => debian.remove());

/** Installs or upgrades with apt. What the package needs is there already: nothing else may be wanted. */
function install(deb: string): void {
  copyFileSync(deb, debian.path('/tmp/heron.deb'));
  const ended = debian.run(['apt-get', 'install', '-y', '--no-install-recommends', '/tmp/heron.deb']);
  expect(ended.status, ended.stdout + ended.stderr).toBe(0);
  expect(ended.stdout).toMatch(/0 upgraded, 1 newly installed|1 upgraded, 0 newly installed/);
}

const heron = (...args: string[]) => debian.run(['heron', ...args], user);

/** Watches a fleet of the package's own demo for some seconds, and returns the lines. */
function watchDemo(seconds: number): { type: string }[] {
  const script = `heron demo --clusters 1 --script none --dir /home/noc/demo --seconds 60 > /home/noc/demo.log &
    timeout 30 sh -c 'until grep -q demo-ready /home/noc/demo.log; do sleep 0.1; done'
    heron watch --inventory /home/noc/demo/inventory.json --db ${history} --seconds ${seconds} --quiet
    kill %1`;
  const ended = debian.run(['bash', '-c', script], user);
  expect(ended.stderr).toBe('');
  expect(ended.status).toBe(0);
  return ended.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string });
}

function recordedEvents(): number {
  const asked = heron('audit', 'query', history, 'configuration', '--format', 'jsonl');
  expect(asked.status, asked.stderr).toBe(0);
  return asked.stdout.trim().split('\n').length;
}

describe('the earlier version', () => {
  it('is installed, and runs without a display and without Node', () => {
    install(variable('HERON_EARLIER_DEB'));
    expect(debian.run(['sh', '-c', 'command -v node']).status).not.toBe(0);
    expect(heron('--version')).toEqual({ status: 0, stdout: `${earlierVersion}\n`, stderr: '' });
  });

  it('records a history of a fleet', () => {
    const lines = watchDemo(8);
    expect(lines[0]?.type).toBe('start');
    expect(lines.at(-1)?.type).toBe('summary');
    expect(recordedEvents()).toBeGreaterThan(0);
  });
});

describe('the upgrade', () => {
  it('is the new version, which goes on with the history', () => {
    const known = recordedEvents();
    install(variable('HERON_DEB'));
    expect(heron('--version').stdout).toBe(`${version}\n`);
    expect(recordedEvents()).toBe(known);
    watchDemo(6);
    const runs = heron('audit', 'query', history, 'gaps', '--format', 'jsonl');
    expect(runs.status).toBe(0);
    expect(runs.stdout).toContain('not-running');
  });

  it('reads files in processes of its own, and says whose signature is missing', () => {
    const verified = heron('audit', 'verify', history);
    expect(verified.stdout).toContain('events');
    expect(verified.status, verified.stdout + verified.stderr).toBe(1);
    const foreign = '/home/noc/foreign.heron';
    writeFileSync(debian.path(foreign), 'not a database');
    expect(heron('audit', 'verify', foreign).status).toBe(2);
  });

  it('shows the clusters of a fleet in its window, in Chromium’s sandbox', async () => {
    const window = debian.start(
      ['heron', '--demo', '--user-data', '/home/noc/window', '--remote-debugging-port=9337'],
      user,
    );
    try {
      const page = await openedPage();
      await page.getByText('Frankfurt').first().waitFor({ timeout: 60_000 });
      mkdirSync('test-results', { recursive: true });
      await page.screenshot({ path: path.join('test-results', 'installed-window.png') });
      // The third field of the kernel's list of commands is a renderer's.
      const renderers = spawnSync('pgrep', ['-f', 'opt/Heron/heron --type=renderer'], { encoding: 'utf8' });
      const [pid = ''] = renderers.stdout.trim().split('\n');
      expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\t2$/m);
    } finally {
      window.kill('SIGKILL');
    }
  }, 120_000);

  it('is found by the system: command, manual, completion, files, links, icons', () => {
    const asked = (...command: string[]) => debian.run(command, user).stdout.trim();
    expect(asked('man', '-w', 'heron')).toBe('/usr/share/man/man1/heron.1.gz');
    const warnings = debian.run([
      'man',
      '--warnings',
      '-E',
      'UTF-8',
      '-l',
      '-Tutf8',
      '-Z',
      '/usr/share/man/man1/heron.1.gz',
    ]);
    expect(warnings).toMatchObject({ status: 0, stderr: '' });
    const complete = `source /usr/share/bash-completion/completions/heron
      COMP_WORDS=(heron audit ver) COMP_CWORD=2; _heron; echo "\${COMPREPLY[@]}"
      COMP_WORDS=(heron wall --colours '') COMP_CWORD=3; _heron; echo "\${COMPREPLY[@]}"
      COMP_WORDS=(heron watch --inv) COMP_CWORD=2; _heron; echo "\${COMPREPLY[@]}"`;
    expect(asked('bash', '-c', complete).split('\n')).toEqual(['verify', 'true 16 none', '--inventory']);
    expect(asked('fish', '-c', "complete -C 'heron audit ver'")).toMatch(/^verify/);
    expect(debian.run(['zsh', '-n', '/usr/share/zsh/vendor-completions/_heron']).status).toBe(0);
    expect(debian.run(['desktop-file-validate', '/usr/share/applications/heron.desktop'])).toMatchObject({
      status: 0,
      stdout: '',
    });
    writeFileSync(debian.path('/home/noc/night.heron'), 'SQLite format 3\0');
    expect(
      asked('gio', 'info', '-a', 'standard::content-type,standard::icon', '/home/noc/night.heron'),
    ).toMatch(/icon: application-x-heron[^]*content-type: application\/x-heron/);
    expect(asked('gio', 'mime', 'application/x-heron')).toContain('heron.desktop');
    expect(asked('gio', 'mime', 'x-scheme-handler/heron')).toContain('heron.desktop');
    expect(existsSync(debian.path('/usr/share/icons/hicolor/64x64/mimetypes/application-x-heron.png'))).toBe(
      true,
    );
    expect(readFileSync(debian.path('/opt/Heron/resources/LICENCES.third-party.txt'), 'utf8')).toContain(
      'zod 4',
    );
  });

  it('follows the policy of the computer, and nothing that others could have written', () => {
    const anchored = () =>
      heron(
        'watch',
        '--inventory',
        '/home/noc/demo/inventory.json',
        '--db',
        '/home/noc/anchored.sqlite',
        '--anchor-url',
        'https://vault.example/a',
      );
    mkdirSync(debian.path('/etc/heron'));
    const file = debian.path('/etc/heron/policy.json');
    writeFileSync(file, '{"anchors": {"hosts": ["vault.example.com"]}}');
    try {
      expect(anchored()).toMatchObject({ status: 2, stderr: expect.stringContaining('vault.example.com') });
      chmodSync(file, 0o666);
      expect(anchored()).toMatchObject({ status: 2, stderr: expect.stringContaining('chmod go-w') });
    } finally {
      rmSync(debian.path('/etc/heron'), { recursive: true });
    }
  });

  it('brings a service unit that systemd accepts and finds well confined', () => {
    const unit = debian.path('/usr/lib/systemd/system/heron-watch.service');
    const checked = spawnSync(
      'systemd-analyze',
      ['verify', '--man=no', `--root=${debian.root}`, 'heron-watch.service'],
      { encoding: 'utf8' },
    );
    expect(checked.stderr.split('\n').filter((line) => line.includes('heron-watch'))).toEqual([]);
    const exposure = spawnSync('systemd-analyze', ['security', '--offline=yes', '--threshold=25', unit], {
      encoding: 'utf8',
    });
    expect(exposure.status, exposure.stdout).toBe(0);
    const command = /^ExecStart=(.*)$/m.exec(readFileSync(unit, 'utf8'))?.[1] ?? '';
    mkdirSync(debian.path('/home/noc/service/heron'), { recursive: true });
    debian.run(['chown', '-R', 'noc', '/home/noc/service']);
    const here = command.replaceAll('%d/', '/home/noc/demo/').replaceAll('%S/', '/home/noc/service/');
    const ended = debian.run(['sh', '-c', `${here} --seconds 3`], user);
    expect(ended.stdout.split('\n')[0]).toContain('"type":"start"');
    expect(existsSync(debian.path('/home/noc/service/heron/history.sqlite'))).toBe(true);
  });
});

describe('the removal', () => {
  it('leaves nothing but the users’ data', () => {
    const ended = debian.run(['apt-get', 'purge', '-y', 'heron']);
    expect(ended.status, ended.stdout + ended.stderr).toBe(0);
    const known = new Set(before);
    expect(debian.files().filter((file) => !known.has(file) && !isMadeBySystem(file))).toEqual([]);
    expect(existsSync(debian.path(history))).toBe(true);
    expect(existsSync(debian.path('/home/noc/window/demo-history.sqlite'))).toBe(true);
  });
});

/** Caches that the system's own tools made of the files of all packages. */
function isMadeBySystem(file: string): boolean {
  return /^\/usr\/share\/(?:mime\/|applications\/mimeinfo\.cache|icons\/hicolor\/icon-theme\.cache)/.test(
    file,
  );
}

async function openedPage() {
  const deadlineMs = Date.now() + 60_000;
  for (;;) {
    try {
      const browser = await chromium.connectOverCDP(pageAddress, { timeout: 5_000 });
      const page = browser.contexts()[0]?.pages()[0];
      if (page !== undefined) return page;
      await browser.close();
    } catch (fault) {
      if (Date.now() > deadlineMs) throw fault;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
