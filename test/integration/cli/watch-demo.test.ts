import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { RunningHeron, type Line } from './running-heron';

interface RoleTruth {
  edge: string;
  from: string;
  to: string;
  atMs: number;
}

let folder = '';
let demo: RunningHeron;
let watches: RunningHeron[] = [];
let control: (method: string, where: string, body?: object) => Promise<unknown>;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-test-'));
  demo = new RunningHeron([
    'demo',
    '--clusters',
    '1',
    '--script',
    'none',
    '--dir',
    path.join(folder, 'demo'),
  ]);
  const ready = await demo.line('demo-ready', ({ type }) => type === 'demo-ready', 60_000);
  const { url, tokenFile } = ready['control'] as { url: string; tokenFile: string };
  const authorization = `Bearer ${readFileSync(tokenFile, 'utf8')}`;
  control = async (method, where, body) => {
    const answer = await fetch(url + where, {
      method,
      headers: { authorization },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${where}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
});
afterEach(async () => {
  await Promise.all(watches.map((each) => each.kill()));
  watches = [];
});
afterAll(async () => {
  await demo.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** `heron watch` on the demo fleet, with a folder of its own for temporary files. */
function watch(temporary: string, ...args: string[]): RunningHeron {
  const inventory = path.join(folder, 'demo', 'inventory.json');
  const started = new RunningHeron(['watch', '--inventory', inventory, ...args], { TMPDIR: temporary });
  watches.push(started);
  return started;
}

const isUp = (line: Line): boolean => line.type === 'cluster-state' && line['to'] === 'up';

describe('heron watch on the demo fleet', () => {
  it('prints a failover whose bracket holds the true time, and ends cleanly on SIGINT', async () => {
    const temporary = mkdtempSync(path.join(folder, 'tmp-'));
    const heron = watch(temporary);
    const up = await heron.line('a cluster that is up', isUp, 30_000);
    expect(readdirSync(temporary)).toHaveLength(1);
    await control('POST', '/faults', { kind: 'lb-dies', cluster: up['cluster'], edge: '@master' });
    const failover = await heron.line('a failover', ({ type }) => type === 'failover', 30_000);

    const { roles } = (await control('GET', '/truth')) as { roles: RoleTruth[] };
    const lost = roles.findLast(({ edge, from }) => edge === failover['from'] && from === 'master')!;
    const taken = roles.findLast(({ edge, to }) => edge === failover['to'] && to === 'master')!;
    const bracket = failover['bracket'] as { lastOld: string; firstNew: string };
    expect(Date.parse(bracket.lastOld)).toBeLessThanOrEqual(lost.atMs);
    expect(Date.parse(bracket.firstNew)).toBeGreaterThanOrEqual(taken.atMs);
    // Not only true but of use: role polls are a second apart, the take-over takes about three.
    expect(Date.parse(bracket.firstNew) - Date.parse(bracket.lastOld)).toBeLessThan(8_000);
    const gap = failover['gapMs'] as { atLeast: number; atMost: number };
    expect(gap.atLeast).toBeLessThanOrEqual(taken.atMs - lost.atMs);
    expect(gap.atMost).toBeGreaterThanOrEqual(taken.atMs - lost.atMs);
    expect(failover).toMatchObject({ cluster: up['cluster'], cause: { kind: expect.any(String) } });

    heron.signal('SIGINT');
    heron.signal('SIGINT');
    expect(await heron.ended).toEqual({ code: 0, signal: null });
    expect(heron.otherLines).toEqual([]);
    expect(heron.lines[0]).toMatchObject({ type: 'start', clusters: 1 });
    const summary = heron.lines.at(-1)!;
    expect(summary).toMatchObject({ type: 'summary', clusters: 1, events: { failover: 1, gap: 0 } });
    expect(summary['answered']).toBeGreaterThan(20);
    for (const { time, recordedAt } of heron.lines) {
      expect([time, recordedAt].map((text) => new Date(text).toISOString())).toEqual([time, recordedAt]);
    }
    expect(readdirSync(temporary)).toEqual([]);
  }, 90_000);

  it('keeps the history with --db, across runs, and ends after --seconds', async () => {
    const file = path.join(folder, 'kept.sqlite');
    for (let run = 0; run < 2; run += 1) {
      const heron = watch(folder, '--db', file, '--seconds', '3', '--quiet');
      expect(await heron.ended).toEqual({ code: 0, signal: null });
      expect(heron.lines.at(-1)?.type).toBe('summary');
      expect(heron.stderr).toBe('');
    }
    expect(readFileSync(file).subarray(0, 15).toString()).toBe('SQLite format 3');
    // One plain file to hand on, nothing left in a -wal beside it.
    const beside = readdirSync(folder).filter((name) => name.startsWith('kept.sqlite-'));
    expect(beside).toEqual([]);
  }, 60_000);

  it('ends quietly when nobody reads its output any more', async () => {
    const heron = watch(folder, '--quiet');
    await heron.line('a start', ({ type }) => type === 'start');
    // The first readings, a moment later, find the pipe closed.
    heron.stopReading();
    expect(await heron.ended).toEqual({ code: 0, signal: null });
    expect(heron.stderr).toBe('');
  }, 60_000);
});
