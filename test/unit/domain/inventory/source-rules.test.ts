import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configurationFindings } from '../../../../domain/inventory/configuration-findings';
import { identifyInventory, isPolledHere, toInventoryFile } from '../../../../domain/inventory/inventory';
import { applyEdit, type InventoryEdit } from '../../../../domain/inventory/inventory-edit';
import { inventoryDiff } from '../../../../domain/inventory/inventory-diff';
import { inventoryFileSchema, type InventoryFile } from '../../../../domain/inventory/inventory-file';
import { problemInWords } from '../../../../domain/inventory/inventory-problem';
import { checkInventory } from '../../../../domain/inventory/inventory-rules';
import { mergeInventories } from '../../../../domain/inventory/merge-inventories';
import { placeOf, sourceOf } from '../../../../domain/inventory/metrics-source';
import { secretUses } from '../../../../domain/inventory/secret-uses';
import { checkInventory as checkStored } from '../../../../db/codec/inventory-record';

const example = readFileSync(new URL('../../../fixtures/inventories/example.json', import.meta.url), 'utf8');
const engine = { kind: 'prometheus', name: 'engine', url: 'http://prometheus.example.net:9090' };

type Loose = Record<string, unknown>;

/** The example without what Heron would read besides SNMP, changed. */
function text(change: (file: Loose & { sources: Loose[] }, cluster: Loose, edge: Loose) => void): string {
  const file = JSON.parse(example) as Loose & { sources: Loose[]; clusters: (Loose & { edges: Loose[] })[] };
  for (const edge of file.clusters.flatMap(({ edges }) => edges)) {
    delete edge['http'];
    delete edge['tcp'];
  }
  file.standaloneEdges = [];
  file.sources = [{ ...engine }];
  const cluster = file.clusters[0]!;
  cluster['source'] = 'engine';
  change(file, cluster, cluster.edges[0]!);
  return JSON.stringify(file, null, 1);
}

function problems(change: Parameters<typeof text>[0]): string[] {
  const check = checkInventory(text(change));
  return check.ok
    ? []
    : check.problems.map((problem) => problemInWords('f', problem).replace(/^f:\d+: /, ''));
}

function fileOf(change: Parameters<typeof text>[0] = () => undefined): InventoryFile {
  return inventoryFileSchema.parse(JSON.parse(text(change)));
}

describe('sources of an inventory', () => {
  it('are accepted, with their defaults', () => {
    expect(problems(() => undefined)).toEqual([]);
    expect(fileOf().sources).toMatchObject([{ scrapeIntervalMs: 15_000, job: 'heron-edges' }]);
  });

  it('refuse two sources for one edge, and say what to do', () => {
    const second = problems((_file, _cluster, edge) => (edge['http'] = {}));
    expect(second).toEqual([
      'clusters[0] "Frankfurt".edges[0] "fra-edge-1".http: A second source of an edge which is read through the source "engine". Take "http" out, or write "source": "direct" so that Heron polls it itself.',
    ]);
    expect(
      problems((_file, cluster, edge) => Object.assign(edge, { http: {} }) && (cluster['source'] = 'direct')),
    ).toEqual([]);
  });

  it('need an agent, and leave no room for intervals of an edge', () => {
    expect(problems((_file, _cluster, edge) => delete edge['snmp'])[0]).toMatch(
      /No SNMP agent for an edge which is read through/,
    );
    const own = problems((_file, _cluster, edge) => (edge['overrides'] = { roleIntervalMs: 500 }));
    expect(own[0]).toMatch(/An interval of its own .* Take it out/);
  });

  it('are found by name, or by default, of which there is one', () => {
    expect(problems((_file, cluster) => (cluster['source'] = 'engin'))[0]).toMatch(
      /The source "engin" does not exist. Did you mean "engine"/,
    );
    const twice = problems(({ sources }) => {
      sources[0]!['isDefault'] = true;
      sources.push({ ...engine, name: 'other', isDefault: true });
    });
    expect(twice[0]).toMatch(/A second default source/);
    expect(problems(({ sources }) => sources.push({ ...engine }))[0]).toMatch(
      /A second source with the name "engine"/,
    );
    const { sources } = fileOf((file) => (file.sources[0]!['isDefault'] = true));
    expect(sourceOf({}, sources)?.name).toBe('engine');
    expect(sourceOf({ source: 'direct' }, sources)).toBeNull();
  });

  it.each([
    [{ url: 'http://user:pass@host' }, /must not hold a user name or a password/],
    [{ url: 'ftp://host' }, /url/],
    [{ url: 'http://host/?x=1' }, /must end before the query/],
    [{ bearerEnv: 'HERON_A', passwordEnv: 'HERON_B', user: 'u' }, /at most one/],
    [{ user: 'u' }, /together with passwordEnv or passwordSecret/],
    [{ name: 'direct' }, /reserved/],
    [{ job: 'a"b' }, /is not the name of a job/],
    [{ tenant: 'a b' }, /is not a tenant ID/],
    [{ scrapeIntervalMs: 10 }, /scrapeIntervalMs/],
    [{ password: 'hunter2' }, /must not be in the inventory in clear text/],
  ])('refuse %j', (more, words) => {
    const found = problems(({ sources }) => Object.assign(sources[0]!, more));
    expect(found.join('\n')).toMatch(words);
    expect(found.join('\n')).not.toContain('hunter2');
  });

  it('survive identification, storage, export, difference and merge', () => {
    const file = fileOf();
    const inventory = identifyInventory(file, null);
    expect(toInventoryFile(inventory).sources).toEqual(file.sources);
    expect(checkStored(JSON.parse(JSON.stringify(inventory)))).toEqual(inventory);
    const slower = fileOf(({ sources }) => (sources[0]!['scrapeIntervalMs'] = 30_000));
    expect(inventoryDiff(file, slower).changed).toEqual([
      { name: 'source "engine"', fields: [{ field: 'Scrape interval, ms', from: '15000', to: '30000' }] },
    ]);
    const renamed = { ...file, clusters: file.clusters.map((cluster) => ({ ...cluster, site: 'X' })) };
    const merged = mergeInventories(file, renamed, slower);
    expect(merged.conflicts).toEqual([]);
    expect(merged.file.sources).toEqual(slower.sources);
    expect(merged.file.clusters[0]?.site).toBe('X');
  });

  it('send their secret to their host only, and agents’ passwords to nobody', () => {
    const inventory = identifyInventory(
      fileOf(({ sources }) => Object.assign(sources[0]!, { bearerEnv: 'HERON_TOKEN' })),
      null,
    );
    expect(inventory.clusters.flatMap(({ edges }) => edges).some(isPolledHere(inventory))).toBe(false);
    const uses = secretUses(inventory);
    expect(uses.find(({ user }) => user === 'bearer token')?.hosts).toEqual(['prometheus.example.net:9090']);
    expect(uses.filter(({ user }) => user !== 'bearer token').flatMap(({ hosts }) => hosts)).toEqual([]);
    const facts = configurationFindings(inventory).map(({ reason }) => reason.fact);
    expect(facts).toContain('The token of source "engine" crosses the network unencrypted.');
  });

  it('survive a change of a cluster or a credential', () => {
    const inventory = identifyInventory(fileOf(), null);
    const [cluster] = inventory.clusters;
    const [credential] = inventory.credentials;
    const newCredentials: never[] = [];
    const edits: InventoryEdit[] = [
      { kind: 'put-cluster', id: cluster!.id, cluster: { ...cluster!, site: 'X' }, newCredentials },
      { kind: 'put-credential', name: credential!.name, credential: credential! },
      { kind: 'put-credential', name: null, credential: { ...credential!, name: 'more' } },
    ];
    for (const edit of edits) {
      const next = applyEdit(inventory, edit);
      expect(next.sources).toEqual(inventory.sources);
      expect(next.clusters[0]?.source).toBe('engine');
    }
  });

  it.each([
    ['https://[2001:db8::1]:9090/prometheus', '[2001:db8::1]:9090', '2001:db8::1', true],
    ['http://localhost', 'localhost', 'localhost', false],
  ])('%s is at %s', (url, host, hostname, isEncrypted) => {
    expect(placeOf({ url })).toEqual({ host, hostname, isEncrypted });
  });
});
