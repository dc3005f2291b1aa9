import { beforeEach, describe, expect, it } from 'vitest';
import { identifyInventory, type Inventory } from '../../../../domain/inventory/inventory';
import type { SecretUse } from '../../../../domain/inventory/secret-uses';
import type { InventoryEdit } from '../../../../domain/inventory/inventory-edit';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { metricsSourceSchema, type MetricsSource } from '../../../../domain/inventory/metrics-source';
import {
  InventoryService,
  type InventoryServiceDependencies,
  type WhichInventory,
} from '../../../../monitor/usecases/inventory-service';
import { withTyped } from '../../../../monitor/usecases/try-edge';

const subnet = { subnetMask: '255.255.255.0', defaultGateway: '10.1.0.1' };
const start = (): Inventory =>
  identifyInventory(
    inventoryFileSchema.parse({
      credentials: [
        {
          name: 'noc',
          version: '3',
          user: 'noc',
          auth: { protocol: 'sha1', passwordSecret: 'noc auth' },
          priv: { protocol: 'aes128', passwordEnv: 'HERON_PRIV' },
        },
      ],
      clusters: [
        {
          name: 'fra',
          clusterIp: '10.1.0.10',
          ...subnet,
          edges: [
            { name: 'f1', proxyIp: '10.1.0.11', snmp: { credential: 'noc', host: '10.9.0.1' } },
            { name: 'f2', proxyIp: '10.1.0.12' },
          ],
        },
      ],
    }),
    null,
  );

let inventories: Record<WhichInventory, Inventory>;
let kept: Map<string, string>;
let restarted: string[][];
let keychain: boolean;
let allowed: SecretUse[];
let forgotten: string[];
let service: ReturnType<InventoryService['handlers']>;

beforeEach(() => {
  inventories = { monitored: start(), stored: { credentials: [], clusters: [], standaloneEdges: [] } };
  [kept, restarted, keychain, allowed, forgotten] = [new Map(), [], true, [], []];
  const dependencies: InventoryServiceDependencies = {
    inventories: {
      mode: () => Promise.resolve('demo'),
      get: (which) => Promise.resolve(inventories[which]),
      replace: (which, inventory) => {
        inventories[which] = inventory;
        return Promise.resolve();
      },
      passwordsChanged: (edgeIds) => {
        restarted.push(edgeIds);
        return Promise.resolve();
      },
    },
    passwords: {
      protects: () => keychain,
      place: (secret) => (kept.has(secret) ? 'stored' : 'none'),
      put: (secret, value) => void kept.set(secret, value),
      holdUntilClosing: (secret, value) => void kept.set(secret, `memory ${value}`),
      remove: (secret) => void kept.delete(secret),
    },
    secrets: { resolve: () => Promise.resolve({ found: false, words: 'none' }) },
    allowUses: (uses) => void allowed.push(...uses),
    forgetUses: (secret) => void forgotten.push(secret),
    isSet: (variable) => variable === 'HERON_PRIV',
  };
  service = new InventoryService(dependencies).handlers();
});

const renamed = (name: string): InventoryEdit => {
  const cluster = inventories.monitored.clusters[0]!;
  return { kind: 'put-cluster', id: 'fra', cluster: { ...cluster, name }, newCredentials: [] };
};
const change = (edit: InventoryEdit, which: WhichInventory = 'monitored') =>
  service['inventory.change']({ which, edit, passwords: [] });

describe('changes of the inventory', () => {
  it('tell the inventory with the places of its passwords, and never a password', async () => {
    kept.set('noc auth', 'swordfish');
    const told = await service['inventory.get']({ which: 'monitored' });
    expect(told.passwords).toEqual([
      { credential: 'noc', part: 'auth', place: 'stored' },
      { credential: 'noc', part: 'priv', place: 'environment' },
    ]);
    expect(JSON.stringify(told)).not.toContain('swordfish');
    kept.clear();
    const gone = await service['inventory.get']({ which: 'monitored' });
    expect(gone.passwords[0]?.place).toBe('missing');
  });

  it('are made, numbered, and the latest is taken back whole', async () => {
    const before = inventories.monitored;
    const { change: number } = await change(renamed('frankfurt'));
    expect(inventories.monitored.clusters[0]).toMatchObject({ id: 'fra', name: 'frankfurt' });
    await service['inventory.undo']({ change: number });
    expect(inventories.monitored).toEqual(before);
    await expect(service['inventory.undo']({ change: number })).rejects.toThrow(/cannot be undone any more/);
  });

  it('allow only the uses of stored passwords that the edit adds, or whose password was typed', async () => {
    await change(renamed('frankfurt'));
    expect(allowed).toEqual([]);
    const cluster = inventories.monitored.clusters[0]!;
    const [first, second] = cluster.edges;
    const snmp = { credential: 'noc', host: '10.9.0.2', port: 161 };
    const edges = [first!, { ...second!, snmp }];
    await change({ kind: 'put-cluster', id: 'fra', cluster: { ...cluster, edges }, newCredentials: [] });
    expect(allowed).toEqual([{ source: { secret: 'noc auth' }, user: 'noc', hosts: ['10.9.0.2'] }]);
    allowed.length = 0;
    const typed = { secret: 'noc auth', value: 'typed-now', keep: 'stored' as const };
    await service['inventory.change']({ which: 'monitored', edit: renamed('again'), passwords: [typed] });
    expect(allowed).toEqual([
      { source: { secret: 'noc auth' }, user: 'noc', hosts: ['10.9.0.1', '10.9.0.2'] },
    ]);
  });

  it('cannot be taken back over a later one', async () => {
    const { change: first } = await change(renamed('one'));
    await change(renamed('two'));
    await expect(service['inventory.undo']({ change: first })).rejects.toThrow(/changed again since/);
    expect(inventories.monitored.clusters[0]?.name).toBe('two');
  });

  it('are refused whole when a rule is broken, whatever the window checked', async () => {
    const before = inventories.monitored;
    const cluster = { ...before.clusters[0]!, clusterIp: '10.7.0.10' };
    const edit: InventoryEdit = { kind: 'put-cluster', id: 'fra', cluster, newCredentials: [] };
    const typed = { secret: 'noc auth', value: 'swordfish', keep: 'stored' as const };
    await expect(
      service['inventory.change']({ which: 'monitored', edit, passwords: [typed] }),
    ).rejects.toThrow(/outside the subnet/);
    expect(inventories.monitored).toBe(before);
    expect(kept.size).toBe(0);
    await change({ kind: 'remove-edge', id: 'f2' });
    await expect(change({ kind: 'remove-edge', id: 'f1' })).rejects.toThrow(/No edges/);
    await expect(change({ kind: 'remove-credential', name: 'noc' })).rejects.toThrow(
      /credential "noc" does not/,
    );
  });

  it('keep typed passwords as asked, and begin the sessions of their edges anew', async () => {
    const credential = inventories.monitored.credentials[0]!;
    const edit: InventoryEdit = { kind: 'put-credential', name: 'noc', credential };
    const typed = (keep: 'stored' | 'until-closing') => ({ secret: 'noc auth', value: 'swordfish', keep });
    await service['inventory.change']({ which: 'monitored', edit, passwords: [typed('until-closing')] });
    expect(kept.get('noc auth')).toBe('memory swordfish');
    await service['inventory.change']({ which: 'monitored', edit, passwords: [typed('stored')] });
    expect(kept.get('noc auth')).toBe('swordfish');
    expect(restarted).toEqual([['f1'], ['f1']]);
    await service['password.remove']({ secret: 'noc auth' });
    expect(kept.size).toBe(0);
    expect(JSON.stringify(inventories)).not.toContain('swordfish');
  });

  it('go into the stored inventory while the demo fleet is monitored', async () => {
    const { id: _id, clusterId: _clusterId, ...edge } = { ...start().clusters[0]!.edges[1]! };
    const alone = { ...edge, deployment: 'standalone' as const };
    await change({ kind: 'put-standalone', id: null, edge: alone, newCredentials: [] }, 'stored');
    expect(inventories.stored.standaloneEdges).toMatchObject([{ id: 'f2', clusterId: null }]);
    expect(inventories.monitored).toEqual(start());
  });

  it('of a cluster or credential that is gone are refused, and change nothing', async () => {
    const { id: _id, clusterId: _clusterId, ...edge } = { ...start().clusters[0]!.edges[1]! };
    const member = { ...edge, deployment: 'cluster' as const };
    await expect(
      change({ kind: 'put-member', id: 'f2', clusterId: 'gone', edge: member, newCredentials: [] }),
    ).rejects.toThrow(/cluster is not in the inventory any more/);
    await expect(
      change({ kind: 'put-credential', name: 'gone', credential: inventoryCredential() }),
    ).rejects.toThrow(/credential is not in the inventory any more/);
    expect(inventories.monitored).toEqual(start());
  });
});

it('passwords that are only tried come before stored ones, and the environment stays what it is', async () => {
  const secrets = withTyped([{ secret: 'noc auth', value: 'typed' }], {
    resolve: (source) => Promise.resolve({ found: true, value: JSON.stringify(source) }),
  });
  expect(await secrets.resolve({ secret: 'noc auth' })).toEqual({ found: true, value: 'typed' });
  expect(await secrets.resolve({ secret: 'other' })).toMatchObject({ value: '{"secret":"other"}' });
  expect(await secrets.resolve({ env: 'noc auth' })).toMatchObject({ value: '{"env":"noc auth"}' });
});

describe('a connection test', () => {
  const credential = inventoryCredential();
  const edge = (managementIp: string) => ({
    name: 'tried',
    status: 'enabled' as const,
    deployment: 'standalone' as const,
    proxyIp: '10.0.0.9',
    managementIp,
    snmp: { port: 1, credential: credential.name },
  });

  it('sends no stored password to a host that is not in the inventory', async () => {
    const attempt = service['inventory.try']({ edge: edge('203.0.113.9'), credential, passwords: [] });
    await expect(attempt).rejects.toThrow(/not in the inventory yet/);
    // One of two passwords typed is not enough: the other one would be sent.
    const passwords = [{ secret: 'noc auth', value: 'typed-here' }];
    await expect(
      service['inventory.try']({ edge: edge('203.0.113.9'), credential, passwords }),
    ).rejects.toThrow(/not in the inventory yet/);
  });
});

describe('the token of a metrics source', () => {
  const source = (more: Partial<MetricsSource> = {}): MetricsSource =>
    metricsSourceSchema.parse({
      ...{ kind: 'prometheus', name: 'p', url: 'https://p.example.net', bearerSecret: 'source/p' },
      ...more,
    });
  const put = (more: Partial<MetricsSource> = {}, name: string | null = 'p'): InventoryEdit => ({
    ...{ kind: 'put-source', name, source: source(more), clusterIds: [], edgeIds: [], dropsOwnPolls: false },
  });
  const typed = { secret: 'source/p', value: 'swordfish', keep: 'stored' as const };
  const added = () =>
    service['inventory.change']({ which: 'monitored', edit: put({}, null), passwords: [typed] });

  it('is stored, and the window gets its place only', async () => {
    await added();
    const shown = await service['inventory.get']({ which: 'monitored' });
    expect(shown.sourceSecrets).toEqual([{ source: 'p', place: 'stored' }]);
    expect(JSON.stringify(shown)).not.toContain('swordfish');
    expect(allowed).toEqual([
      { source: { secret: 'source/p' }, user: 'bearer token', hosts: ['p.example.net'] },
    ]);
  });

  it.each([{ url: 'https://other.example.net' }, { url: 'http://p.example.net' }])(
    'is sent nowhere else without being typed again: %o',
    async (more) => {
      await added();
      await expect(change(put(more))).rejects.toThrow(/not sent to an address that it was not typed for/);
      const asked = { source: source(more), secret: null, edges: [] };
      await expect(service['inventory.trySource'](asked)).rejects.toThrow(/not typed for/);
      await service['inventory.change']({ which: 'monitored', edit: put(more), passwords: [typed] });
      expect(inventories.monitored.sources).toMatchObject([more]);
    },
  );

  it('is not the password of something else', async () => {
    kept.set('noc auth', 'swordfish');
    await expect(change(put({ bearerSecret: 'noc auth' }, null))).rejects.toThrow(/not typed for/);
  });

  it('is not sent from the environment to an address that no source has yet, to test it', async () => {
    const fromVariable = { bearerSecret: undefined, bearerEnv: 'HERON_TOKEN' };
    const test = (url: string) =>
      service['inventory.trySource']({ source: source({ ...fromVariable, url }), secret: null, edges: [] });
    await expect(test('http://127.0.0.1:1')).rejects.toThrow(/environment variable is not sent/);
    await change(put({ ...fromVariable, url: 'http://127.0.0.1:1' }, null));
    await expect(test('http://127.0.0.1:2')).rejects.toThrow(/environment variable is not sent/);
    await expect(test('http://127.0.0.1:1')).rejects.not.toThrow(/environment variable is not sent/);
  });

  it('is removed with its source, and when the source has another one', async () => {
    await added();
    const { bearerSecret: _bearer, ...open } = source();
    await change({ ...put(), source: open } as InventoryEdit);
    expect([...kept.keys(), forgotten]).toEqual([['source/p']]);
    await service['inventory.change']({ which: 'monitored', edit: put(), passwords: [typed] });
    await change({ kind: 'remove-source', name: 'p' });
    expect([...kept.keys()]).toEqual([]);
    await expect(change({ kind: 'remove-source', name: 'p' })).rejects.toThrow(
      /not in the inventory any more/,
    );
  });
});

function inventoryCredential() {
  const [first] = start().credentials;
  if (!first) throw new Error('the inventory of this test has no credential');
  return first;
}
