import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../../../../../domain/inventory/inventory-edit';
import { toInventoryFile } from '../../../../../../domain/inventory/inventory';
import { draftFaults } from '../../../../../../domain/inventory/draft-faults';
import {
  clusterOfDraft,
  draftOfCluster,
  newClusterDraft,
  nextEdgeName,
} from '../../../../../../renderer/views/inventory/drafts/cluster-draft';
import {
  credentialOfDraft,
  draftOfCredential,
  newCredentialDraft,
  typedPasswords,
} from '../../../../../../renderer/views/inventory/drafts/credential-draft';
import { edgeChoices } from '../../../../../../renderer/views/inventory/drafts/edge-choices';
import {
  edgeOfDraft,
  newCredentialMark,
  newEdgeDraft,
} from '../../../../../../renderer/views/inventory/drafts/edge-draft';
import { freeAddresses } from '../../../../../../renderer/views/inventory/drafts/free-addresses';
import { draftOfProbe, probeOfDraft } from '../../../../../../renderer/views/inventory/drafts/probe-draft';
import { fieldFault } from '../../../../../../renderer/views/inventory/drafts/fault-words';
import { subnetRuler } from '../../../../../../renderer/views/inventory/drafts/subnet-ruler';
import { madeInventory } from '../../../../../fixtures/fake-bridge/inventory';

const inventory = madeInventory();
const fra = inventory.clusters[0]!;

describe('a draft of a cluster', () => {
  it('is the cluster again when nothing was typed', () => {
    const { id: _id, edges, ...cluster } = fra;
    const again = clusterOfDraft(draftOfCluster(fra), []);
    expect(again).toEqual({ ...cluster, edges: edges.map(({ clusterId: _clusterId, ...edge }) => edge) });
  });

  it('leaves out what is empty, keeps what has to be there, and names a new credential as it is called last', () => {
    const edge = { ...newEdgeDraft('e'), credential: newCredentialMark(0), askHttp: false };
    expect(edgeOfDraft(edge, 'standalone', ['noc'])).toEqual({
      id: null,
      name: 'e',
      status: 'enabled',
      deployment: 'standalone',
      deploymentStatus: 'in-production',
      proxyIp: '',
      sku: 'LARGE',
      snmp: { port: 161, credential: 'noc' },
    });
  });

  it('suggests unused names', () => {
    const draft = { ...newClusterDraft(), name: 'fra-02' };
    const taken = new Set(fra.edges.map(({ name }) => name));
    expect(nextEdgeName(draft, taken)).toBe('fra-02-04');
    expect(nextEdgeName(newClusterDraft(), taken)).toBe('');
  });
});

describe('edges to choose', () => {
  const choose = (search: string, clusterIp = '10.61.8.10') => {
    const draft = { ...newClusterDraft(), clusterIp };
    return edgeChoices(draft, inventory, new Set(), search).map(({ name, why }) => [name, why]);
  };

  it('are those that fit, then those that do not, with why', () => {
    expect(choose('')).toEqual([
      ['mad-02-01', null],
      ['mad-02-02', null],
      ['mad-02-03', 'SMALL, a cluster takes LARGE'],
      ['mad-02-lab', 'in another subnet'],
    ]);
  });

  it('are found in other clusters too, where they are', () => {
    expect(choose('fra-02-01')).toEqual([['fra-02-01', 'in fra-02']]);
  });
});

describe('a draft of a credential', () => {
  it('keeps the place of a password that is there, and types none', () => {
    const draft = draftOfCredential(inventory.credentials[0]!, inventory, true);
    expect(credentialOfDraft(draft)).toEqual(inventory.credentials[0]);
    expect(typedPasswords([draft])).toEqual([]);
  });

  it('has a name and secrets of its own, and hands typed passwords over beside it', () => {
    const draft = newCredentialDraft(inventory, false);
    expect(draft.name).toBe('noc-2');
    Object.assign(draft, { user: 'noc' });
    draft.auth.value = 'swordfish';
    draft.priv = { ...draft.priv, from: 'environment', variable: 'HERON_PRIV' };
    expect(credentialOfDraft(draft)).toEqual({
      name: 'noc-2',
      version: '3',
      user: 'noc',
      auth: { protocol: 'sha1', passwordSecret: 'noc-2 auth' },
      priv: { protocol: 'aes128', passwordEnv: 'HERON_PRIV' },
    });
    expect(typedPasswords([draft])).toEqual([
      { secret: 'noc-2 auth', value: 'swordfish', keep: 'until-closing' },
    ]);
  });
});

describe('words for a fault', () => {
  it('offer a free address that ends as typed', () => {
    const draft = { ...draftOfCluster(fra), clusterIp: '10.21.32.12' };
    const edit = {
      kind: 'put-cluster' as const,
      id: fra.id,
      cluster: clusterOfDraft(draft, []),
      newCredentials: [],
    };
    const [fault] = draftFaults(inventory, edit);
    expect(fieldFault(fault!, draft.clusterIp, '10.20.32.12')).toEqual({
      fact: 'Outside 10.20.32.0/24.',
      advice: 'Use 10.20.32.1 to 10.20.32.254.',
      fix: '10.20.32.12',
    });
  });

  it('do not repeat the key or the value that stand above', () => {
    const draft = { ...draftOfCluster(fra), clusterIp: '10.20', defaultGateway: '' };
    const edit = {
      kind: 'put-cluster' as const,
      id: fra.id,
      cluster: clusterOfDraft(draft, []),
      newCredentials: [],
    };
    const words = draftFaults(inventory, edit).map((fault) =>
      fieldFault(fault, fault.path[0] === 'clusterIp' ? '10.20' : '', null),
    );
    expect(words).toEqual([
      { fact: 'Not the IPv4 address of a host, such as 10.20.0.11.', advice: '', fix: null },
      { fact: 'Missing.', advice: 'For example 10.20.0.1.', fix: null },
    ]);
  });
});

describe('suggested addresses', () => {
  const suggest = (change: object) => {
    const draft = { ...draftOfCluster(fra), ...change };
    const cluster = clusterOfDraft(draft, []);
    const edit = { kind: 'put-cluster' as const, id: fra.id, cluster, newCredentials: [] };
    const file = toInventoryFile(applyEdit(inventory, edit));
    const addresses = freeAddresses(draftFaults(inventory, edit), cluster, file, draft.subnetMask);
    return { addresses, file, edit, draft };
  };

  it('are never the same for two fields, and cause no other error', () => {
    const edges = draftOfCluster(fra).edges.map((edge, index) =>
      index < 2 ? { ...edge, proxyIp: '10.99.0.77', lbIp: '10.99.0.78' } : edge,
    );
    const { addresses, draft } = suggest({ clusterIp: '10.99.0.0', edges });
    expect(addresses.size).toBeGreaterThanOrEqual(4);
    expect(new Set(addresses.values()).size).toBe(addresses.size);
    const fixed = structuredClone({ ...draft });
    for (const [path, address] of addresses) {
      const [first, index, key] = path.split('.');
      if (first === 'edges') Object.assign(fixed.edges[Number(index)]!, { [key!]: address });
      else Object.assign(fixed, { [first!]: address });
    }
    const cluster = clusterOfDraft(fixed, []);
    expect(draftFaults(inventory, { kind: 'put-cluster', id: fra.id, cluster, newCredentials: [] })).toEqual(
      [],
    );
  });

  it('leave the first address to the gateway that is not typed yet', () => {
    const { addresses } = suggest({ defaultGateway: '', clusterIp: '10.99.0.1' });
    expect(addresses.get('clusterIp')).not.toMatch(/\.1$/);
  });
});

describe('an error under a field', () => {
  const words = (change: object, path: string, value: string) => {
    const cluster = clusterOfDraft({ ...draftOfCluster(fra), ...change }, []);
    const faults = draftFaults(inventory, { kind: 'put-cluster', id: fra.id, cluster, newCredentials: [] });
    const fault = faults.find((each) => each.path.map(String).join('.') === path);
    return fieldFault(fault!, value, null);
  };

  it('never shows the key of the inventory file', () => {
    expect(words({ capacity: '-5000' }, 'edgeCapacityMegabitsPerSecond', '-5000').fact).toBe(
      'Must be at least 1.',
    );
    expect(words({ capacity: '-5e3' }, 'edgeCapacityMegabitsPerSecond', '-5e3').fact).toBe(
      'Must be at least 1.',
    );
    expect(words({ capacity: 'x' }, 'edgeCapacityMegabitsPerSecond', 'x').fact).toBe('Must be a number.');
    expect(words({ site: 'x'.repeat(70) }, 'site', 'x'.repeat(70)).fact).toBe('At most 64 characters.');
    const overrides = { ...draftOfCluster(fra).overrides, healthIntervalMs: '0.2' };
    expect(words({ overrides }, 'overrides.healthIntervalMs', '0.2').fact).toBe('Must be at least 1 s.');
  });

  it('says where a port belongs that was typed after an address', () => {
    const edges = draftOfCluster(fra).edges.map((edge, index) =>
      index === 0 ? { ...edge, managementIp: '10.20.32.31:36184' } : edge,
    );
    expect(words({ edges }, 'edges.0.managementIp', '10.20.32.31:36184')).toEqual({
      fact: 'An address has no port.',
      advice: 'Type the port under SNMP port.',
      fix: '10.20.32.31',
    });
  });
});

it('suggested names are as long as an inventory takes', () => {
  const draft = { ...newClusterDraft(), name: 'n'.repeat(64) };
  expect(nextEdgeName(draft, new Set())).toBe(`${'n'.repeat(61)}-01`);
});

it('a probe is kept as it was, and left out where nothing was typed', () => {
  for (const probe of [
    undefined,
    { kind: 'off' },
    { kind: 'http', port: 80, path: '/x', intervalMs: 2500 },
  ] as const)
    expect(probeOfDraft(draftOfProbe(probe)).probe).toEqual(probe);
  expect(probeOfDraft({ kind: '', port: '8080', path: '', intervalSeconds: '' })).toEqual({
    probe: { kind: 'tcp', port: 8080 },
  });
});

it('the ruler is laid where most addresses are, and names those outside', () => {
  const of = (address: string) => ({ address, words: address });
  const ruler = subnetRuler([of('10.0.9.1'), of('10.0.8.0'), of('10.0.8.255'), of('x')], '255.255.255.0');
  expect(ruler).toMatchObject({ first: '10.0.8.0', last: '10.0.8.255', outside: [{ address: '10.0.9.1' }] });
  expect(ruler?.marks.map(({ at }) => at)).toEqual([0, 1]);
  expect(subnetRuler([of('10.0.0.1')], '255.0.255.0')).toBeNull();
});
