import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freeUdpPort, startSnmpd, type RunningSnmpd } from '../../fixtures/sources/snmpd';

const built = fileURLToPath(new URL('../../../out/cli/heron.js', import.meta.url));
const environment = {
  HERON_RIGHT_AUTH: 'auth-password-1',
  HERON_RIGHT_PRIV: 'priv-password-1',
  WRONG: 'wrong-password-9',
  COMMUNITY: 'comm-secret',
};

interface Report {
  edge: string;
  status: string;
  steps: { key: string; status: string; findings: { words: string; todo: string | null }[] }[];
  missing: string[];
  remedies: { file: string; lines: string[] }[];
}

let agent: RunningSnmpd;
let narrow: RunningSnmpd;
let noExtend: RunningSnmpd;
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-test-'));
  const user = 'createUser noc SHA auth-password-1 AES priv-password-1';
  [agent, narrow, noExtend] = await Promise.all([
    startSnmpd([
      user,
      'rouser noc priv',
      'createUser signer SHA auth-password-1',
      'rouser signer auth',
      'rocommunity comm-secret',
      'sysName secret-name',
      'extend -cacheTime 1 carp /bin/echo "carp: MASTER vhid 7 advbase 1 advskew 20"',
    ]),
    startSnmpd([user, 'view tiny included .1.3.6.1.2.1.1', 'rouser noc priv -V tiny']),
    startSnmpd([user, 'rouser noc priv']),
  ]);
});
afterAll(async () => {
  await Promise.all([agent.stop(), narrow.stop(), noExtend.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

function run(args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, ...environment } };
    execFile(process.execPath, [built, 'doctor', ...args], options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

/** Examines an agent on loopback; the texts of each step by its key. */
async function examine(port: number, ...args: string[]) {
  const { code, stdout } = await run(['127.0.0.1', '--port', String(port), ...args, '--json']);
  const [report] = (JSON.parse(stdout) as { edges: Report[] }).edges;
  if (!report) throw new Error(stdout);
  const stepOf = (key: string) => report.steps.find((step) => step.key === key);
  return {
    code,
    report,
    status: (key: string) => stepOf(key)?.status,
    words: (key: string) =>
      stepOf(key)
        ?.findings.map(({ words }) => words)
        .join('\n') ?? '',
    todo: (key: string) =>
      stepOf(key)
        ?.findings.map(({ todo }) => todo)
        .join('\n') ?? '',
    lines: report.remedies.flatMap(({ lines }) => lines),
  };
}

const as = (
  user: string,
  auth: string | null,
  authEnv = 'HERON_RIGHT_AUTH',
  priv: string | null = null,
  privEnv = 'HERON_RIGHT_PRIV',
) => [
  ...['--user', user],
  ...(auth === null ? [] : ['--auth', auth, '--auth-env', authEnv]),
  ...(priv === null ? [] : ['--priv', priv, '--priv-env', privEnv]),
];

describe('against a real snmpd', () => {
  it('finds nothing wrong with an agent that is well', async () => {
    const found = await examine(agent.port, ...as('noc', 'sha1', 'HERON_RIGHT_AUTH', 'aes128'));
    expect(found.code).toBe(0);
    expect(found.report).toMatchObject({ status: 'ok', missing: [], remedies: [] });
    expect(found.words('reach')).toContain('from 127.0.0.1 (lo)');
    expect(found.words('engine')).toMatch(/of net-snmp.*\nengineBoots is 1,/);
    expect(found.words('role')).toContain('reports MASTER (VHID 7, advbase 1, advskew 20)');
    expect(found.words('answers')).toContain('GETBULK works');
  });

  it.each([
    [
      'a user that does not exist',
      as('nobody', 'sha1', 'HERON_RIGHT_AUTH', 'aes128'),
      /does not know the user "nobody"/,
      /createUser nobody SHA ".*" AES/,
    ],
    [
      'a wrong authentication password',
      as('noc', 'sha1', 'WRONG', 'aes128'),
      /authentication password is wrong/,
      /createUser noc SHA/,
    ],
    [
      'a wrong authentication protocol',
      as('noc', 'sha256', 'HERON_RIGHT_AUTH', 'aes128'),
      /accepted with SHA-1, not with SHA-256/,
      null,
    ],
    [
      'passwords the wrong way round',
      as('noc', 'sha1', 'HERON_RIGHT_PRIV', 'aes128', 'HERON_RIGHT_AUTH'),
      /wrong way round/,
      null,
    ],
    [
      'a wrong privacy password',
      as('noc', 'sha1', 'HERON_RIGHT_AUTH', 'aes128', 'WRONG'),
      /SHA-1 are right\.\nThe privacy password is wrong/,
      /createUser noc/,
    ],
    [
      'a wrong privacy protocol',
      as('noc', 'sha1', 'HERON_RIGHT_AUTH', 'aes256'),
      /accepted with AES-128, not with AES-256/,
      null,
    ],
    [
      'a level that is too low',
      as('noc', 'sha1'),
      /probably its rouser line demands encryption/,
      /rouser noc auth -V heron/,
    ],
    [
      'a user without privacy',
      as('signer', 'sha1', 'HERON_RIGHT_AUTH', 'aes128'),
      /has no privacy on the agent/,
      /createUser signer/,
    ],
    ['a wrong community', ['--community-env', 'WRONG'], /the community is wrong/, null],
    ['a password that is not set', as('noc', 'sha1', 'NOT_SET'), /NOT_SET is not set/, null],
  ])('names %s', { timeout: 30_000 }, async (_, args, words, line) => {
    const found = await examine(agent.port, ...args);
    expect(found.code).toBe(1);
    expect(found.status('reach')).toBe('ok');
    expect(found.status('credential')).toBe('failed');
    expect(found.words('credential')).toMatch(words);
    expect(found.status('objects')).toBe('not-asked');
    if (line === null) expect(found.lines).toEqual([]);
    else expect(found.lines.join('\n')).toMatch(line);
    for (const secret of Object.values(environment))
      expect(JSON.stringify(found.report)).not.toContain(secret);
  });

  it('names a port at which nobody listens, and what to write', async () => {
    const port = await freeUdpPort();
    const found = await examine(port, ...as('noc', 'sha1'));
    expect(found.words('reach')).toContain('is closed');
    expect(found.lines).toEqual([`agentAddress udp:${port},udp6:${port}`]);
    expect(found.status('credential')).toBe('not-asked');
  });

  it('names a view that is too narrow, and lines that widen it', async () => {
    const found = await examine(narrow.port, ...as('noc', 'sha1', 'HERON_RIGHT_AUTH', 'aes128'));
    expect(found.status('credential')).toBe('ok');
    expect(found.words('objects')).toContain('its view (VACM) is too narrow');
    expect(found.lines).toEqual(['view heron included .1', 'rouser noc priv -V heron']);
    const widened = await startSnmpd([
      'createUser noc SHA auth-password-1 AES priv-password-1',
      ...found.lines,
    ]);
    try {
      const again = await examine(widened.port, ...as('noc', 'sha1', 'HERON_RIGHT_AUTH', 'aes128'));
      expect(again.status('objects')).toBe('ok');
    } finally {
      await widened.stop();
    }
  }, 30_000);

  it('names what is missing where nothing reports the role', async () => {
    const found = await examine(noExtend.port, ...as('noc', 'sha1', 'HERON_RIGHT_AUTH', 'aes128'));
    expect(found.code).toBe(1);
    expect(found.status('role')).toBe('warning');
    expect(found.report.missing).toEqual([expect.stringContaining('who the active LB is')]);
    expect(found.lines).toContain('master agentx');
  }, 20_000);
});

/** Two edges of a cluster: names and addresses that a redacted report must not have. */
function inventoryFile(): string {
  const edge = (name: string, number: number, port: number) => ({
    ...{ name, proxyIp: `10.9.0.1${number}`, lbIp: `10.9.0.2${number}`, managementIp: `10.9.0.3${number}` },
    ...{ subscription: `SUB-${number}`, snmp: { host: '127.0.0.1', port, credential: 'the-noc' } },
  });
  const inventory = {
    credentials: [
      {
        ...{ name: 'the-noc', version: '3', user: 'noc' },
        auth: { protocol: 'sha1', passwordEnv: 'HERON_RIGHT_AUTH' },
        priv: { protocol: 'aes128', passwordEnv: 'HERON_RIGHT_PRIV' },
      },
    ],
    clusters: [
      {
        ...{ name: 'Bank', clusterIp: '10.9.0.100', subnetMask: '255.255.255.0', defaultGateway: '10.9.0.1' },
        edges: [edge('bank-a', 1, agent.port), edge('bank-b', 2, noExtend.port)],
      },
    ],
  };
  const file = path.join(folder, 'edges.json');
  writeFileSync(file, JSON.stringify(inventory));
  return file;
}

describe('with an inventory', () => {
  it('examines every edge, and redacts on request', { timeout: 40_000 }, async () => {
    const { code, stdout } = await run([inventoryFile(), '--json', '--redact']);
    expect(code).toBe(1);
    const { edges, redacted } = JSON.parse(stdout) as { edges: Report[]; redacted: boolean };
    expect(redacted).toBe(true);
    expect(edges.map(({ edge }) => edge)).toEqual(['edge-1-1', 'edge-1-2']);
    for (const name of ['bank', '10.9.0', '127.0.0.1', '"noc', 'the-noc', 'secret-name', os.hostname()])
      expect(stdout.toLowerCase()).not.toContain(name.toLowerCase());
    expect(stdout).toContain('reports MASTER (VHID 7');
  });

  it('examines one edge by name, and suggests a name that is nearly right', { timeout: 20_000 }, async () => {
    const { code, stdout } = await run(['bank-a', '--inventory', inventoryFile()]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^bank-a: warnings: Interfaces/);
    expect(stdout).toContain('No interface is known as the proxy: 10.9.0.11 is not among those of the agent');
    const wrong = await run(['bank-q', '--inventory', inventoryFile()]);
    expect(wrong).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean "bank-a"?') as string,
    });
  });
});

describe('arguments', () => {
  it.each([
    [[], 'Name one EDGE'],
    [['10.0.0.1'], 'How is 10.0.0.1 asked?'],
    [['10.0.0.1', '--user', 'x', '--auth', 'sha1'], 'belong together'],
    [['10.0.0.1', '--user', 'x', '--auth', 'rot13', '--auth-env', 'X'], 'must be one of md5'],
    [['10.0.0.1', '--user', 'x', '--port', '70000'], 'must be a port'],
    [['10.0.0.1', '--user', 'x', '--community-env', 'X'], 'Give one of'],
    [['10.0.0.1', '--credential', 'x'], 'add --inventory FILE'],
    [['a b', '--user', 'x'], 'is no address and no host name'],
  ])('refuses %j', async (args, words) => {
    const { code, stderr } = await run(args);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  it('reads a recorded walk', async () => {
    const walk = fileURLToPath(new URL('../../fixtures/walks/keepalived.snmpwalk', import.meta.url));
    const { code, stdout } = await run([walk]);
    expect(code).toBe(0);
    expect(stdout).toContain('The agent is keepalived behind net-snmp on Linux.');
    expect(stdout).toMatch(/KEEPALIVED-MIB reports (MASTER|BACKUP)/);
  });

  it('says what is wrong with a file', async () => {
    const file = path.join(folder, 'none.snmpwalk');
    expect(await run([file])).toMatchObject({ code: 1, stderr: expect.stringContaining('ENOENT') as string });
    writeFileSync(file, '\u0000\u0001 no walk');
    expect(await run([file])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no line of it is a row') as string,
    });
  });
});
