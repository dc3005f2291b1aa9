import { describe, expect, it } from 'vitest';
import { draftFaults } from '../../../../domain/inventory/draft-faults';
import { edgesThrough, identifyInventory, type Inventory } from '../../../../domain/inventory/inventory';
import { applyEdit, type InventoryEdit } from '../../../../domain/inventory/inventory-edit';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { metricsSourceSchema, type MetricsSource } from '../../../../domain/inventory/metrics-source';

const snmp = { credential: 'noc' };
const cluster = (n: number, more: object = {}) => ({
  ...{ name: `c${n}`, clusterIp: `10.${n}.0.10`, subnetMask: '255.255.255.0', defaultGateway: `10.${n}.0.1` },
  edges: [1, 2].map((e) => ({
    ...{ name: `c${n}-e${e}`, proxyIp: `10.${n}.0.1${e}`, managementIp: `10.${n}.1.1${e}`, snmp },
    ...more,
  })),
});
const lone = { name: 'lone', proxyIp: '10.9.0.1', managementIp: '10.9.1.1', snmp };

function inventoryOf(file: object = {}): Inventory {
  return identifyInventory(
    inventoryFileSchema.parse({
      credentials: [{ name: 'noc', version: '2c', communityEnv: 'HERON_C' }],
      clusters: [cluster(1), cluster(2)],
      standaloneEdges: [lone],
      ...file,
    }),
    null,
  );
}
const sourceOf = (more: object = {}): MetricsSource =>
  metricsSourceSchema.parse({ kind: 'prometheus', name: 'p', url: 'http://p.example.net:9090', ...more });
const put = (more: Partial<Extract<InventoryEdit, { kind: 'put-source' }>> = {}): InventoryEdit => ({
  ...{
    kind: 'put-source',
    name: null,
    source: sourceOf(),
    clusterIds: [],
    edgeIds: [],
    dropsOwnPolls: false,
  },
  ...more,
});
const through = (inventory: Inventory, name = 'p') => edgesThrough(inventory, name).map((edge) => edge.name);
const named = ({ clusters, standaloneEdges }: Inventory) =>
  [...clusters, ...standaloneEdges].map(({ source }) => source);

describe('a source put by a form', () => {
  it('reads what was chosen, and nothing else', () => {
    const next = applyEdit(inventoryOf(), put({ clusterIds: ['c2'], edgeIds: ['lone'] }));
    expect(through(next)).toEqual(['c2-e1', 'c2-e2', 'lone']);
    expect(named(next)).toEqual([undefined, 'p', 'p']);
    expect(draftFaults(inventoryOf(), put({ clusterIds: ['c2'] }))).toEqual([]);
  });

  it('as the default is named by nobody, and what was not chosen stays with Heron', () => {
    const next = applyEdit(inventoryOf(), put({ source: sourceOf({ isDefault: true }), clusterIds: ['c1'] }));
    expect(through(next)).toEqual(['c1-e1', 'c1-e2']);
    expect(named(next)).toEqual([undefined, 'direct', 'direct']);
    const back = applyEdit(next, put({ name: 'p', source: sourceOf(), clusterIds: ['c1'] }));
    expect(named(back)).toEqual(['p', 'direct', 'direct']);
  });

  it('is followed by its rows when it is renamed', () => {
    const before = applyEdit(inventoryOf(), put({ clusterIds: ['c1', 'c2'] }));
    const next = applyEdit(before, put({ name: 'p', source: sourceOf({ name: 'q' }), clusterIds: ['c1'] }));
    expect(named(next)).toEqual(['q', undefined, undefined]);
    expect(next.sources?.map(({ name }) => name)).toEqual(['q']);
  });

  it('takes rows from another source, and refuses a name that is taken', () => {
    const before = applyEdit(inventoryOf(), put({ clusterIds: ['c1', 'c2'] }));
    const second = put({ source: sourceOf({ name: 'q' }), clusterIds: ['c2'] });
    const next = applyEdit(before, second);
    expect([through(next), through(next, 'q')]).toEqual([
      ['c1-e1', 'c1-e2'],
      ['c2-e1', 'c2-e2'],
    ]);
    expect(draftFaults(before, put({ clusterIds: ['c2'] }))).toMatchObject([
      { path: ['name'], rule: { code: 'name-taken' } },
    ]);
  });

  it('refuses polls of Heron’s own beside it, or takes them out', () => {
    const more = { http: {}, tcp: { port: 1 }, overrides: { cpuPercent: 90, healthIntervalMs: 30_000 } };
    const inventory = inventoryOf({ clusters: [cluster(1, more), cluster(2)] });
    const faults = draftFaults(inventory, put({ clusterIds: ['c1'] }));
    expect(faults.map(({ path }) => path.join('.'))).toContain('clusters.0.edges.1.http');
    const edit = put({ clusterIds: ['c1'], dropsOwnPolls: true });
    expect(draftFaults(inventory, edit)).toEqual([]);
    const [edge] = applyEdit(inventory, edit).clusters[0]?.edges ?? [];
    expect(edge).toMatchObject({ overrides: { cpuPercent: 90 } });
    expect(edge).not.toHaveProperty('http');
    expect(edge).not.toHaveProperty('tcp');
  });

  it('names the field of what is wrong', () => {
    const source = { ...sourceOf(), url: 'nowhere', scrapeIntervalMs: 100 };
    expect(draftFaults(inventoryOf(), put({ source })).map(({ path }) => path.join('.'))).toEqual([
      'url',
      'scrapeIntervalMs',
    ]);
  });
});

describe('a removed source', () => {
  it('leaves its rows to Heron, and an inventory without sources has none', () => {
    const inventory = inventoryOf();
    const both = put({ source: sourceOf({ isDefault: true }), clusterIds: ['c1'] });
    const next = applyEdit(applyEdit(inventory, both), { kind: 'remove-source', name: 'p' });
    expect(next).toEqual(inventory);
  });

  it('leaves its rows to the default source where there is one', () => {
    const first = applyEdit(
      inventoryOf(),
      put({ source: sourceOf({ name: 'd', isDefault: true }), clusterIds: ['c1', 'c2'], edgeIds: ['lone'] }),
    );
    const second = applyEdit(first, put({ clusterIds: ['c1'] }));
    expect(through(second)).toEqual(['c1-e1', 'c1-e2']);
    expect(applyEdit(second, { kind: 'remove-source', name: 'p' })).toEqual(first);
  });
});
