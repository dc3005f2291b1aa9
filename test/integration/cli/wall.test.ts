import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { RunningHeron } from './running-heron';
import { builtHeron, Tmux } from './tmux';

const heron = `node ${builtHeron}`;
let folder = '';
let demo: RunningHeron;
let inventory = '';
let file = '';
let cause: (fault: object) => Promise<void>;
let open: Tmux[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-wall-'));
  const directory = path.join(folder, 'demo');
  demo = new RunningHeron(['demo', '--clusters', '2', '--script', 'none', '--dir', directory]);
  const ready = await demo.line('demo-ready', ({ type }) => type === 'demo-ready', 60_000);
  const { url, tokenFile } = ready['control'] as { url: string; tokenFile: string };
  const authorization = `Bearer ${readFileSync(tokenFile, 'utf8')}`;
  cause = async (fault) => {
    const answer = await fetch(`${url}/faults`, {
      method: 'POST',
      headers: { authorization },
      body: JSON.stringify(fault),
    });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  };
  inventory = path.join(directory, 'inventory.json');
  file = path.join(folder, 'history.sqlite');
}, 90_000);
afterEach(() => {
  for (const each of open) each.close();
  open = [];
});
afterAll(async () => {
  await demo.kill();
  rmSync(folder, { recursive: true, force: true });
});

function terminal(command: string, size: { columns?: number; rows?: number } = {}): Tmux {
  const started = new Tmux(command, size);
  open.push(started);
  return started;
}

const isUp = (screen: string): boolean => /● Up +fra-01/.test(screen) && /● Up +gru-01/.test(screen);

describe('heron wall in a terminal', () => {
  it('shows the fleet, a failover with its bracket, and acknowledges what cut users off', async () => {
    const wall = terminal(`${heron} wall --inventory ${inventory} --as "NOC desk"`);
    const first = await wall.until('the fleet', isUp);
    expect(first).toMatch(/^ HERON {2}All sites +2 clusters \+ 1 standalone edge, \d+ edges/);
    expect(first).toMatch(/Oldest data .* Heron ok/);

    await cause({ kind: 'lb-dies', cluster: 'fra-01', edge: '@master', forSeconds: 600 });
    const over = await wall.until('an outage that is over', (screen) =>
      /\[ \] fra-01 had no active LB for/.test(screen),
    );
    expect(over).toMatch(/▲ Degraded +fra-01 .* UNACK/);

    wall.keys('f');
    const failover = await wall.until('the failover', (screen) => /Last seen before/.test(screen));
    expect(failover).toMatch(/Failover, fra-01-\d\d to fra-01-\d\d/);
    expect(failover).toMatch(/first seen after [\d:.]+: [\d.]+ to [\d.]+ s without/);
    expect(failover).toMatch(/Bracket +\[═*\]/);
    expect(failover).toMatch(/fra-01-\d\d .*█/);

    wall.keys('Escape');
    wall.keys('a');
    await wall.until('the question', (screen) => screen.includes('Comment (may be empty)'));
    wall.type('looking');
    wall.keys('Enter');
    const acknowledged = await wall.until('the acknowledgement', (screen) =>
      /fra-01 .* NOC desk/.test(screen),
    );
    expect(acknowledged).not.toContain('[ ] fra-01 had');

    wall.keys('Enter');
    const page = await wall.until('the page of the cluster', (screen) =>
      /fra-01-\d\d +Up +MASTER/.test(screen),
    );
    expect(page).toContain('Comment: looking');
    expect(page).toMatch(/Last failover +.*failover, fra-01-\d\d to fra-01-\d\d/);
    wall.keys('e');
    await wall.until(
      'its events',
      (screen) => /Events of fra-01/.test(screen) && /Failover, fra-01/.test(screen),
    );
    wall.keys('?');
    await wall.until('the help', (screen) => /j k, arrows/.test(screen));

    wall.keys('q');
    wall.keys('q');
    wall.keys('q');
    await wall.until('the wall', (screen) => screen.includes('All sites'));
    wall.keys('q');
    const ended = await wall.until('the shell', (screen) => screen.includes('ended with 0'));
    expect(ended).not.toContain('All sites');
    wall.type('stty -a');
    wall.keys('Enter');
    const modes = await wall.until('the modes of the terminal', (screen) => /\bicanon\b/.test(screen));
    expect(modes).toMatch(/(?<!-)\becho\b/);
  }, 120_000);

  it('follows the size of the terminal, uses no colours with NO_COLOR and only ASCII in an ASCII locale', async () => {
    const wall = terminal(`LC_ALL=C NO_COLOR=1 ${heron} wall --inventory ${inventory}`, {
      columns: 80,
      rows: 24,
    });
    const small = await wall.until('the fleet', (screen) => /\. Up +gru-01/.test(screen));
    expect(small).toMatch(/^[\x20-\x7e\n]*$/);
    // Weights and reverse are no colours, nor are 39 and 49, which return to the terminal's own.
    // eslint-disable-next-line no-control-regex -- control sequences are what this is about
    expect(wall.screen(true)).not.toMatch(/\u001b\[(?:\d+;)*(?:[34][0-8]|9\d|10\d)(?:;\d+)*m/);
    wall.resize(132, 40);
    const large = await wall.until('the larger screen', (screen) =>
      screen.split('\n').some((line) => /^-{132}$/.test(line)),
    );
    expect(large.trimEnd().split('\n')).toHaveLength(40);
    wall.resize(40, 10);
    const tiny = await wall.until('the smallest screen', (screen) => /^-{40}$/m.test(screen));
    expect(tiny.trimEnd().split('\n').length).toBeLessThanOrEqual(10);
  }, 60_000);

  it('restores the terminal when a signal ends it', async () => {
    const pidFile = path.join(folder, 'pid');
    const wall = terminal(`sh -c 'echo $$ > ${pidFile}; exec ${heron} wall --inventory ${inventory}'`);
    await wall.until('the wall', (screen) => screen.includes('All sites'));
    process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGTERM');
    const ended = await wall.until('the shell', (screen) => screen.includes('ended with 0'));
    expect(ended).not.toContain('All sites');
    wall.type('stty -a');
    wall.keys('Enter');
    expect(await wall.until('the modes', (screen) => /\bicanon\b/.test(screen))).toMatch(/(?<!-)\becho\b/);
  }, 60_000);

  it('ends in order when the terminal is cut off', async () => {
    const temporary = mkdtempSync(path.join(folder, 'tmp-'));
    const pidFile = path.join(folder, 'pid-of-cut-off');
    const command = `exec env TMPDIR=${temporary} ${heron} wall --inventory ${inventory}`;
    const wall = terminal(`sh -c 'echo $$ > ${pidFile}; ${command}'`);
    await wall.until('the wall', (screen) => screen.includes('Oldest data'));
    expect(readdirSync(temporary)).not.toEqual([]);
    wall.close();
    const pid = Number(readFileSync(pidFile, 'utf8'));
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), { timeout: 20_000, interval: 100 });
    expect(readdirSync(temporary)).toEqual([]);
  }, 60_000);

  it('shows the history of a service while it is written, a file at its end, and any time of it', async () => {
    const service = new RunningHeron(['watch', '--inventory', inventory, '--db', file]);
    try {
      await service.line(
        'a cluster that is up',
        ({ type, to }) => type === 'cluster-state' && to === 'up',
        30_000,
      );
      const live = terminal(`${heron} wall --db ${file}`);
      const screen = await live.until(
        'the history of the service',
        (text) => /gru-01/.test(text) && /Up/.test(text),
      );
      expect(screen).not.toContain('[ENDED]');
      live.keys('a');
      await live.until('the refusal', (text) => text.includes('written by another Heron'));
      await service.line('polls', () => true);
      service.signal('SIGTERM');
      await service.ended;
      const stopped = await live.until(
        'no more readings',
        (text) => text.includes('Readings have stopped'),
        40_000,
      );
      expect(stopped).toMatch(/◌ \d Unknown/);
    } finally {
      await service.kill();
    }
    const ended = terminal(`${heron} wall ${file}`);
    expect(await ended.until('the end of the file', (text) => text.includes('[ENDED]'))).toMatch(
      /Up +gru-01/,
    );
    ended.keys('t');
    ended.type('2001-01-01');
    ended.keys('Enter');
    expect(await ended.until('a time before', (text) => text.includes('[PAST]'))).toContain(
      'No cluster was configured',
    );
    ended.keys('l');
    await ended.until('the end again', (text) => text.includes('[ENDED]'));
    const early = terminal(`${heron} wall ${file} --at 2001-01-01`);
    await early.until('the time asked for', (text) => text.includes('[PAST]'));
  }, 120_000);

  it('starts a demo fleet of its own, which ends with it', async () => {
    const wall = terminal(`${heron} wall --clusters 1`);
    await wall.until(
      'the demo fleet',
      (screen) => screen.includes('Demo fleet') && /fra-01/.test(screen),
      60_000,
    );
    wall.keys('C-c');
    await wall.until('the shell', (screen) => screen.includes('ended with 0'));
  }, 90_000);
});

describe('npm start without a display', () => {
  const start = 'env -u DISPLAY -u WAYLAND_DISPLAY npm start';

  it('prepares everything, and shows the terminal wall on the demo fleet', async () => {
    const wall = terminal(start);
    await wall.until(
      'the demo fleet',
      (screen) => screen.includes('Demo fleet') && /fra-01/.test(screen),
      200_000,
    );
    wall.keys('q');
    const ended = await wall.until('the shell', (screen) => screen.includes('ended with 0'));
    expect(ended).toContain('There is no display to open a window on');
    expect(ended).toContain('xvfb-run -a npm start');
  }, 240_000);

  it('prints plain lines where the output is no terminal', async () => {
    const environment: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C.UTF-8' };
    delete environment['DISPLAY'];
    delete environment['WAYLAND_DISPLAY'];
    const child = spawn('npm', ['start'], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const [output, complaints] = [textFrom(child.stdout), textFrom(child.stderr)];
    try {
      await vi.waitFor(() => expect(output()).toMatch(/Up +fra-01/), { timeout: 120_000, interval: 200 });
      expect(output()).not.toContain('\u001b');
      expect(complaints()).toContain('For the window:');
    } finally {
      const ended = new Promise((resolve) => child.once('close', resolve));
      process.kill(-(child.pid ?? 0), 'SIGTERM');
      await ended;
    }
  }, 180_000);
});

function textFrom(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (part: string) => (text += part));
  return () => text;
}

describe('heron wall without a terminal', () => {
  function plain(...args: string[]): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(process.execPath, [builtHeron, 'wall', ...args], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
  }

  it('prints the states as plain lines', () => {
    const { status, stdout, stderr } = plain('--inventory', inventory, '--seconds', '12');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toMatch(/gru-01/);
  }, 60_000);

  it('ends in order when nobody reads its lines any more', async () => {
    const temporary = mkdtempSync(path.join(folder, 'tmp-'));
    const wall = spawn(process.execPath, [builtHeron, 'wall', '--inventory', inventory], {
      env: { ...process.env, LC_ALL: 'C.UTF-8', TMPDIR: temporary },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => wall.once('exit', resolve));
    await new Promise((resolve) => wall.stdout.once('data', resolve));
    wall.stdout.destroy();
    // The next line finds the pipe closed.
    await cause({ kind: 'lb-dies', cluster: 'gru-01', edge: '@master', forSeconds: 600 });
    expect(await ended).toBe(0);
    expect(readdirSync(temporary)).toEqual([]);
  }, 60_000);

  it('says what is wrong with a file or an option', () => {
    expect(plain('/no/such/file.heron')).toMatchObject({ status: 1, stdout: '' });
    expect(plain('--at', '14:00')).toMatchObject({ status: 2 });
    expect(plain('--inventory', '/no/such.json').stderr).toMatch(/^heron: /);
    expect(plain('--help').stdout).toMatch(/^heron wall: /);
  }, 60_000);
});
