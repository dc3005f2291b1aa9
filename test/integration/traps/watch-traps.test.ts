import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freeUdpPort } from '../../fixtures/sources/snmpd';
import { RunningHeron, type Line } from '../cli/running-heron';

interface RoleTruth {
  edge: string;
  to: string;
  atMs: number;
}

let folder = '';
let port = 0;
let demo: RunningHeron;
let heron: RunningHeron;
let inventory = '';
let control: (method: string, where: string, body?: object) => Promise<unknown>;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-test-'));
  port = await freeUdpPort();
  const place = ['--dir', path.join(folder, 'demo'), '--trap-port', String(port)];
  demo = new RunningHeron(['demo', '--clusters', '1', '--script', 'none', ...place]);
  const ready = await demo.line('demo-ready', ({ type }) => type === 'demo-ready', 60_000);
  const { url, tokenFile } = ready['control'] as { url: string; tokenFile: string };
  inventory = ready['inventory'] as string;
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
afterAll(async () => {
  await Promise.all([demo.kill(), heron.kill()]);
  rmSync(folder, { recursive: true, force: true });
});

describe('heron watch --trap-port on the demo fleet', () => {
  it('prints traps, looks at once, and keeps them as evidence of the failover', async () => {
    // Polls alone would see the new master up to ten seconds later.
    const slow = ['--role-interval', '10', '--health-interval', '10'];
    heron = new RunningHeron(['watch', '--inventory', inventory, '--trap-port', String(port), ...slow]);
    const up = await heron.line('a cluster that is up', isUp, 60_000);
    await control('POST', '/faults', { kind: 'link-cut', cluster: up['cluster'], edge: '@master' });
    const failover = await heron.line('a failover', ({ type }) => type === 'failover', 30_000);

    const { roles } = (await control('GET', '/truth')) as { roles: RoleTruth[] };
    const taken = roles.findLast(({ edge, to }) => edge === failover['to'] && to === 'master')!;
    expect(Date.parse(failover.recordedAt) - taken.atMs).toBeLessThan(3_000);
    const bracket = failover['bracket'] as { lastOld: string; firstNew: string };
    expect(Date.parse(bracket.lastOld)).toBeLessThanOrEqual(taken.atMs);
    expect(Date.parse(bracket.firstNew)).toBeGreaterThanOrEqual(taken.atMs);
    const cause = failover['cause'] as { kind: string; evidence: string[] };
    expect(cause.kind).toBe('link-cut');
    expect(cause.evidence.join('\n')).toMatch(/sent a trap at .* UTC: link down on vmx2 \(authenticated\)/);

    const traps = heron.lines.filter(({ type }) => type === 'trap');
    const from = traps.filter(({ edge }) => edge === failover['from']);
    expect(from.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['link-down', 'role']));
    expect(traps).toContainEqual(
      expect.objectContaining({
        edge: failover['to'],
        role: 'master',
        authenticated: true,
        notification: 'trap',
      }),
    );

    heron.signal('SIGINT');
    expect(await heron.ended).toEqual({ code: 0, signal: null });
    const summary = heron.lines.at(-1)!;
    expect(summary['traps']).toMatchObject({ received: traps.length, traps: traps.length, wrongPassword: 0 });
  }, 120_000);

  it('starts nothing when the port cannot be had', async () => {
    const taken = new RunningHeron(['watch', '--inventory', inventory, '--trap-port', String(port)]);
    await taken.line('a start', ({ type }) => type === 'start');
    const second = new RunningHeron(['watch', '--inventory', inventory, '--trap-port', String(port)]);
    expect(await second.ended).toEqual({ code: 1, signal: null });
    expect(second.lines).toEqual([]);
    expect(second.stderr).toMatch(/UDP port \d+ is taken.*Nothing was started/);
    await taken.kill();
  });
});

function isUp(line: Line): boolean {
  return line.type === 'cluster-state' && line['to'] === 'up';
}
