import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inventoryDiff } from '../../../../domain/inventory/inventory-diff';
import { arbitraryInventoryFile } from './arbitrary-inventory';

const twoClusters = arbitraryInventoryFile({ least: 2, edges: 2 });

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
        expect(there.changed.toSorted()).toEqual(back.changed.toSorted());
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
        expect(diff.added).toEqual(['edge "new name"']);
        expect(diff.removed).toEqual([`edge "${old}"`]);
        expect(diff.changed.toSorted()).toEqual(
          [`cluster "${first.name}"`, `cluster "${second.name}"`, `edge "${moved.name}"`].toSorted(),
        );
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
});
