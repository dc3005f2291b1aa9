import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WriterSession } from '../../../db/write/writer-session';
import { identifyInventory } from '../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../domain/inventory/inventory-file';
import { aFailover, noonMs } from '../../fixtures/history/history-entries';

const built = fileURLToPath(new URL('../../../out/cli/heron.js', import.meta.url));
/** What no support file may hold. The community is short and is in a word of the log. */
const planted = {
  HERON_NOC_AUTH: 'planted-auth',
  HERON_NOC_PRIV: 'planted-priv',
  HERON_WORDS: 'of horses and clusters',
  SITE_COMMUNITY: 'xq7',
  SOME_PROGRAM: 'planted-value-of-another-program',
};
const names = ['Frankfurt', 'fra-edge', '10.20.0', 'noc-user', 'SUB-0001', 'fra.example.net', 'anna'];
let folder = '';
let data = '';
let inventory = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-test-'));
  data = path.join(folder, 'Heron');
  mkdirSync(path.join(data, 'logs'), { recursive: true });
  const lines = Array.from({ length: 5_000 }, (_, at) => `[info] Line ${at} of the log`);
  const bad = [
    `[info] Logged by mistake: ${planted.HERON_NOC_AUTH}, and password=${planted.HERON_NOC_PRIV}`,
    `[warn] community xq7 and ${planted.SOME_PROGRAM}; password: "never-in-the-environment"`,
    '[warn] password=of horses and clusters',
    '[warn] anna opened fra.example.net (10.20.0.11), fra-edge-1 of Frankfurt',
  ];
  writeFileSync(path.join(data, 'logs', 'heron.log'), [...lines, ...bad, ''].join('\n'));
  const preferences = { theme: 'dark', trapPort: 10162, window: null, apiKey: 'never-in-the-environment' };
  writeFileSync(path.join(data, 'preferences.json'), JSON.stringify(preferences));
  const edges = [1, 2].map((number) => ({
    name: `fra-edge-${number}`,
    proxyIp: `10.20.0.1${number}`,
    lbIp: `10.20.0.2${number}`,
    subscription: `SUB-0001`,
    snmp: { host: 'fra.example.net', credential: number === 1 ? 'noc' : 'old' },
    http: { url: `http://10.20.0.1${number}:3128/index.html?key=never-in-the-environment` },
  }));
  const auth = { protocol: 'md5', passwordEnv: 'HERON_NOC_AUTH' };
  const file = {
    credentials: [
      {
        name: 'noc',
        version: '3',
        user: 'noc-user',
        auth,
        priv: { protocol: 'aes128', passwordEnv: 'HERON_NOC_PRIV' },
      },
      { name: 'old', version: '2c', communityEnv: 'SITE_COMMUNITY' },
    ],
    clusters: [
      {
        ...{ name: 'Frankfurt', clusterIp: '10.20.0.100', subnetMask: '255.255.255.0' },
        ...{ defaultGateway: '10.20.0.1', edges },
      },
    ],
  };
  inventory = path.join(folder, 'inventory.json');
  writeFileSync(inventory, JSON.stringify(file));
  const session = WriterSession.open({
    file: path.join(data, 'history.sqlite'),
    nowMs: noonMs,
    version: '0.1.0',
  });
  session.putInventory(identifyInventory(inventoryFileSchema.parse(file), null), noonMs);
  const common = { timeMs: noonMs + 10, recordedAtMs: noonMs + 20 };
  session.record([
    aFailover('fra', noonMs + 5),
    {
      ...{
        type: 'finding',
        ...common,
        clusterId: 'fra',
        clusterName: 'Frankfurt',
        edgeId: null,
        edgeName: null,
      },
      reason: {
        code: 'credential-weak',
        fact: 'The agent of fra-edge-1 sends xq7.',
        detail: 'See anna.',
        since: noonMs,
      },
    } as never,
  ]);
  session.end(noonMs + 60_000);
  session.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function support(...args: string[]) {
  const env = { PATH: process.env['PATH'], HOME: folder, XDG_CONFIG_HOME: folder, ...planted };
  const { status, stdout, stderr } = spawnSync(process.execPath, [built, 'support', ...args], {
    ...{ encoding: 'utf8', timeout: 20_000, env },
  });
  return { status, stdout, stderr };
}

interface Bundle {
  versions: Record<string, string>;
  settings: object;
  history: { eventCounts: object; runs: object[]; problem: string | null };
  inventory: { clusters: { name: string }[] } | null;
  configuration: string[];
  findings: object[];
  log: string[];
}
const bundleOf = (...args: string[]): Bundle => {
  const { status, stdout, stderr } = support(...args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  for (const secret of [...Object.values(planted), 'never-in-the-environment', folder])
    expect(stdout).not.toContain(secret);
  return JSON.parse(stdout) as Bundle;
};

describe.runIf(process.platform === 'linux')('heron support', () => {
  it('prints versions, settings, counts, inventory, findings and the end of the log, without any secret', () => {
    const bundle = bundleOf();
    expect(bundle.versions['node']).toBe(process.versions.node);
    expect(bundle.settings).toEqual({ theme: 'dark', trapPort: 10162 });
    expect(bundle.history).toMatchObject({ problem: null, eventCounts: { failover: 1, finding: 1 } });
    expect(bundle.history.runs).toMatchObject([{ version: '0.1.0' }]);
    expect(bundle.inventory?.clusters[0]?.name).toBe('Frankfurt');
    expect(bundle.configuration.join('\n')).toMatch(/MD5/);
    expect(bundle.findings).toHaveLength(1);
    expect(bundle.log).toHaveLength(200);
    expect(bundle.log[0]).toBe('[info] Line 4804 of the log');
    expect(bundle.log.slice(-4).join('\n')).toContain('(value of HERON_NOC_AUTH)');
  });

  it('--redact leaves out every name and address besides', () => {
    const text = JSON.stringify(bundleOf('--redact'));
    for (const name of names) expect(text).not.toContain(name);
    expect(text).not.toContain('and clusters');
    expect(text).toContain('cluster-1');
    expect(text).toContain('edge-1-1');
  });

  it('takes another inventory, and says what is wrong with it', () => {
    writeFileSync(path.join(folder, 'bad.json'), '{"clusters": 7}');
    const bundle = bundleOf('--inventory', path.join(folder, 'bad.json')) as Bundle & {
      inventoryProblems: string[];
    };
    expect(bundle.inventoryProblems.join('\n')).toMatch(/clusters/);
    expect(bundleOf('--inventory', inventory).inventory?.clusters).toHaveLength(1);
  });

  it('works where there is no history, and with one that is damaged', () => {
    expect(bundleOf('--db', path.join(folder, 'none.sqlite')).history.problem).toMatch(/no such file/i);
    writeFileSync(path.join(folder, 'damaged.sqlite'), 'garbage');
    expect(bundleOf('--db', path.join(folder, 'damaged.sqlite')).history.problem).toMatch(/\w/);
  });

  it('--out saves a new file for its owner alone, and never replaces one', () => {
    const out = path.join(folder, 'support.json');
    expect(support('--out', out)).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringContaining(out),
    });
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const saved = readFileSync(out, 'utf8');
    expect(JSON.parse(saved)).toMatchObject({ type: 'support', version: 1, redacted: false });
    expect(saved).not.toContain('planted-');
    expect(support('--out', out)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('is there already'),
    });
    expect(readFileSync(out, 'utf8')).toBe(saved);
    const nowhere = path.join(folder, 'missing', 'support.json');
    expect(support('--out', nowhere)).toMatchObject({ status: 1, stderr: expect.stringContaining('ENOENT') });
    expect(existsSync(nowhere)).toBe(false);
  });

  it('refuses what it does not know', () => {
    expect(support('now')).toMatchObject({ status: 2, stderr: expect.stringContaining('is an option') });
  });
});
