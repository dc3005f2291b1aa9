import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { missingForLab } from '../../lab/requirements';
import { ipBatch, runCommand, systemEnvironment, tryCommand } from '../../lab/system-command';
import { skipWithoutLab } from '../lab/running-lab';
import { RunningHeron, type Line } from './running-heron';

const poller = `hrn-own-${process.pid}`;
const agents = `hrn-far-${process.pid}`;
let folder = '';
let snmpd: ChildProcess | null = null;
let heron: RunningHeron | null = null;

skipWithoutLab();
beforeAll(async () => {
  if ((await missingForLab()) !== null) return;
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-test-'));
  await runCommand('ip', ['netns', 'add', poller]);
  await runCommand('ip', ['netns', 'add', agents]);
  await ipBatch(poller, [
    'link set lo up',
    ...[1, 2].flatMap((n) => [
      `link add eth${n} type veth peer name far${n} netns ${agents}`,
      `address add 10.77.${n}.7/24 dev eth${n}`,
      `link set eth${n} up`,
    ]),
  ]);
  const addresses = [1, 2].flatMap((n) => [11, 12].map((host) => ({ n, ip: `10.77.${n}.${host}` })));
  await ipBatch(agents, [
    'link set lo up',
    ...[1, 2].map((n) => `link set far${n} up`),
    ...addresses.map(({ n, ip }) => `address add ${ip}/24 dev far${n}`),
  ]);
  const file = path.join(folder, 'snmpd.conf');
  const listen = addresses.map(({ ip }) => `udp:${ip}:161`).join(',');
  const config = [
    `agentaddress ${listen}`,
    'rocommunity heron-test',
    // Other tests load this machine, which is not the subject here.
    'load 1000 1000 1000',
    'extend -cacheTime 1 carp /bin/echo BACKUP',
  ];
  writeFileSync(file, `${config.join('\n')}\n`);
  const args = [
    '-f',
    '-C',
    '-c',
    file,
    '-p',
    path.join(folder, 'pid'),
    `--persistentDir=${folder}/state`,
    '-Ln',
  ];
  snmpd = spawn('ip', ['netns', 'exec', agents, 'snmpd', ...args], {
    stdio: 'ignore',
    env: { ...systemEnvironment, MIBS: '' },
  });
});
afterAll(async () => {
  await heron?.kill();
  snmpd?.kill('SIGKILL');
  for (const name of [poller, agents]) await tryCommand('ip', ['netns', 'delete', name]);
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

function inventoryFile(): string {
  const file = path.join(folder, 'inventory.json');
  const clusters = [1, 2].map((n) => ({
    name: `by-eth${n}`,
    clusterIp: `10.77.${n}.100`,
    subnetMask: '255.255.255.0',
    defaultGateway: `10.77.${n}.1`,
    edges: [11, 12].map((host) => ({
      name: `e${n}-${host}`,
      proxyIp: `10.77.${n}.${host + 100}`,
      managementIp: `10.77.${n}.${host}`,
      snmp: { credential: 'v2' },
    })),
  }));
  const credentials = [{ name: 'v2', version: '2c', communityEnv: 'HERON_TEST_COMMUNITY' }];
  writeFileSync(file, JSON.stringify({ credentials, clusters }));
  return file;
}

it('heron watch says that an own interface is down, and nothing of its edges but that they are unknown', async () => {
  const args = ['watch', '--inventory', inventoryFile(), '--health-interval', '1'];
  heron = RunningHeron.inNamespace(poller, args, { HERON_TEST_COMMUNITY: 'heron-test' });
  const state = (edge: string, to: string) => (line: Line) =>
    line.type === 'edge-state' && line['edge'] === edge && line['to'] === to;
  for (const edge of ['e1-11', 'e1-12', 'e2-11', 'e2-12'])
    await heron.line(`${edge} up`, state(edge, 'up'), 30_000);

  await ipBatch(poller, ['link set eth1 down']);
  const unknown = await heron.line('an unknown edge', state('e1-11', 'unknown'));
  expect(unknown).toMatchObject({
    reasons: [{ code: 'own-network', detail: expect.stringContaining('eth1') }],
  });
  await heron.line('the other one', state('e1-12', 'unknown'));
  const words = 'eth1 of this computer is down: 2 of 4 edges cannot be polled.';
  await expect.poll(() => heron?.stderr, { timeout: 5_000 }).toContain(words);

  await ipBatch(poller, ['link set eth1 up']);
  const gap = await heron.line('a gap', ({ type }) => type === 'gap');
  expect(gap).toMatchObject({ reason: 'own-network', clusters: ['by-eth1'] });
  await heron.line(
    'up again',
    (line) => state('e1-12', 'up')(line) && line['from'] === 'unknown' && line.time > unknown.time,
  );
  heron.signal('SIGTERM');
  expect(await heron.ended).toMatchObject({ code: 0 });
  const about = heron.lines.filter(({ type }) => type === 'edge-state');
  expect(about.map((line) => line['to'])).not.toContain('down');
  expect(about.filter((line) => String(line['edge']).startsWith('e2-'))).toHaveLength(2);
}, 90_000);
