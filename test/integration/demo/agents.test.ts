import { readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RoleTruth } from '../../../demo/fleet/truth';
import { EdgeClient, startTestDemo, until, type TestDemo } from './demo-client';

const oid = {
  carpLine: '1.3.6.1.4.1.8072.1.3.2.3.1.1.4.99.97.114.112',
  carpState: '1.3.6.1.4.1.30155.6.2.2.1.7.1',
  sysUpTime: '1.3.6.1.2.1.1.3.0',
  sysName: '1.3.6.1.2.1.1.5.0',
  hrSystemUptime: '1.3.6.1.2.1.25.1.1.0',
  engineBoots: '1.3.6.1.6.3.10.2.1.2.0',
  lbError: '1.3.6.1.4.1.2021.2.1.100.3',
  lbErrorWords: '1.3.6.1.4.1.2021.2.1.101.3',
  proxyOut64: '1.3.6.1.2.1.31.1.1.1.10.2',
  proxyOut32: '1.3.6.1.2.1.2.2.1.16.2',
  lbIn64: '1.3.6.1.2.1.31.1.1.1.6.3',
};

let running: TestDemo;
const clients = new Map<string, EdgeClient>();

const client = (name: string): EdgeClient => {
  const known = clients.get(name);
  if (known) return known;
  const made = new EdgeClient(running.demo.listeners.ports.get(name)!.snmp);
  clients.set(name, made);
  return made;
};
const cluster = (name: string) => running.demo.fleet.clusters.find((one) => one.plan.name === name)!;
const edgesOf = (name: string): string[] => cluster(name).plan.edges.map((edge) => edge.name);
const masterOf = async (name: string): Promise<string[]> => {
  const states = await Promise.all(edgesOf(name).map((edge) => client(edge).get(oid.carpState)));
  return edgesOf(name).filter((_edge, i) => states[i]![0] === 2);
};
const roles = (since: number): RoleTruth[] =>
  running.truth.filter((entry): entry is RoleTruth => entry.kind === 'role' && entry.atMs >= since);

beforeAll(async () => {
  running = await startTestDemo();
});
afterAll(async () => {
  for (const one of clients.values()) one.close();
  await running.demo.stop();
});

describe('the demo’s agents, asked over the network', () => {
  it('answer a walk with every object of the domain', async () => {
    const [name] = edgesOf('gru-01');
    const walked = await client(name!).walk('1.3.6.1');
    expect(walked.size).toBeGreaterThan(200);
    const plan = cluster('gru-01').plan.edges[0]!;
    expect(walked.get(oid.sysName)).toBe(name);
    expect(walked.get('1.3.6.1.4.1.46262.9.2.1.1.1')).toBe(name);
    expect(walked.get('1.3.6.1.4.1.46262.9.2.1.5.1')).toBe(3);
    expect(walked.get('1.3.6.1.4.1.46262.9.2.1.6.1')).toBe(4);
    expect(walked.get('1.3.6.1.4.1.46262.4.2.1.12.1.1')).toBeGreaterThan(100);
    expect(walked.get('1.3.6.1.4.1.46262.6.2.1.11.1')).toBeGreaterThan(0);
    expect(walked.get(`1.3.6.1.2.1.4.20.1.2.${plan.managementIp}`)).toBe(1);
    expect(walked.get(`1.3.6.1.2.1.4.20.1.2.${plan.proxyIp}`)).toBe(2);
    expect(walked.get(`1.3.6.1.2.1.4.20.1.2.${plan.lbIp}`)).toBe(3);
    expect(walked.get('1.3.6.1.2.1.2.2.1.2.3')).toBe('vmx2');
    expect(walked.get('1.3.6.1.2.1.6.9.0')).toBeGreaterThan(0);
    for (const [where, value] of walked) {
      if (/^1\.3\.6\.1\.4\.1\.2021\.(2|9|10)\.1\.100\./.test(where)) expect(value).toBe(0);
    }
  });

  it('say the same role as an extend and as OPENBSD-CARP-MIB, one master a cluster', async () => {
    for (const name of ['fra-01', 'gru-01']) {
      const answers = await Promise.all(
        edgesOf(name).map((edge) => client(edge).get(oid.carpLine, oid.carpState)),
      );
      for (const [line, state] of answers) {
        const role = ['INIT', 'BACKUP', 'MASTER'][Number(state)];
        expect(line).toMatch(new RegExp(`^carp: ${role} vhid \\d+ advbase 1 advskew \\d+$`));
      }
      expect(answers.filter(([, state]) => state === 2)).toHaveLength(1);
    }
  });

  it('count upwards, in 64 bits and the same modulo 2^32, and one edge’s LB carries the ingress', async () => {
    const [master] = await masterOf('gru-01');
    const other = edgesOf('gru-01').find((edge) => edge !== master)!;
    const first = await client(master!).get(oid.proxyOut64, oid.proxyOut32, oid.lbIn64, oid.sysUpTime);
    const otherFirst = await client(other).get(oid.lbIn64);
    expect(Number((first[0] as bigint) % 2n ** 32n)).toBe(first[1]);
    const second = await until(
      () => client(master!).get(oid.proxyOut64, oid.proxyOut32, oid.lbIn64, oid.sysUpTime),
      (answer) => Number(answer[3]) >= Number(first[3]) + 50,
      5000,
    );
    expect(second[0] as bigint).toBeGreaterThan(first[0] as bigint);
    const otherSecond = await client(other).get(oid.lbIn64);
    const carried = (second[2] as bigint) - (first[2] as bigint);
    expect(carried).toBeGreaterThan(((otherSecond[0] as bigint) - (otherFirst[0] as bigint)) * 50n);
  });

  it('report what is wrong with a credential', async () => {
    const { snmp } = running.demo.listeners.ports.get(edgesOf('fra-01')[0]!)!;
    const cases = [
      { passwords: { auth: 'not the password' }, words: /authentication failed/ },
      { passwords: { priv: 'not the password' }, words: /decrypt/i },
      { passwords: { user: 'nobody' }, words: /user/i },
    ];
    for (const { passwords, words } of cases) {
      const wrong = new EdgeClient(snmp, passwords);
      await expect(wrong.get(oid.sysName)).rejects.toThrow(words);
      wrong.close();
    }
  });

  it('offer no CARP and no LB interface on a standalone edge', async () => {
    const walked = await client('mad-trial-edge').walk('1.3.6.1.4.1.30155');
    expect(walked.size).toBe(0);
    expect(await client('mad-trial-edge').get('1.3.6.1.2.1.2.1.0', oid.carpLine)).toEqual([3, undefined]);
  });

  it('show a failover within CARP’s time when the active LB dies, and why', async () => {
    const [old] = await masterOf('fra-01');
    const atMs = Date.now();
    running.demo.fleet.request({ kind: 'lb-dies', cluster: 'fra-01', edge: old }, atMs);
    expect(await client(old!).get(oid.carpState, oid.lbError, oid.lbErrorWords)).toEqual([
      0,
      1,
      'No smlb process running',
    ]);
    const [next] = await until(
      () => masterOf('fra-01'),
      (masters) => masters.length > 0,
      4000,
    );
    const seenAtMs = Date.now();
    const taken = roles(atMs).find((entry) => entry.to === 'master')!;
    expect(taken.edge).toBe(next);
    expect(taken.atMs - atMs).toBeGreaterThan(1900);
    expect(taken.atMs - atMs).toBeLessThan(3800);
    expect(taken.atMs).toBeLessThanOrEqual(seenAtMs);
    running.demo.fleet.request({ kind: 'restore', cluster: 'fra-01' }, Date.now());
    await until(
      () => masterOf('fra-01'),
      (masters) => masters.length === 1 && masters[0] === old,
      4000,
    );
  });

  it('fall silent in a reboot and come back with one more boot and everything from zero', async () => {
    const name = edgesOf('gru-01')[2]!;
    const [boots] = await client(name).get(oid.engineBoots);
    running.demo.fleet.request(
      { kind: 'reboot', cluster: 'gru-01', edge: name, forSeconds: 1.5 },
      Date.now(),
    );
    await expect(client(name).get(oid.sysName)).rejects.toThrow(/nothing answered/);
    // The client learns the new boots and time from the report that the old ones bring.
    const back = await until(
      () =>
        client(name)
          .get(oid.engineBoots, oid.sysUpTime, oid.hrSystemUptime, oid.proxyOut64)
          .catch(() => []),
      (answer) => answer.length > 0,
      6000,
    );
    expect(back[0]).toBe(Number(boots) + 1);
    expect(Number(back[1])).toBeLessThan(1000);
    expect(Number(back[2])).toBeLessThan(1500);
    expect(back[3] as bigint).toBeLessThan(10n ** 9n);
  });
});

describe('the demo’s responders', () => {
  const get = async (name: string, where: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${running.demo.listeners.ports.get(name)!.http}${where}`, {
      signal: AbortSignal.timeout(700),
    });

  it('answer the health page with as many bytes as asked for, the role page, and 404', async () => {
    const [name] = edgesOf('fra-01');
    const health = await get(name!, '/index.html?=100');
    expect(health.status).toBe(200);
    expect(await health.text()).toHaveLength(100);
    expect((await get(name!, '/index.html?=99999999')).status).toBe(400);
    expect((await get(name!, '/elsewhere')).status).toBe(404);
    expect(await (await get(name!, '/role')).json()).toMatchObject({ vhid: 1, advbase: 1 });
    expect((await get('mad-trial-edge', '/role')).status).toBe(404);
  });

  it('refuse while the proxy is down and are silent while the edge is', async () => {
    const name = edgesOf('fra-01')[3]!;
    await get(name, '/index.html?=10');
    running.demo.fleet.request({ kind: 'proxy-dies', cluster: 'fra-01', edge: name }, Date.now());
    await expect(get(name, '/index.html?=10')).rejects.toThrow('fetch failed');
    running.demo.fleet.request({ kind: 'edge-dies', cluster: 'fra-01', edge: name }, Date.now());
    await expect(get(name, '/index.html?=10')).rejects.toThrow(/timeout/i);
    running.demo.fleet.restoreAll(Date.now());
    expect((await get(name, '/index.html?=10')).status).toBe(200);
  });
});

describe('the inventory that the demo writes', () => {
  it('names every edge with its ports and no password, for its owner only', () => {
    const text = readFileSync(running.demo.inventoryPath, 'utf8');
    const inventory = JSON.parse(text) as { clusters: { edges: { name: string; snmp: object }[] }[] };
    const [first] = inventory.clusters[0]!.edges;
    const { snmp } = running.demo.listeners.ports.get(first!.name)!;
    expect(first!.snmp).toEqual({ host: '127.0.0.1', port: snmp, credential: 'demo' });
    expect(inventory.clusters.flatMap((one) => one.edges)).toHaveLength(
      running.demo.listeners.ports.size - 1,
    );
    expect(text).not.toContain('heron-demo-auth');
    expect(statSync(running.demo.directory).mode & 0o777).toBe(0o700);
    expect(statSync(running.demo.tokenPath).mode & 0o777).toBe(0o600);
  });
});
