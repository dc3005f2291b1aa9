import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  inventoryDiff,
  type FieldChange,
  type InventoryDiff,
} from '../../../../domain/inventory/inventory-diff';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { arbitraryInventoryFile } from './arbitrary-inventory';

const twoClusters = arbitraryInventoryFile({ least: 2, edges: 2 });

const names = ({ changed }: InventoryDiff): string[] => changed.map(({ name }) => name).toSorted();
/** The name that a changed entry had before. */
const oldName = ({ name, fields }: InventoryDiff['changed'][number]): string => {
  const renamed = fields.find(({ field }) => field === 'Name');
  return renamed ? name.replace(/".*"/, `"${renamed.from}"`) : name;
};
/** References to other entries use the later names, so their values differ between the directions. */
const text = ({ field, from, to }: FieldChange): string =>
  ['Virtual Service Edges', 'Cluster'].includes(field) ? field : `${field}: ${from} -> ${to}`;

describe('inventoryDiff', () => {
  it('says everything is added to nothing, and nothing changes by itself', () => {
    fc.assert(
      fc.property(arbitraryInventoryFile(), (file) => {
        const edges = file.clusters.flatMap((cluster) => cluster.edges).concat(file.standaloneEdges);
        const all = file.clusters.length + file.credentials.length + edges.length;
        expect(inventoryDiff(null, file).added).toHaveLength(all);
        expect(inventoryDiff(file, structuredClone(file))).toEqual({ added: [], changed: [], removed: [] });
      }),
      { numRuns: 40 },
    );
  });

  it('is its own mirror: what one way adds, the other removes', () => {
    fc.assert(
      fc.property(twoClusters, twoClusters, (a, b) => {
        const there = inventoryDiff(a, b);
        const back = inventoryDiff(b, a);
        expect(there.added.toSorted()).toEqual(back.removed.toSorted());
        expect(there.changed.map(oldName).toSorted()).toEqual(names(back));
        const turned = back.changed.map(({ name, fields }) => ({
          name: oldName({ name, fields }),
          fields: fields.map(({ field, from, to }) => ({ field, from: to, to: from })),
        }));
        for (const change of there.changed) {
          const mirrored = turned.find(({ name }) => name === change.name)?.fields ?? [];
          expect(new Set(change.fields.map(text))).toEqual(new Set(mirrored.map(text)));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('tells a changed edge, a moved one and a renamed one', () => {
    fc.assert(
      fc.property(twoClusters, (file) => {
        const next = structuredClone(file);
        const [first, second] = next.clusters as [(typeof next.clusters)[0], (typeof next.clusters)[0]];
        const renamed = first.edges[0]!;
        const moved = second.edges.pop()!;
        first.edges.push(moved);
        const old = renamed.name;
        renamed.name = 'new name';
        const diff = inventoryDiff(file, next);
        expect(diff.added).toEqual([]);
        expect(diff.removed).toEqual([]);
        expect(names(diff)).toEqual(
          [
            `cluster "${first.name}"`,
            `cluster "${second.name}"`,
            `edge "${moved.name}"`,
            'edge "new name"',
          ].toSorted(),
        );
        expect(diff.changed.find(({ name }) => name === 'edge "new name"')?.fields).toEqual([
          { field: 'Name', from: old, to: 'new name' },
        ]);
      }),
      { numRuns: 40 },
    );
  });

  it('lists a renamed cluster as one change, without its edges', () => {
    fc.assert(
      fc.property(twoClusters, (file) => {
        const next = structuredClone(file);
        const cluster = next.clusters[0]!;
        const old = cluster.name;
        cluster.name = 'new name';
        expect(inventoryDiff(file, next)).toEqual({
          added: [],
          removed: [],
          changed: [{ name: 'cluster "new name"', fields: [{ field: 'Name', from: old, to: 'new name' }] }],
        });
      }),
      { numRuns: 40 },
    );
  });

  it('takes an edge with another address, or another number at the vendor, for another edge', () => {
    fc.assert(
      fc.property(twoClusters, fc.boolean(), (file, isByNumber) => {
        const [previous, next] = [structuredClone(file), structuredClone(file)];
        const [old, edge] = [previous.clusters[0]!.edges[0]!, next.clusters[0]!.edges[0]!];
        edge.name = 'new name';
        if (isByNumber) [old.vendorId, edge.vendorId] = ['900001', '900002'];
        else edge.proxyIp = '203.0.113.7';
        const diff = inventoryDiff(previous, next);
        expect(diff.added).toEqual(['edge "new name"']);
        expect(diff.removed).toEqual([`edge "${old.name}"`]);
      }),
      { numRuns: 40 },
    );
  });

  it('does not take another order of keys for a change', () => {
    fc.assert(
      fc.property(arbitraryInventoryFile({ least: 1 }), (file) => {
        const next = structuredClone(file);
        next.clusters = next.clusters.map(
          (cluster) => Object.fromEntries(Object.entries(cluster).toReversed()) as typeof cluster,
        );
        expect(inventoryDiff(file, next).changed).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('names the fields that changed, from what to what, in words', () => {
    const made = (clusterIp: string, port: number, sku: 'SMALL' | undefined) =>
      inventoryFileSchema.parse({
        credentials: [{ name: 'noc', version: '2c', communityEnv: 'HERON_C' }],
        clusters: [
          {
            name: 'fra',
            clusterIp,
            subnetMask: '255.255.255.0',
            defaultGateway: '10.0.0.1',
            edges: [{ name: 'e1', proxyIp: '10.0.0.11', sku, snmp: { credential: 'noc', port } }],
          },
        ],
      });
    expect(
      inventoryDiff(made('10.0.0.10', 161, undefined), made('10.0.0.12', 1161, 'SMALL')).changed,
    ).toEqual([
      {
        name: 'cluster "fra"',
        fields: [{ field: 'Cluster IP address', from: '10.0.0.10', to: '10.0.0.12' }],
      },
      {
        name: 'edge "e1"',
        fields: [
          { field: 'SNMP port', from: '161', to: '1161' },
          { field: 'Subscription size', from: 'none', to: 'SMALL' },
        ],
      },
    ]);
  });
});
