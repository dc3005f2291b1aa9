import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftFaults } from '../../../../domain/inventory/draft-faults';
import { identifyInventory, toInventoryFile, type Inventory } from '../../../../domain/inventory/inventory';
import { applyEdit, type InventoryEdit } from '../../../../domain/inventory/inventory-edit';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { ruleFaults } from '../../../../domain/inventory/inventory-rules';
import { arbitraryInventoryFile } from './arbitrary-inventory';

type PutCluster = Extract<InventoryEdit, { kind: 'put-cluster' }>;
type Draft = PutCluster['cluster'];

const subnet = { subnetMask: '255.255.255.0', defaultGateway: '10.1.0.1' };
const inventory: Inventory = identifyInventory(
  inventoryFileSchema.parse({
    credentials: [{ name: 'noc', version: '2c', communityEnv: 'HERON_C' }],
    clusters: [
      {
        name: 'fra',
        clusterIp: '10.1.0.10',
        ...subnet,
        edges: [
          {
            name: 'fra-1',
            proxyIp: '10.1.0.11',
            lbIp: '10.1.0.51',
            managementIp: '10.9.0.1',
            snmp: { credential: 'noc' },
          },
          { name: 'fra-2', proxyIp: '10.1.0.12', lbIp: '10.1.0.52' },
        ],
      },
    ],
    standaloneEdges: [
      { name: 'lone', proxyIp: '10.2.0.13', sku: 'LARGE' },
      { name: 'small', proxyIp: '10.2.0.14', sku: 'SMALL' },
    ],
  }),
  null,
);

function adding(change: (draft: Draft) => void = () => undefined): PutCluster {
  const edge = (n: number): Draft['edges'][number] => ({
    id: null,
    name: `mad-${n}`,
    status: 'enabled',
    deployment: 'cluster',
    proxyIp: `10.2.0.2${n}`,
    lbIp: `10.2.0.6${n}`,
  });
  const cluster: Draft = {
    name: 'mad',
    status: 'enabled',
    clusterIp: '10.2.0.10',
    subnetMask: '255.255.255.0',
    defaultGateway: '10.2.0.1',
    ipsecLocalTermination: false,
    edges: [edge(1), edge(2)],
  };
  change(cluster);
  return { kind: 'put-cluster', id: null, cluster, newCredentials: [] };
}
const faults = (edit: InventoryEdit): string[] =>
  draftFaults(inventory, edit).map(({ path, reason }) => `${path.join('.')}: ${reason}`);

describe('the faults of a draft', () => {
  it('are none for a cluster that keeps every rule', () => {
    expect(faults(adding())).toEqual([]);
  });

  const cases: [string, (draft: Draft) => void, (string | RegExp)[]][] = [
    ['no name', (draft) => (draft.name = ''), [/^name: /]],
    ['a name that is taken', (draft) => (draft.name = 'fra'), [/^name: A second cluster/]],
    ['an address that is none', (draft) => (draft.clusterIp = '10.2.0'), [/^clusterIp: .*not the IPv4/]],
    [
      'an address outside the subnet',
      (draft) => (draft.clusterIp = '10.3.0.10'),
      [/^clusterIp: .*10\.2\.0\.0\/24/],
    ],
    ['the broadcast address', (draft) => (draft.clusterIp = '10.2.0.255'), [/^clusterIp: .*broadcast/]],
    [
      'an address of another edge',
      (draft) => (draft.clusterIp = '10.2.0.13'),
      [/^clusterIp: .*also the proxyIp of "lone"/],
    ],
    ['no mask', (draft) => (draft.subnetMask = ''), [/^subnetMask: /]],
    ['no gateway', (draft) => (draft.defaultGateway = ''), [/^defaultGateway: /]],
    ['one edge', (draft) => (draft.edges.length = 1), ['edges: 1 edge is no redundancy.']],
    ['no edge', (draft) => (draft.edges.length = 0), ['edges: No edges.']],
    [
      '17 edges',
      (draft) =>
        (draft.edges = Array.from({ length: 17 }, (_, n) => ({
          ...draft.edges[0]!,
          name: `m${n}`,
          proxyIp: `10.2.0.${n + 100}`,
          lbIp: `10.2.0.${n + 150}`,
        }))),
      ['edges: 17 edges: a cluster has at most 16.'],
    ],
    ['a small edge', (draft) => (draft.edges[1]!.sku = 'SMALL'), [/^edges\.1: mad-2 cannot join: SMALL/]],
    ['an edge with a taken name', (draft) => (draft.edges[1]!.name = 'lone'), [/^edges\.1\.name: /]],
    [
      'two edges with one address',
      (draft) => (draft.edges[1]!.proxyIp = '10.2.0.21'),
      [/^edges\.1\.proxyIp: /],
    ],
    [
      'a credential that is not there',
      (draft) =>
        Object.assign(draft.edges[0]!, { managementIp: '10.9.0.7', snmp: { credential: 'x', port: 161 } }),
      [/^edges\.0\.snmp\.credential: /],
    ],
    [
      'two things at once, one of them no address',
      (draft) => {
        draft.name = '';
        draft.defaultGateway = '10.7.0.1';
      },
      [/^name: /, /^defaultGateway: .*outside/],
    ],
  ];
  it.each(cases)('name the field: %s', (_what, change, expected) => {
    const found = faults(adding(change));
    expect(found).toHaveLength(expected.length);
    expected.forEach((words, index) => expect(found[index]).toMatch(words));
  });

  it('carry what a form needs for a way out', () => {
    const [fault] = draftFaults(
      inventory,
      adding((draft) => (draft.clusterIp = '10.3.0.10')),
    );
    expect(fault?.rule).toEqual({
      code: 'outside-subnet',
      subnet: '10.2.0.0/24',
      first: '10.2.0.1',
      last: '10.2.0.254',
    });
  });

  it('are the draft’s own when it clashes with what comes later in the file', () => {
    const edit: InventoryEdit = {
      kind: 'put-member',
      id: 'fra-1',
      clusterId: 'fra',
      edge: { ...inventory.clusters[0]!.edges[0]!, proxyIp: '10.1.0.12', name: 'fra-2' },
      newCredentials: [],
    };
    expect(draftFaults(inventory, edit).map(({ path }) => path.join('.'))).toEqual(['name', 'proxyIp']);
  });

  it('of a standalone edge: no load balancer, its gateway in its subnet', () => {
    const edge = {
      name: 'x',
      status: 'enabled' as const,
      deployment: 'standalone' as const,
      proxyIp: '10.4.0.5',
      lbIp: '10.4.0.6',
      subnetMask: '255.255.255.0',
      defaultGateway: '10.5.0.1',
    };
    const found = draftFaults(inventory, { kind: 'put-standalone', id: null, edge, newCredentials: [] });
    expect(found.map(({ path }) => path.join('.'))).toEqual(['lbIp', 'defaultGateway']);
  });

  it('name a new credential’s field', () => {
    const edit = adding((draft) =>
      Object.assign(draft.edges[0]!, { managementIp: '10.9.0.7', snmp: { credential: 'new', port: 161 } }),
    );
    edit.newCredentials = [
      { name: 'new', version: '3', user: '', priv: { protocol: 'aes128', passwordSecret: 'p' } },
    ];
    expect(faults(edit)).toEqual([
      expect.stringMatching(/^newCredentials\.0\.user/),
      expect.stringMatching(/^newCredentials\.0\.priv/),
    ]);
  });

  it('leave a cluster that already has one edge be renamed', () => {
    const one = identifyInventory(
      inventoryFileSchema.parse({
        clusters: [
          {
            name: 'solo',
            clusterIp: '10.1.0.10',
            ...subnet,
            edges: [{ name: 's', proxyIp: '10.1.0.11', sku: 'SMALL' }],
          },
        ],
      }),
      null,
    );
    const cluster = { ...one.clusters[0]!, name: 'renamed' };
    expect(draftFaults(one, { kind: 'put-cluster', id: 'solo', cluster, newCredentials: [] })).toEqual([]);
  });

  it('are none exactly when the file that comes out keeps the rules', () => {
    fc.assert(
      fc.property(arbitraryInventoryFile({ least: 1 }), fc.ipV4(), (file, clusterIp) => {
        const base = identifyInventory(file, null);
        const first = base.clusters[0]!;
        const edit: InventoryEdit = {
          kind: 'put-cluster',
          id: first.id,
          cluster: { ...first, clusterIp },
          newCredentials: [],
        };
        const out = toInventoryFile(applyEdit(base, edit));
        const valid = inventoryFileSchema.safeParse(out).success && ruleFaults(out).length === 0;
        expect(draftFaults(base, edit).length === 0).toBe(valid);
      }),
      { numRuns: 100 },
    );
  });
});
