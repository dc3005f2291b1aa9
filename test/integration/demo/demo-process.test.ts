import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

const built = fileURLToPath(new URL('../../../out/cli/heron.js', import.meta.url));
const children: ChildProcess[] = [];
const folders: string[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = mkdtempSync(path.join(os.tmpdir(), 'heron-test-'));
  folders.push(made);
  return made;
}

interface Demo {
  child: ChildProcess;
  next(): Promise<Record<string, unknown>>;
  ended: Promise<number | null>;
  stderr(): string;
}

function demo(...args: string[]): Demo {
  const child = spawn(process.execPath, [built, 'demo', ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  children.push(child);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    child,
    ended,
    stderr: () => stderr,
    async next() {
      const line = await lines.next();
      if (line.done === true) throw new Error(`The demo ended: ${stderr}`);
      return JSON.parse(line.value) as Record<string, unknown>;
    },
  };
}

const small = ['--clusters', '1', '--script', 'none'];

describe('heron demo', () => {
  it('says when it is ready and where, ends cleanly on SIGTERM, and removes its folder', async () => {
    const running = demo(...small, '--seed', '9');
    const ready = await running.next();
    expect(ready).toMatchObject({ type: 'demo-ready', seed: 9, clusters: 1, edges: 9 });
    expect(Object.keys(ready)).toEqual([
      'type',
      'time',
      'directory',
      'inventory',
      'control',
      'seed',
      'clusters',
      'edges',
    ]);
    expect(existsSync(String(ready['inventory']))).toBe(true);
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(0);
    expect(existsSync(String(ready['directory']))).toBe(false);
    expect(running.stderr()).toBe('');
  });

  it('ends when its parent’s pipe closes, so that it never outlives the app', async () => {
    const running = demo(...small, '--parent-stdin');
    await running.next();
    running.child.stdin!.end();
    expect(await running.ended).toBe(0);
  });

  it('ends after its seconds and leaves a named folder with its inventory and without its token', async () => {
    const directory = path.join(folder(), 'fleet');
    const running = demo(...small, '--dir', directory, '--seconds', '0.3');
    const ready = await running.next();
    expect(ready['inventory']).toBe(path.join(directory, 'inventory.json'));
    expect(await running.ended).toBe(0);
    expect(existsSync(path.join(directory, 'control-token'))).toBe(false);
    expect(JSON.parse(readFileSync(path.join(directory, 'inventory.json'), 'utf8'))).toHaveProperty(
      'clusters',
    );
  });

  it('plays a script file and prints the truth line by line', async () => {
    const script = path.join(folder(), 'script.json');
    const steps = [{ atSeconds: 10, kind: 'disabled-by-administrator', cluster: 'fra-01', edge: '@master' }];
    writeFileSync(script, JSON.stringify({ steps }));
    const running = demo('--clusters', '1', '--script', script, '--speed', '50');
    await running.next();
    expect(await running.next()).toMatchObject({
      type: 'truth',
      kind: 'fault',
      fault: 'disabled-by-administrator',
    });
    const lost = await running.next();
    expect(lost).toMatchObject({ type: 'truth', kind: 'role', from: 'master', to: 'init', masters: [] });
    const taken = await running.next();
    expect(taken).toMatchObject({ type: 'truth', kind: 'role', to: 'master' });
    // The script was hurried; CARP keeps its own time.
    expect(Number(taken['atMs']) - Number(lost['atMs'])).toBeGreaterThan(1900);
  });

  it.each([
    [['--clusters', '201'], /--clusters/],
    [['--seed', 'x'], /--seed/],
    [['--nonsense'], /nonsense/],
    [['--script', '/nowhere/script.json'], /nowhere\/script\.json/],
  ])('refuses %j with one line', async (args, words) => {
    const running = demo(...args);
    expect(await running.ended).toBe(2);
    expect(running.stderr()).toMatch(words);
    expect(running.stderr().trim().split('\n')).toHaveLength(1);
  });

  it('fails in one line when its control port is taken', async () => {
    const first = demo(...small);
    const { control } = (await first.next()) as { control: { url: string } };
    const second = demo(...small, '--control-port', new URL(control.url).port);
    expect(await second.ended).toBe(1);
    expect(second.stderr()).toMatch(/EADDRINUSE/);
  });
});
