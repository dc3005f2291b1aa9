import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifyInventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema, type InventoryFile } from '../../../../domain/inventory/inventory-file';
import { ruleFaults } from '../../../../domain/inventory/inventory-rules';
import { isLike, managementOf, ruleFor, type ImportRule } from '../../../../domain/vendor/import-rules';
import { leaveOutFaulty } from '../../../../domain/vendor/leave-out-faulty';
import { planImport } from '../../../../domain/vendor/plan-import';
import {
  vendorClusterSchema,
  vendorEdgeSchema,
  type VendorInventory,
} from '../../../../domain/vendor/vendor-objects';
import { vendorFleet } from '../../../fixtures/vendor/vendor-stand-in';

const credentials: InventoryFile['credentials'] = [
  { name: 'noc', version: '2c', communityEnv: 'HERON_COMMUNITY' },
];
const empty: InventoryFile = { credentials, clusters: [], standaloneEdges: [] };
const rules: ImportRule[] = [
  { name: 'c0-*', management: { subnet: '10.200.0.0/24' }, credential: 'noc', site: 'Frankfurt' },
  { management: { host: '{name}.mgmt.example.net' }, credential: 'noc' },
];

function vendorOf(clusters = 2, edges = 3): VendorInventory {
  const fleet = vendorFleet(clusters, () => edges);
  return {
    readAtMs: 0,
    clusters: fleet.clusters.map((cluster) => vendorClusterSchema.parse(cluster)),
    edges: fleet.edges.map((edge) => vendorEdgeSchema.parse(edge)),
  };
}

function planned(vendor: VendorInventory, current = empty) {
  const plan = planImport(vendor, current, rules);
  const { file, notices } = leaveOutFaulty(plan.file);
  return { file: inventoryFileSchema.parse(file), notices: [...plan.notices, ...notices] };
}

describe('planning an import from the vendor', () => {
  it('imports clusters and edges with what the rules add', () => {
    const { file, notices } = planned(vendorOf());
    expect(notices).toEqual([]);
    expect(ruleFaults(file)).toEqual([]);
    expect(file.clusters[0]).toMatchObject({
      name: 'cluster-0',
      vendorId: '1000',
      site: 'Frankfurt',
      clusterIp: '10.20.0.10',
    });
    expect(file.clusters[0]?.edges[1]).toMatchObject({
      proxyIp: '10.20.0.12',
      lbIp: '10.20.0.112',
      managementIp: '10.200.0.12',
      snmp: { credential: 'noc', port: 161 },
    });
    expect(file.clusters[1]?.edges[0]?.snmp).toMatchObject({ host: 'c1-edge-1.mgmt.example.net' });
  });

  it('changes nothing the second time, in whatever order the vendor lists', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 16 }), (clusters, edges) => {
        const vendor = vendorOf(clusters, edges);
        const { file } = planned(vendor);
        const again = planned({ ...vendor, edges: vendor.edges.toReversed() }, file);
        expect(again.file).toEqual(file);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps what only Heron knows, and what was entered by hand', () => {
    const vendor = vendorOf();
    const { file } = planned(vendor);
    const [first, second] = file.clusters;
    if (!first || !second) throw new Error('two clusters were planned');
    const own = {
      ...second,
      name: 'own',
      vendorId: undefined,
      clusterIp: '10.99.0.10',
      defaultGateway: '10.99.0.1',
    };
    const ownEdges = own.edges.map((edge, n) => ({
      ...edge,
      vendorId: undefined,
      name: `own-${n}`,
      proxyIp: `10.99.0.${11 + n}`,
      lbIp: `10.99.0.${111 + n}`,
      snmp: { ...edge.snmp, credential: 'noc', host: `own-${n}.example.net`, port: 161 },
    }));
    const edited = { ...first, witness: 'traffic' as const, overrides: { cpuPercent: 70 }, site: 'Main' };
    const current = { ...file, clusters: [edited, second, { ...own, edges: ownEdges }] };
    const after = planned(vendor, current).file;
    expect(after.clusters.find(({ name }) => name === 'cluster-0')).toEqual(edited);
    expect(after.clusters.map(({ name }) => name)).toEqual(['cluster-0', 'cluster-1', 'own']);
  });

  it('keeps the identity of what was renamed at the vendor', () => {
    const vendor = vendorOf();
    const before = identifyInventory(planned(vendor).file, null);
    const renamed = vendor.clusters.map((cluster) =>
      cluster.id === '1000' ? { ...cluster, name: 'main' } : cluster,
    );
    const swapped = vendor.edges.map((edge) => {
      if (edge.id === '100000') return { ...edge, name: 'c0-edge-2' };
      return edge.id === '100001' ? { ...edge, name: 'c0-edge-1' } : edge;
    });
    const { file } = planned({ ...vendor, clusters: renamed, edges: swapped }, planned(vendor).file);
    const after = identifyInventory(file, before);
    const idOf = (inventory: typeof after, vendorId: string) =>
      inventory.clusters
        .flatMap((cluster) => [cluster, ...cluster.edges])
        .find((entry) => entry.vendorId === vendorId)?.id;
    for (const id of ['1000', '1001', '100000', '100001', '100002'])
      expect(idOf(after, id)).toBe(idOf(before, id));
  });

  it('keeps the settings of what was recreated at the vendor, and says so', () => {
    const vendor = vendorOf();
    const { file } = planned(vendor);
    const current = {
      ...file,
      clusters: file.clusters.map((cluster, n) => (n === 0 ? { ...cluster, site: 'Main' } : cluster)),
    };
    const clusters = vendor.clusters.map((cluster, n) => (n === 0 ? { ...cluster, id: '77' } : cluster));
    const after = planned({ ...vendor, clusters }, current);
    expect(after.file.clusters[0]).toMatchObject({ name: 'cluster-0', vendorId: '77', site: 'Main' });
    expect(after.notices.map(({ what, reason }) => `${what}: ${reason}`)).toEqual([
      'cluster "cluster-0": It was recreated at the vendor: its number was 1000 and is 77.',
    ]);
  });

  it('takes no settings from an entry whose number the vendor still has', () => {
    const vendor = vendorOf();
    const { file } = planned(vendor);
    const swapped = vendor.clusters.map((cluster) => ({
      ...cluster,
      name: cluster.name === 'cluster-0' ? 'cluster-1' : 'cluster-0',
    }));
    const after = planned({ ...vendor, clusters: swapped }, file);
    expect(after.file.clusters.map(({ vendorId }) => vendorId)).toEqual(['1000', '1001']);
    expect(after.notices).toEqual([]);
  });

  it('removes what is gone at the vendor', () => {
    const vendor = vendorOf();
    const { file } = planned(
      { ...vendor, clusters: vendor.clusters.slice(1), edges: vendor.edges.slice(3) },
      planned(vendor).file,
    );
    expect(file.clusters.map(({ name }) => name)).toEqual(['cluster-1']);
  });

  it('leaves out what has no address, and names it', () => {
    const vendor = vendorOf();
    const edges = vendor.edges.map((edge, n) => (n === 0 ? { ...edge, ipAddress: null } : edge));
    const clusters = vendor.clusters.map((cluster, n) =>
      n === 1 ? { ...cluster, defaultGateway: null } : cluster,
    );
    const { file, notices } = planned({ ...vendor, edges, clusters });
    expect(file.clusters.map((cluster) => cluster.edges.length)).toEqual([2]);
    expect(notices.map(({ what }) => what)).toEqual(['edge "c0-edge-1"', 'cluster "cluster-1"']);
  });

  it('imports the rest when names are there twice, addresses are wrong, or a cluster lists a missing edge', () => {
    const vendor = vendorOf(3, 3);
    const edges = vendor.edges.map((edge, n) => {
      if (n === 1) return { ...edge, name: 'c0-edge-1' };
      return n === 4 ? { ...edge, loadBalancerIpAddress: '10.77.0.1' } : edge;
    });
    const { file, notices } = planned({ ...vendor, edges: edges.filter((_, n) => n !== 8) });
    expect(file.clusters.map((cluster) => cluster.edges.map(({ name }) => name))).toEqual([
      ['c0-edge-1', 'c0-edge-3'],
      ['c1-edge-1', 'c1-edge-3'],
      ['c2-edge-1', 'c2-edge-2'],
    ]);
    expect(notices).toHaveLength(3);
    expect(ruleFaults(file)).toEqual([]);
  });

  it('always ends with an inventory that is valid, whatever the vendor has', () => {
    const text = fc.option(
      fc.constantFrom('10.20.0.10', '10.20.0.11', 'x', '0.0.0.0', 'a\nb', '255.255.255.0', 'é'.repeat(200)),
      { nil: null },
    );
    const mutation = fc.record({
      at: fc.nat(20),
      field: fc.constantFrom(
        'name',
        'ipAddress',
        'subnetMask',
        'defaultGateway',
        'loadBalancerIpAddress',
        'id',
      ),
      value: text,
    });
    fc.assert(
      fc.property(fc.array(mutation, { maxLength: 12 }), (mutations) => {
        const fleet = vendorFleet(3, () => 3);
        for (const { at, field, value } of mutations) {
          const target = [...fleet.clusters, ...fleet.edges][at % 12];
          if (target && field !== 'id') target[field as 'name'] = value as string;
          else if (target) target.id = at % 3;
        }
        const vendor = {
          readAtMs: 0,
          clusters: fleet.clusters.map((cluster) => vendorClusterSchema.parse(cluster)),
          edges: fleet.edges.map((edge) => vendorEdgeSchema.parse(edge)),
        };
        const { file } = planned(vendor);
        expect(ruleFaults(file)).toEqual([]);
      }),
    );
  });
});

describe('rules of an import', () => {
  it('takes the first rule that matches by name and subnet', () => {
    const edge = { name: 'FRA-Edge-1', ipAddress: '10.20.0.12' };
    const bySubnet: ImportRule = { subnet: '10.20.0.0/29', credential: 'a' };
    expect(ruleFor(edge, [bySubnet, { name: 'fra-*-1', credential: 'b' }, {}])?.credential).toBe('b');
    expect(ruleFor({ ...edge, ipAddress: '10.20.0.7' }, [bySubnet])?.credential).toBe('a');
    expect(ruleFor({ name: null, ipAddress: null }, [bySubnet])).toBeNull();
  });

  it('makes no host of a name that cannot be one', () => {
    const rule: ImportRule = { management: { host: '{name}.example.net' } };
    expect(managementOf({ name: 'edge 1/../x', ipAddress: '10.0.0.1' }, rule)).toBeNull();
  });

  it('reads * as any characters, in linear time', () => {
    expect(['fra-01', 'FRA-', 'x-fra-01'].map((name) => isLike(name, 'fra-*'))).toEqual([true, true, false]);
    expect(isLike('aa', 'a*a*a')).toBe(false);
    expect(isLike('a'.repeat(64), `${'*a'.repeat(30)}*b`)).toBe(false);
  });
});
