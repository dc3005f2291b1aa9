import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { InventoryProblem } from '../../../../domain/inventory/inventory-problem';
import { checkInventory, maxInventoryBytes, maxProblems } from '../../../../domain/inventory/inventory-rules';

const example = readFileSync(new URL('../../../fixtures/inventories/example.json', import.meta.url), 'utf8');

type Loose = Record<string, unknown> & { edges: Loose[]; snmp: Loose; auth: Loose; http: Loose };
type LooseFile = { clusters: Loose[]; credentials: Loose[]; standaloneEdges: Loose[] };

/** The example, changed, and what is wrong with it. */
function problemsOf(change: (file: LooseFile, cluster: Loose, edge: Loose) => void): InventoryProblem[] {
  const file = JSON.parse(example) as LooseFile;
  const cluster = file.clusters[0]!;
  change(file, cluster, cluster.edges[1]!);
  return problemsOfText(JSON.stringify(file, null, 2));
}

function problemsOfText(text: string): InventoryProblem[] {
  const check = checkInventory(text);
  return check.ok ? [] : check.problems;
}

const secret = 'hunter2-Geheim!';

describe('checkInventory', () => {
  it('accepts the published example', () => {
    expect(checkInventory(example)).toMatchObject({ ok: true, file: { clusters: [{ name: 'Frankfurt' }] } });
  });

  it('says place, line, reason and what to do', () => {
    const text = example.replace('"lbIp": "10.20.0.22"', '"lbIp": "10.20.0.21"');
    const [problem, ...more] = problemsOfText(text);
    expect(more).toEqual([]);
    expect(problem).toEqual({
      place: 'clusters[0] "Frankfurt".edges[1] "fra-edge-2".lbIp',
      // The second lbIp of the text.
      line: text.split('"lbIp"', 2).join('').split('\n').length,
      reason: '10.20.0.21 is also the lbIp of "fra-edge-1" in "Frankfurt".',
      todo: 'Give each its own address.',
    });
  });

  it('refuses a value whose length is no number, which makes zod throw', () => {
    const strange = { length: { toString: 1 } };
    for (const file of [
      { clusters: [{ name: strange }], credentials: [] },
      { clusters: [{ name: 'a', edges: strange }], credentials: [] },
    ]) {
      const read = checkInventory(JSON.stringify(file));
      expect(read.ok).toBe(false);
      expect(read.ok ? '' : read.problems[0]?.reason).toContain('"length"');
    }
  });

  it('places broken JSON by line and column, without quoting it', () => {
    const text = `{\n  "credentials": [\n    { "passwordEnv": "${secret}" "version": "3" }\n  ]\n}`;
    const [problem] = problemsOfText(text);
    expect(problem).toMatchObject({ place: 'line 3, column 40', line: 3 });
    expect(problem?.reason).toBe('Not valid JSON: a comma or "}" was expected here.');
    expect(JSON.stringify(problem)).not.toContain(secret);
  });

  it('finds a key that is there twice, which JSON.parse would pass over', () => {
    const [problem] = problemsOfText('{\n "clusters": [],\n "clusters": []\n}');
    expect(problem).toMatchObject({ place: 'clusters', line: 3 });
  });

  it.each([
    ['proxyip', 'Did you mean "proxyIp"?'],
    ['lb', 'Did you mean "lbIp"?'],
    ['gateway', 'Did you mean "defaultGateway"?'],
    ['xyzzy', 'Delete it. Known here: name, status,'],
  ])('names an unknown key and the nearest known one: %s', (key, todo) => {
    const [problem] = problemsOf((_file, _cluster, edge) => (edge[key] = 1));
    expect(problem?.reason).toBe(`Unknown key "${key}".`);
    expect(problem?.todo).toContain(todo);
  });

  it('knows the keys of a credential by its version', () => {
    const [problem] = problemsOf((file) => (file.credentials[1]!['user'] = 'x'));
    expect(problem?.todo).toBe('Delete it. Known here: name, version, communityEnv, communitySecret.');
  });

  it.each<[string, (file: LooseFile) => void]>([
    ['auth.password', (file) => (file.credentials[0]!.auth['password'] = secret)],
    ['auth.passwordEnv', (file) => (file.credentials[0]!.auth['passwordEnv'] = secret)],
    ['auth.passwordSecret', (file) => Object.assign(file.credentials[0]!.auth, { passwordSecret: secret })],
    ['auth', (file) => Object.assign(file.credentials[0]!, { auth: secret })],
    ['authPassword', (file) => (file.credentials[0]!['authPassword'] = secret)],
    ['community', (file) => (file.credentials[1]!['community'] = secret)],
    ['communityEnv', (file) => (file.credentials[1]!['communityEnv'] = secret)],
    ['lower case', (file) => (file.credentials[1]!['communityEnv'] = 'hunter2')],
    ['version', (file) => (file.credentials[1]!['version'] = secret)],
    ['snmp.credential', (file) => (file.clusters[0]!.edges[0]!.snmp['credential'] = secret)],
    ['snmp.password', (file) => (file.clusters[0]!.edges[0]!.snmp['password'] = secret)],
    ['url', (file) => (file.clusters[0]!.edges[0]!.http['url'] = `http://noc:${secret}@10.20.0.11/`)],
    ['port', (file) => (file.clusters[0]!.edges[0]!.snmp['port'] = secret)],
  ])('refuses a password in clear text and does not repeat it: %s', (_name, plant) => {
    const problems = problemsOf(plant);
    expect(problems.length).toBeGreaterThan(0);
    expect(JSON.stringify(problems)).not.toMatch(/hunter2|Geheim/);
  });

  it('says what to do with a password in clear text', () => {
    const [problem] = problemsOf((file) => (file.credentials[0]!.auth['password'] = secret));
    expect(problem?.place).toBe('credentials[0] "noc".auth.password');
    expect(problem?.reason).toContain('a password must not be in the inventory in clear text');
    expect(problem?.todo).toContain('"passwordEnv": "HERON_…"');
  });

  it.each<[string, (file: LooseFile, cluster: Loose, edge: Loose) => void, string, string]>([
    [
      'edges',
      (_f, c) => (c.edges = Array(17).fill(c.edges[0]) as Loose[]),
      'edges',
      '17 edges: a cluster has at most 16.',
    ],
    ['no edges', (_f, c) => (c.edges = []), 'edges', 'No edges.'],
    ['missing', (_f, c) => delete c['clusterIp'], 'clusterIp', 'clusterIp is missing.'],
    [
      'mask',
      (_f, c) => (c['subnetMask'] = '255.0.255.0'),
      'subnetMask',
      'subnetMask "255.0.255.0" is not a subnet mask such as 255.255.255.0.',
    ],
    [
      'type',
      (_f, c) => (c['ipsecLocalTermination'] = 'no'),
      'ipsecLocalTermination',
      'ipsecLocalTermination "no" must be true or false.',
    ],
    ['choice', (_f, c) => (c['status'] = 'on'), 'status', 'status "on" must be "enabled" or "disabled".'],
    [
      'outside',
      (_f, c) => (c['clusterIp'] = '10.20.1.100'),
      'clusterIp',
      'clusterIp 10.20.1.100 is outside the subnet of "Frankfurt", 10.20.0.0/24.',
    ],
    [
      'network',
      (_f, c) => (c['clusterIp'] = '10.20.0.0'),
      'clusterIp',
      'clusterIp 10.20.0.0 is the first address (the network itself) of 10.20.0.0/24.',
    ],
    [
      'broadcast',
      (_f, c) => (c['clusterIp'] = '10.20.0.255'),
      'clusterIp',
      'clusterIp 10.20.0.255 is the last address (its broadcast address) of 10.20.0.0/24.',
    ],
    [
      'gateway',
      (_f, c) => (c['defaultGateway'] = '10.20.0.12'),
      'defaultGateway',
      '10.20.0.12 is also the proxyIp of "fra-edge-2" in "Frankfurt".',
    ],
    [
      'multicast',
      (_f, c) => (c['clusterIp'] = '224.0.0.18'),
      'clusterIp',
      'clusterIp "224.0.0.18" is not the IPv4 address of a host, such as 10.20.0.11.',
    ],
  ])('names what is wrong with a cluster: %s', (_name, plant, key, reason) => {
    expect(problemsOf(plant)).toEqual([
      { place: `clusters[0] "Frankfurt".${key}`, line: expect.any(Number), reason, todo: expect.any(String) },
    ]);
  });

  it('finds the same SNMP agent behind two edges, loopback ports kept apart', () => {
    const ask = (host: string, port: number) => ({ host, port, credential: 'noc' });
    const shared = (first: object, second: object) =>
      problemsOf((_file, { edges }, edge) => {
        Object.assign(edges[0]!, { snmp: first, managementIp: '127.0.0.1' });
        Object.assign(edge, { snmp: second, managementIp: '127.0.0.1' });
      }).map(({ place }) => place.split('.').at(-1));
    expect(shared(ask('Agent.example', 161), ask('agent.example', 161))).toEqual(['host']);
    expect(shared(ask('127.0.0.1', 161), ask('127.0.0.1', 162))).toEqual([]);
    expect(shared({ credential: 'noc' }, { credential: 'noc', port: 161 })).toEqual(['port']);
  });

  it('refuses an LB address and cluster mode on a standalone edge', () => {
    const alone = { name: 'alone', proxyIp: '10.30.0.1', lbIp: '10.30.0.2', deployment: 'cluster' };
    const problems = problemsOf((file) => file.standaloneEdges.push(alone as unknown as Loose));
    expect(problems.map(({ place }) => place)).toEqual([
      'standaloneEdges[0] "alone".deployment',
      'standaloneEdges[0] "alone".lbIp',
    ]);
  });

  it('takes one address for several purposes of one edge, and a byte order mark', () => {
    const file = JSON.parse(example) as LooseFile;
    const edge = file.clusters[0]!.edges[0]!;
    edge['managementIp'] = edge['proxyIp'];
    edge['lbIp'] = edge['proxyIp'];
    expect(checkInventory(`\uFEFF${JSON.stringify(file)}`).ok).toBe(true);
  });

  it('keeps every place and reason on one line, whatever a name holds', () => {
    const problems = problemsOf((_file, cluster, edge) => {
      cluster['name'] = 'a\u001b[31m\nb';
      edge['key\n\u0007'] = 1;
    });
    expect(problems.length).toBe(2);
    expect(JSON.stringify(problems)).not.toMatch(/\\n|\\u00/);
  });

  it('lists a hundred problems and counts the rest', () => {
    const problems = problemsOf((file) => (file.clusters = Array(250).fill({}) as Loose[]));
    expect(problems.length).toBe(maxProblems + 1);
    expect(problems.at(-1)?.reason).toMatch(/^\d+ more problems\.$/);
  });

  it('refuses a text larger than the limit, and a deep one, in good time', () => {
    expect(problemsOfText(' '.repeat(maxInventoryBytes + 1))[0]?.reason).toContain('at most 20 MB');
    const deep = `{"clusters":${'['.repeat(500_000)}${']'.repeat(500_000)}}`;
    expect(problemsOfText(deep)[0]).toMatchObject({
      place: 'line 1, column 512',
      reason: 'It is nested more than 500 levels deep.',
    });
  });
});
