import { describe, expect, it } from 'vitest';
import { identifyInventory, type Inventory } from '../../../../domain/inventory/inventory';
import { applyEdit } from '../../../../domain/inventory/inventory-edit';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';

const edge = (name: string, proxyIp: string, lbIp?: string) => ({ name, proxyIp, ...(lbIp ? { lbIp } : {}) });
const inventory: Inventory = identifyInventory(
  inventoryFileSchema.parse({
    credentials: [{ name: 'noc', version: '2c', communityEnv: 'HERON_C' }],
    clusters: [
      {
        name: 'fra',
        clusterIp: '10.1.0.10',
        subnetMask: '255.255.255.0',
        defaultGateway: '10.1.0.1',
        edges: [
          edge('f1', '10.1.0.11', '10.1.0.51'),
          edge('f2', '10.1.0.12', '10.1.0.52'),
          edge('f3', '10.1.0.13'),
        ],
      },
    ],
    standaloneEdges: [{ ...edge('lone', '10.1.0.14'), snmp: { credential: 'noc', host: 'h' } }],
  }),
  null,
);
const fra = inventory.clusters[0]!;
const put = (cluster: Parameters<typeof applyEdit>[1] & { kind: 'put-cluster' }) =>
  applyEdit(inventory, cluster);

describe('a change of the inventory', () => {
  it('renames without another id', () => {
    const next = put({
      kind: 'put-cluster',
      id: 'fra',
      cluster: { ...fra, name: 'frankfurt' },
      newCredentials: [],
    });
    expect(next.clusters).toMatchObject([{ id: 'fra', name: 'frankfurt' }]);
    expect(next.clusters[0]?.edges.map(({ id }) => id)).toEqual(['f1', 'f2', 'f3']);
  });

  it('gives a new cluster an id nobody has, also when its name is another one’s id', () => {
    const renamed = put({
      kind: 'put-cluster',
      id: 'fra',
      cluster: { ...fra, name: 'old' },
      newCredentials: [],
    });
    const cluster = { ...fra, name: 'fra', edges: [{ ...fra.edges[0]!, id: null, name: 'f1' }] };
    const next = applyEdit(renamed, { kind: 'put-cluster', id: null, cluster, newCredentials: [] });
    expect(next.clusters.map(({ id }) => id)).toEqual(['fra', 'fra~2']);
    expect(next.clusters[1]?.edges[0]).toMatchObject({ id: 'f1~2', clusterId: 'fra~2' });
  });

  it('lets a standalone edge join and a member leave, each once', () => {
    const lone = inventory.standaloneEdges[0]!;
    const edges = [...fra.edges.slice(1), { ...lone, lbIp: '10.1.0.54' }];
    const next = put({ kind: 'put-cluster', id: 'fra', cluster: { ...fra, edges }, newCredentials: [] });
    expect(next.clusters[0]?.edges).toMatchObject([
      { id: 'f2' },
      { id: 'f3' },
      { id: 'lone', deployment: 'cluster', clusterId: 'fra', lbIp: '10.1.0.54' },
    ]);
    expect(next.standaloneEdges).toEqual([
      {
        id: 'f1',
        name: 'f1',
        proxyIp: '10.1.0.11',
        status: 'enabled',
        deployment: 'standalone',
        clusterId: null,
      },
    ]);
  });

  it('changes one member in its place, and moves an edge between cluster and standing alone', () => {
    const member = { ...fra.edges[1]!, name: 'second' };
    const next = applyEdit(inventory, {
      kind: 'put-member',
      id: 'f2',
      clusterId: 'fra',
      edge: member,
      newCredentials: [],
    });
    expect(next.clusters[0]?.edges.map(({ name }) => name)).toEqual(['f1', 'second', 'f3']);
    const alone = { ...member, deployment: 'standalone' as const, lbIp: undefined };
    const moved = applyEdit(next, { kind: 'put-standalone', id: 'f2', edge: alone, newCredentials: [] });
    expect(moved.clusters[0]?.edges.map(({ id }) => id)).toEqual(['f1', 'f3']);
    expect(moved.standaloneEdges.map(({ id, clusterId }) => [id, clusterId])).toEqual([
      ['lone', null],
      ['f2', null],
    ]);
  });

  it('removes a cluster with its edges, or one edge', () => {
    expect(applyEdit(inventory, { kind: 'remove-cluster', id: 'fra' })).toEqual({
      ...inventory,
      clusters: [],
    });
    const next = applyEdit(inventory, { kind: 'remove-edge', id: 'f3' });
    expect(next.clusters[0]?.edges.map(({ id }) => id)).toEqual(['f1', 'f2']);
  });

  it('renames a credential wherever it is named', () => {
    const credential = { name: 'desk', version: '2c' as const, communityEnv: 'HERON_C' };
    const next = applyEdit(inventory, { kind: 'put-credential', name: 'noc', credential });
    expect(next.standaloneEdges[0]?.snmp?.credential).toBe('desk');
    expect(next.credentials).toEqual([credential]);
    expect(applyEdit(next, { kind: 'remove-credential', name: 'desk' }).credentials).toEqual([]);
  });
});
