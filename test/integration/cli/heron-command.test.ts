import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const example = path.join(root, 'test/fixtures/inventories/example.json');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function heron(...args: string[]) {
  return heronWith({ HERON_LOG: '' }, ...args);
}

function heronWith(environment: NodeJS.ProcessEnv, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(root, 'out/cli/heron.js'), ...args],
    { encoding: 'utf8', timeout: 20_000, env: { ...process.env, ...environment } },
  );
  return { status, stdout, stderr };
}

describe('heron', () => {
  it('prints its version and its commands', () => {
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(heron('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
    expect(heron('help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('heron watch'),
      stderr: '',
    });
    for (const what of ['verify', 'report', 'open', 'anchor', 'new-key']) {
      expect(heron('help').stdout).toContain(`heron audit ${what} `);
    }
    for (const command of ['watch', 'demo', 'backup', 'inventory']) {
      const said = heron(command, '--help');
      expect(said).toMatchObject({
        status: 0,
        stdout: expect.stringContaining(`heron ${command}`),
        stderr: '',
      });
      expect(heron('help', command)).toEqual(said);
    }
  });

  it.each([
    [['wtach'], 'heron: There is no command "wtach". See: heron help\n'],
    [['constructor'], 'heron: There is no command "constructor". See: heron help\n'],
    [[], 'heron: Which command? See: heron help\n'],
    [
      ['watch'],
      'heron: --inventory FILE is missing: the inventory of the edges to monitor. See: heron watch --help\n',
    ],
    [
      ['inventory', 'chekc'],
      'heron: Write: heron inventory check FILE, schema, diff OLD NEW, apply FILE --to TARGET, import SOURCE --into FILE, drift SOURCE FILE, or prometheus FILE --to FOLDER. See: heron inventory --help\n',
    ],
  ])('prints in one line what to do: %j', (args, stderr) => {
    expect(heron(...args)).toEqual({ status: 2, stdout: '', stderr });
  });

  it('logs to standard error as HERON_LOG says, and nothing else changes', () => {
    const quiet = heronWith({ HERON_LOG: '' }, '--version');
    const debug = heronWith({ HERON_LOG: 'debug' }, '--version');
    expect(debug).toEqual({
      ...quiet,
      stderr: expect.stringMatching(/^heron: debug: heron \d.*--version\n$/),
    });
    expect(heronWith({ HERON_LOG: 'loud' }, '--version')).toEqual({
      ...quiet,
      stderr: 'heron: warn: HERON_LOG is "loud". Set it to error, warn, info, debug.\n',
    });
  });

  it('prints the published schema', () => {
    const published = readFileSync(path.join(root, 'docs/inventory.schema.json'), 'utf8');
    expect(heron('inventory', 'schema')).toEqual({ status: 0, stdout: published, stderr: '' });
  });

  it('checks a file', () => {
    const said = heron('inventory', 'check', example);
    expect(said).toMatchObject({ status: 0, stderr: '' });
    expect(said.stdout).toMatch(/: correct\. Clusters: 1, edges: \d+\.\n/);
    expect(said.stdout).toMatch(
      /: now: The authentication password of credential ".*" is missing: .* is not set\./,
    );
    const gone = path.join(folder, 'gone.json');
    expect(heron('inventory', 'check', gone)).toEqual({
      status: 1,
      stdout: `${gone}: the whole file: There is no such file. Check the name.\n`,
      stderr: '',
    });
  });
});

type Edge = Record<string, unknown>;

describe('heron watch on a broken inventory', () => {
  const edges = (file: { clusters: { edges: Edge[] }[] }): Edge[] => file.clusters[0]!.edges;
  const change = (plant: (edges: Edge[]) => void): string => {
    const file = JSON.parse(readFileSync(example, 'utf8')) as { clusters: { edges: Edge[] }[] };
    plant(edges(file));
    return JSON.stringify(file, null, 2);
  };

  it.each<[string, string, string]>([
    ['bad JSON', '{ "clusters": [', ':1: line 1, column 16: Not valid JSON'],
    [
      'unknown key',
      change(([edge]) => (edge!['lbip'] = 1)),
      'edges[0] "fra-edge-1".lbip: Unknown key "lbip". Did you mean "lbIp"?',
    ],
    [
      '17 edges',
      change((all) => all.push(...(Array(15).fill(all[0]) as Edge[]))),
      'clusters[0] "Frankfurt".edges: 17 edges: a cluster has at most 16.',
    ],
    [
      'one address twice',
      change(([a, b]) => (b!['proxyIp'] = a!['proxyIp'])),
      'edges[1] "fra-edge-2".proxyIp: 10.20.0.11 is also the proxyIp of "fra-edge-1"',
    ],
    [
      'outside the subnet',
      change(([, b]) => (b!['lbIp'] = '10.21.0.22')),
      'edges[1] "fra-edge-2".lbIp: lbIp 10.21.0.22 is outside the subnet of "Frankfurt", 10.20.0.0/24.',
    ],
    [
      'missing credential',
      change(([a]) => (a!['snmp'] = { credential: 'nco' })),
      'edges[0] "fra-edge-1".snmp.credential: The credential "nco" does not exist.',
    ],
  ])('%s: one error, nothing started', (_name, text, words) => {
    const file = path.join(folder, 'broken.json');
    const db = path.join(folder, 'history.sqlite');
    writeFileSync(file, text);
    const said = heron('watch', '--inventory', file, '--db', db);
    expect(said).toMatchObject({ status: 1, stdout: '' });
    expect(said.stderr).toMatch(/^heron watch: [^\n]+\n$/);
    expect(said.stderr).toContain(file);
    expect(said.stderr).toContain(words);
    expect(existsSync(db)).toBe(false);
  });

  it('leaves a file alone that is not a history', () => {
    const db = path.join(folder, 'letter.txt');
    writeFileSync(db, 'Dear diary, this is not SQLite.');
    const said = heron('watch', '--inventory', example, '--db', db);
    expect(said).toMatchObject({ status: 1, stdout: '' });
    expect(said.stderr).toMatch(/^heron watch: This is not a SQLite file\. [^\n]+\n$/);
    expect(readFileSync(db, 'utf8')).toBe('Dear diary, this is not SQLite.');
  });
});
