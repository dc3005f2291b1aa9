import { describe, expect, it } from 'vitest';
import { allEdges, identifyInventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';

function fileOf(cluster: string, edge: string) {
  return inventoryFileSchema.parse({
    clusters: [
      {
        name: cluster,
        clusterIp: '10.20.0.100',
        subnetMask: '255.255.255.0',
        defaultGateway: '10.20.0.1',
        edges: [{ name: edge, proxyIp: '10.20.0.11' }],
      },
    ],
    standaloneEdges: [{ name: 'toString', proxyIp: '10.20.0.12' }],
  });
}

describe('ids', () => {
  it('are made from names and kept from version to version', () => {
    const first = identifyInventory(fileOf('fra-01', 'fra-01-01'), null);
    expect(first.clusters[0]?.id).toBe('fra-01');
    expect(identifyInventory(fileOf('fra-01', 'fra-01-01'), first)).toEqual(first);
  });

  it('differ between a cluster and an edge of the same name, of which each has figures of its own', () => {
    const first = identifyInventory(fileOf('fra-01', 'fra-01'), null);
    const ids = [...first.clusters, ...allEdges(first)].map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect(identifyInventory(fileOf('fra-01', 'fra-01'), first)).toEqual(first);
    // A cluster that is added later.
    const alone = identifyInventory(fileOf('gru-01', 'fra-01'), null);
    const later = identifyInventory(fileOf('fra-01', 'fra-01'), alone);
    expect(new Set([...later.clusters, ...allEdges(later)].map(({ id }) => id)).size).toBe(3);
  });

  it('are never what every object has: they are keys of plain objects', () => {
    const odd = identifyInventory(fileOf('constructor', '__proto__'), null);
    const ids = [...odd.clusters, ...allEdges(odd)].map(({ id }) => id);
    const plain: Record<string, unknown> = {};
    expect(ids.filter((id) => id in plain)).toEqual([]);
    expect(new Set(ids).size).toBe(3);
    expect(identifyInventory(fileOf('constructor', '__proto__'), odd)).toEqual(odd);
  });
});
