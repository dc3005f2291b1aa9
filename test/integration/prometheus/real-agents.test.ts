import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { inventoryFileSchema, type InventoryFile } from '../../../domain/inventory/inventory-file';
import { scrapeFiles } from '../../../monitor/prometheus/scrape-files';
import { throughEngine, watchInventory, type Watched } from '../../fixtures/prometheus/demo-through-engine';
import {
  hasProgram,
  startExporter,
  startPrometheus,
  whyEnginesAreMissing,
  type RunningEngine,
} from '../../fixtures/prometheus/engines';
import { findSnmpd, startSnmpd, whySnmpdIsMissing, type RunningSnmpd } from '../../fixtures/sources/snmpd';

const hasEngines = ['prometheus', 'prometheus-snmp-exporter'].every(hasProgram);
const hasSnmpd = findSnmpd() !== null;
if (!hasEngines) process.stderr.write(whyEnginesAreMissing);
if (!hasSnmpd) process.stderr.write(whySnmpdIsMissing);

const scrapeIntervalMs = 5_000;
const passwords = { HERON_EDGES_AUTH: 'auth-password-1', HERON_EDGES_PRIV: 'priv-password-1' };
const texts = {
  master: 'carp: MASTER vhid 7 advbase 1 advskew 0',
  backup: 'carp: BACKUP vhid 7 advbase 1 advskew 100',
};

/** Debian's snmpd with SNMPv3 (authPriv), whose `extend carp` prints a file: what an administrator sets up on an edge. */
describe.skipIf(!hasEngines || !hasSnmpd)('real agents behind snmp_exporter', () => {
  let folder = '';
  const agents: RunningSnmpd[] = [];
  const engines: RunningEngine[] = [];
  const roleFile = (n: number): string => path.join(folder, `carp-${n}`);

  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'heron-real-agents-'));
    for (const n of [1, 2]) {
      writeFileSync(roleFile(n), n === 1 ? texts.master : texts.backup);
      agents.push(
        await startSnmpd([
          `createUser heron SHA ${passwords.HERON_EDGES_AUTH} AES ${passwords.HERON_EDGES_PRIV}`,
          'rouser heron priv',
          `sysName real-${n}`,
          `extend -cacheTime 1 carp /bin/cat ${roleFile(n)}`,
        ]),
      );
    }
  }, 60_000);
  afterAll(async () => {
    await Promise.all([...engines, ...agents].map((one) => one.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  function inventory(): InventoryFile {
    const edge = (n: number) => ({
      ...{ name: `real-${n}`, proxyIp: `10.9.0.1${n}`, lbIp: `10.9.0.2${n}`, managementIp: '127.0.0.1' },
      ...{ subscription: `SUB-${n}`, snmp: { port: agents[n - 1]?.port, credential: 'edges' } },
    });
    const secret = (protocol: string, passwordEnv: string) => ({ protocol, passwordEnv });
    return inventoryFileSchema.parse({
      credentials: [
        {
          ...{ name: 'edges', version: '3', user: 'heron' },
          ...{ auth: secret('sha1', 'HERON_EDGES_AUTH'), priv: secret('aes128', 'HERON_EDGES_PRIV') },
        },
      ],
      clusters: [
        {
          ...{
            name: 'Real',
            clusterIp: '10.9.0.100',
            subnetMask: '255.255.255.0',
            defaultGateway: '10.9.0.1',
          },
          ...{ probe: { kind: 'off' }, edges: [edge(1), edge(2)] },
        },
      ],
    });
  }

  it('are read with the generated configuration: roles, a take-over, and one that hangs', async () => {
    const exporter = await startExporter(scrapeFiles(inventory())['snmp.yml'], passwords);
    engines.push(exporter);
    const own = throughEngine(inventory(), 'http://127.0.0.1:1', scrapeIntervalMs);
    const files = scrapeFiles(own, { source: 'engine', exporter: new URL(exporter.url).host });
    const prometheus = await startPrometheus(files);
    engines.push(prometheus);
    const watched = await watchInventory(throughEngine(inventory(), prometheus.url, scrapeIntervalMs));
    try {
      await becomes(watched, { real1: 'master', real2: 'backup', active: 'real-1' });
      const [first] = watched.monitor.snapshot().clusters[0]?.edges ?? [];
      expect(first?.witnesses[0]).toMatchObject({ witness: 'carp-extend', said: texts.master, vhid: 7 });
      expect(first?.witnesses[0]?.through).toMatch(/engine, which scrapes it every 5 s/);

      writeFileSync(roleFile(1), texts.backup);
      writeFileSync(roleFile(2), texts.master);
      await becomes(watched, { real1: 'backup', real2: 'master', active: 'real-2' });
      await vi.waitFor(() => {
        const moves = watched.events.filter(({ type }) => type === 'failover' || type === 'failback');
        expect(moves).toMatchObject([{ fromEdgeName: 'real-1', toEdgeName: 'real-2' }]);
      }, waiting);

      agents[0]?.freeze();
      await vi.waitFor(() => expect(healthOf(watched, 'real-1')).toBe('down'), waiting);
      agents[0]?.thaw();
      await becomes(watched, { real1: 'backup', real2: 'master', active: 'real-2' });
      await vi.waitFor(() => expect(healthOf(watched, 'real-1')).not.toBe('down'), waiting);
    } finally {
      await watched.monitor.stop();
    }
  }, 240_000);
});

const waiting = { timeout: 60_000, interval: 200 };

async function becomes(
  { monitor }: Watched,
  expected: { real1: string; real2: string; active: string },
): Promise<void> {
  await vi.waitFor(() => {
    const [cluster] = monitor.snapshot().clusters;
    const roles = cluster?.edges.map(({ role }) => role);
    const active = cluster?.activeLb.kind === 'one' ? cluster.activeLb.edgeName : cluster?.activeLb.kind;
    expect([...(roles ?? []), active]).toEqual([expected.real1, expected.real2, expected.active]);
  }, waiting);
}

function healthOf({ monitor }: Watched, edge: string): string | undefined {
  return monitor.snapshot().clusters[0]?.edges.find(({ name }) => name === edge)?.health;
}
