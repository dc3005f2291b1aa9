import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifyInventory, toInventoryFile } from '../../../../domain/inventory/inventory';
import { inventorySchemaId, type InventoryFile } from '../../../../domain/inventory/inventory-file';
import { checkInventory } from '../../../../domain/inventory/inventory-rules';
import { arbitraryInventory, arbitraryInventoryFile } from './arbitrary-inventory';

type Cluster = InventoryFile['clusters'][number];
type Edge = Cluster['edges'][number];
type Draft = InventoryFile & { [key: string]: unknown };

/** Two places to work on: cluster `c`, its edge `e`, and another edge `o` anywhere. */
interface Spot {
  file: Draft;
  cluster: Cluster;
  edge: Edge;
  other: Edge;
  at: { cluster: string; edge: string };
}

/** What is planted, and at which place it must be found. */
const faults: Record<string, (spot: Spot) => string> = {
  'unknown key in an edge': ({ edge, at }) => {
    Object.assign(edge, { proxyip: '10.0.0.1' });
    return `${at.edge}.proxyip`;
  },
  'unknown key at the top': ({ file }) => {
    file['cluster'] = [];
    return 'cluster';
  },
  '17 edges': ({ cluster, at }) => {
    while (cluster.edges.length < 17)
      cluster.edges.push({ ...cluster.edges[0]!, name: `x${cluster.edges.length}` });
    return `${at.cluster}.edges`;
  },
  'not an address': ({ edge, at }) => {
    edge.proxyIp = '10.20.0.300';
    return `${at.edge}.proxyIp`;
  },
  'bad mask': ({ cluster, at }) => {
    cluster.subnetMask = '255.0.255.0';
    return `${at.cluster}.subnetMask`;
  },
  'proxy IP outside': ({ edge, at }) => {
    edge.proxyIp = '192.0.2.7';
    return `${at.edge}.proxyIp`;
  },
  'LB IP outside': ({ edge, at }) => {
    edge.lbIp = '192.0.2.7';
    return `${at.edge}.lbIp`;
  },
  'cluster IP outside': ({ cluster, at }) => {
    cluster.clusterIp = '192.0.2.7';
    return `${at.cluster}.clusterIp`;
  },
  'gateway outside': ({ cluster, at }) => {
    cluster.defaultGateway = '192.0.2.7';
    return `${at.cluster}.defaultGateway`;
  },
  'cluster IP is an edge’s': ({ cluster, edge, at }) => {
    edge.proxyIp = cluster.clusterIp;
    return `${at.edge}.proxyIp`;
  },
  'gateway is an edge’s': ({ cluster, edge, at }) => {
    cluster.defaultGateway = edge.proxyIp;
    return `${at.cluster}.defaultGateway`;
  },
  'standalone in a cluster': ({ edge, at }) => {
    edge.deployment = 'standalone';
    return `${at.edge}.deployment`;
  },
  'missing credential': ({ edge, at }) => {
    edge.snmp = { port: 9, credential: 'gone' };
    return `${at.edge}.snmp.credential`;
  },
  'nowhere to ask': ({ edge, at }) => {
    edge.snmp = { port: 9, credential: 'noc' };
    delete edge.managementIp;
    return `${at.edge}.snmp`;
  },
  'priv without auth': ({ file }) => {
    const priv = { protocol: 'aes128' as const, passwordEnv: 'HERON_PRIV' };
    file.credentials.push({ name: 'bare', version: '3', user: 'noc', priv });
    return `credentials[${file.credentials.length - 1}] "bare".priv`;
  },
  'credential twice': ({ file }) => {
    file.credentials.push({ ...file.credentials[0]! });
    return `credentials[${file.credentials.length - 1}] "noc".name`;
  },
};

const spot = fc
  .tuple(arbitraryInventoryFile({ least: 1, edges: 3 }), fc.nat(), fc.nat())
  .map(([file, c, e]): Spot => {
    const clusterIndex = c % file.clusters.length;
    const cluster = file.clusters[clusterIndex]!;
    const edgeIndex = 1 + (e % (cluster.edges.length - 1));
    const edge = cluster.edges[edgeIndex]!;
    const inCluster = `clusters[${clusterIndex}] "${cluster.name}"`;
    const at = { cluster: inCluster, edge: `${inCluster}.edges[${edgeIndex}] "${edge.name}"` };
    return { file: file as Draft, cluster, edge, other: cluster.edges[0]!, at };
  });

const placesOf = (file: unknown): string[] => {
  const check = checkInventory(JSON.stringify(file, null, 2));
  return check.ok ? [] : check.problems.map((problem) => problem.place);
};

describe('checkInventory, over inventories', () => {
  it('accepts every valid one and fills in only defaults', () => {
    fc.assert(
      fc.property(arbitraryInventory(), (input) => {
        const check = checkInventory(JSON.stringify(input));
        expect(check).toMatchObject({ ok: true });
        if (check.ok) expect(check.file).toMatchObject(JSON.parse(JSON.stringify(input)));
      }),
      { numRuns: 60 },
    );
  });

  it('gives the same file back after ids were given and taken', () => {
    fc.assert(
      fc.property(arbitraryInventoryFile(), (file) => {
        const inventory = identifyInventory(file, null);
        const again = checkInventory(JSON.stringify(toInventoryFile(inventory)));
        expect(again).toEqual({ ok: true, file: { ...file, $schema: inventorySchemaId } });
        expect(again.ok && identifyInventory(again.file, inventory)).toEqual(inventory);
      }),
      { numRuns: 60 },
    );
  });

  it.each(Object.entries(faults))('finds at its place: %s', (_name, plant) => {
    fc.assert(
      fc.property(spot, (drawn) => {
        const place = plant(drawn);
        expect(placesOf(drawn.file)).toContain(place);
      }),
      { numRuns: 25 },
    );
  });

  it.each(['proxyIp', 'lbIp', 'managementIp'] as const)('finds an address that two edges have: %s', (key) => {
    fc.assert(
      fc.property(spot, ({ file, edge, other, at }) => {
        edge[key] = key === 'managementIp' ? '172.20.0.1' : (edge[key] ?? other.proxyIp);
        other[key] = edge[key];
        expect(placesOf(file)).toEqual([`${at.edge}.${key}`]);
      }),
      { numRuns: 25 },
    );
  });

  it('finds a name that two edges have, also in different clusters', () => {
    fc.assert(
      fc.property(arbitraryInventoryFile({ least: 2 }), (file) => {
        const [first, second] = file.clusters;
        second!.edges[0]!.name = first!.edges[0]!.name;
        const name = first!.edges[0]!.name;
        expect(placesOf(file)).toEqual([`clusters[1] "${second!.name}".edges[0] "${name}".name`]);
      }),
      { numRuns: 25 },
    );
  });

  it('never throws, whatever the text is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map((value) => JSON.stringify(value)),
        ),
        (text) => {
          const check = checkInventory(text);
          expect(check.ok || check.problems.length > 0).toBe(true);
        },
      ),
    );
  });
});
