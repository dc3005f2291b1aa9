import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSnmpd, type RunningSnmpd } from '../../fixtures/sources/snmpd';
import { RunningHeron, type Line } from './running-heron';

let folder = '';
let snmpd: RunningSnmpd;
let heron: RunningHeron | null = null;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-test-'));
  snmpd = await startSnmpd([
    'createUser noc SHA auth-password-1 AES priv-password-1',
    'rouser noc priv',
    'sysName real-agent',
    'extend -cacheTime 1 carp /bin/echo "carp: MASTER vhid 7 advbase 1 advskew 20"',
  ]);
});
afterAll(async () => {
  await heron?.kill();
  await snmpd.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Three edges: the real agent, the same by another name with a wrong password, and a port where nobody listens. */
function inventoryFile(): string {
  const edge = (name: string, number: number, port: number, more: object = {}) => ({
    name,
    proxyIp: `10.9.0.1${number}`,
    lbIp: `10.9.0.2${number}`,
    managementIp: '127.0.0.1',
    subscription: `SUB-${number}`,
    snmp: { port, credential: 'noc', ...more },
  });
  const password = (protocol: string, passwordEnv: string) => ({ protocol, passwordEnv });
  const file = path.join(folder, 'inventory.json');
  const credential = (name: string, auth: string) => ({
    ...{ name, version: '3', user: 'noc' },
    ...{ auth: password('sha1', auth), priv: password('aes128', 'HERON_TEST_PRIV') },
  });
  const inventory = {
    credentials: [credential('noc', 'HERON_TEST_AUTH'), credential('wrong', 'HERON_TEST_WRONG')],
    clusters: [
      {
        ...{ name: 'Real', clusterIp: '10.9.0.100', subnetMask: '255.255.255.0', defaultGateway: '10.9.0.1' },
        edges: [
          edge('answers', 1, snmpd.port),
          edge('silent', 2, 9),
          edge('locked', 3, snmpd.port, { host: 'localhost', credential: 'wrong' }),
        ],
      },
    ],
  };
  writeFileSync(file, JSON.stringify(inventory));
  return file;
}

it('heron watch prints the reading of a real snmpd, and of a closed port why there is none', async () => {
  const passwords = {
    HERON_TEST_AUTH: 'auth-password-1',
    HERON_TEST_PRIV: 'priv-password-1',
    HERON_TEST_WRONG: 'other-password-1',
  };
  heron = new RunningHeron(['watch', '--inventory', inventoryFile(), '--health-interval', '1'], passwords);
  const stateOf = (edge: string) => (line: Line) =>
    line.type === 'edge-state' && line['edge'] === edge && 'reading' in line;

  const { reading } = (await heron.line('a reading', stateOf('answers'))) as Line & {
    reading: { snmp: unknown };
  };
  expect(reading.snmp).toMatchObject({
    answered: true,
    reportedName: 'real-agent',
    description: expect.stringContaining('Linux'),
    agentUptimeMs: expect.any(Number),
    interfaces: expect.arrayContaining([
      expect.objectContaining({ name: 'lo', operUp: true, inOctets: expect.stringMatching(/^\d+$/) }),
    ]),
    roles: [expect.objectContaining({ witness: 'carp-extend', role: 'master', vhid: 7, advskew: 20 })],
  });
  const role = await heron.line('its role', ({ type, edge }) => type === 'lb-role' && edge === 'answers');
  expect(role).toMatchObject({ cluster: 'Real', from: 'unknown', to: 'master' });

  const silent = (await heron.line('the other', stateOf('silent'))) as Line & { reading: { snmp: unknown } };
  expect(silent.reading.snmp).toMatchObject({ answered: false, code: 'refused', words: expect.any(String) });

  const locked = (await heron.line('the locked one', stateOf('locked'))) as Line & {
    reading: { snmp: unknown };
  };
  expect(locked).toMatchObject({ from: 'unknown', to: 'unknown', reasons: [{ code: 'refused' }] });
  expect(locked.reading.snmp).toMatchObject({ answered: false, code: 'wrong-password' });

  heron.signal('SIGTERM');
  expect(await heron.ended).toEqual({ code: 0, signal: null });
  expect(heron.otherLines).toEqual([]);
  expect(heron.lines.at(-1)?.type).toBe('summary');
  expect(JSON.stringify(heron.lines) + heron.stderr).not.toMatch(/(auth|priv|other)-password-1/);
}, 60_000);
