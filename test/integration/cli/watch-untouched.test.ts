import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningHeron, type Line } from './running-heron';

interface RoleTruth {
  edge: string;
  from: string;
  to: string;
  atMs: number;
}

let folder = '';
let demo: RunningHeron;
let heron: RunningHeron;
let control: (method: string, where: string, body?: object) => Promise<unknown>;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-test-'));
  const place = path.join(folder, 'demo');
  demo = new RunningHeron(['demo', '--clusters', '1', '--untouched', '--script', 'none', '--dir', place]);
  const ready = await demo.line('demo-ready', ({ type }) => type === 'demo-ready', 60_000);
  const { url, tokenFile } = ready['control'] as { url: string; tokenFile: string };
  const authorization = `Bearer ${readFileSync(tokenFile, 'utf8')}`;
  control = async (method, where, body) => {
    const request = { method, headers: { authorization }, body: JSON.stringify(body) };
    const answer = await fetch(url + where, request);
    if (!answer.ok) throw new Error(`${method} ${where}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  heron = new RunningHeron(['watch', '--inventory', path.join(place, 'inventory.json')], { TMPDIR: folder });
});
afterAll(async () => {
  await heron.kill();
  await demo.kill();
  rmSync(folder, { recursive: true, force: true });
});

const isMaster = (line: Line): boolean => line.type === 'lb-role' && line['to'] === 'master';
const truth = async (): Promise<RoleTruth[]> =>
  ((await control('GET', '/truth')) as { roles: RoleTruth[] }).roles;

describe('heron watch on edges that tell their role nowhere', () => {
  it('names the active LB from its traffic, with figures, and finds its loss', async () => {
    const named = await heron.line('an active LB', isMaster, 30_000);
    const [word] = named['witnesses'] as { witness: string; confidence: number; said: string }[];
    expect(word).toMatchObject({ witness: 'traffic' });
    expect(word?.confidence).toBeGreaterThanOrEqual(0.8);
    expect(word?.said).toMatch(/^carries \d+ % of the cluster’s LB ingress, [\d.]+ [MGk]b\/s$/);
    await heron.line(
      'a cluster that is up',
      ({ type, to }) => type === 'cluster-state' && to === 'up',
      30_000,
    );

    const cluster = named['cluster'] as string;
    await control('POST', '/faults', { kind: 'lb-dies', cluster, edge: '@master' });
    const failover = await heron.line('a failover', ({ type }) => type === 'failover', 40_000);
    const roles = await truth();
    const lost = roles.findLast(({ from }) => from === 'master');
    const taken = roles.findLast(({ to }) => to === 'master');
    expect([failover['from'], failover['to']]).toEqual([lost?.edge, taken?.edge]);
    expect(failover['from']).toBe(named['edge']);
    const bracket = failover['bracket'] as { lastOld: string; firstNew: string };
    expect(Date.parse(bracket.lastOld)).toBeLessThanOrEqual(lost?.atMs ?? 0);
    expect(Date.parse(bracket.firstNew)).toBeGreaterThanOrEqual(taken?.atMs ?? Infinity);
    expect(Date.parse(bracket.firstNew) - Date.parse(bracket.lastOld)).toBeLessThan(15_000);
    expect(heron.lines.filter(({ type }) => type === 'failover' || type === 'split-brain')).toHaveLength(1);
  }, 120_000);
});
