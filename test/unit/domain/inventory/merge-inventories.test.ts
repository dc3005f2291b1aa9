import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inventoryFileSchema, type InventoryFile } from '../../../../domain/inventory/inventory-file';
import { mergeInventories } from '../../../../domain/inventory/merge-inventories';

function fileWith(change: (file: InventoryFile) => void = () => undefined): InventoryFile {
  const cluster = (c: number) => ({
    name: `c${c}`,
    clusterIp: `10.0.${c}.10`,
    subnetMask: '255.255.255.0',
    defaultGateway: `10.0.${c}.1`,
    edges: [1, 2].map((e) => ({ name: `c${c}-e${e}`, proxyIp: `10.0.${c}.${10 + e}` })),
  });
  const file = inventoryFileSchema.parse({
    clusters: [1, 2, 3].map(cluster),
    standaloneEdges: [{ name: 'alone', proxyIp: '10.9.0.11' }],
  });
  change(file);
  return file;
}

type Change = (file: InventoryFile) => void;
const changes: Change[] = [
  (file) => void Object.assign(file.clusters[0] ?? {}, { site: 'Frankfurt' }),
  (file) => void Object.assign(file.clusters[1] ?? {}, { clusterIp: '10.0.2.99' }),
  (file) => void file.clusters.splice(2, 1),
  (file) => void Object.assign(file.clusters[0]?.edges[0] ?? {}, { overrides: { cpuPercent: 70 } }),
  (file) =>
    void file.clusters[1]?.edges.push({
      name: 'new',
      proxyIp: '10.0.2.77',
      status: 'enabled',
      deployment: 'cluster',
    }),
  (file) => void Object.assign(file.standaloneEdges[0] ?? {}, { status: 'disabled' }),
  (file) => void Object.assign(file.clusters[0] ?? {}, { name: 'renamed' }),
  (file) => void Object.assign(file.clusters[0]?.edges[0] ?? {}, { name: 'renamed-edge' }),
];

describe('the three-way merge of inventories', () => {
  it('takes what either side changed, whichever changes they are', () => {
    const subset = fc.subarray(changes.map((_, n) => n));
    fc.assert(
      fc.property(subset, subset, (first, second) => {
        const apply = (numbers: number[]) =>
          fileWith((file) => numbers.toSorted().forEach((n) => changes[n]?.(file)));
        const others = second.filter((n) => !first.includes(n));
        const { file, conflicts } = mergeInventories(fileWith(), apply(first), apply(others));
        expect(conflicts).toEqual([]);
        expect(file).toEqual(apply([...first, ...others]));
      }),
    );
  });

  it('names what both changed differently, and keeps mine', () => {
    const mine = fileWith((file) => Object.assign(file.clusters[0] ?? {}, { site: 'Main' }));
    const theirs = fileWith((file) => Object.assign(file.clusters[0] ?? {}, { site: 'Frankfurt' }));
    const { file, conflicts } = mergeInventories(fileWith(), mine, theirs);
    expect(conflicts).toEqual([{ entry: 'cluster "c1"', field: 'Site', mine: 'Main', theirs: 'Frankfurt' }]);
    expect(file.clusters[0]?.site).toBe('Main');
  });

  it('takes two names of one entry as one conflict', () => {
    const named = (edge: string, cluster: string) =>
      fileWith((file) => {
        Object.assign(file.clusters[0] ?? {}, { name: cluster });
        Object.assign(file.clusters[0]?.edges[0] ?? {}, { name: edge });
      });
    const { file, conflicts } = mergeInventories(fileWith(), named('x', 'cx'), named('y', 'cy'));
    expect(conflicts).toEqual([
      { entry: 'cluster "c1"', field: 'Name', mine: 'cx', theirs: 'cy' },
      { entry: 'edge "c1-e1"', field: 'Name', mine: 'x', theirs: 'y' },
    ]);
    expect(file).toEqual({ ...named('x', 'cx'), credentials: [] });
  });

  it('does not remove what the other side changed', () => {
    const mine = fileWith((file) => Object.assign(file.clusters[2] ?? {}, { site: 'Main' }));
    const theirs = fileWith(changes[2]);
    const { file, conflicts } = mergeInventories(fileWith(), mine, theirs);
    expect(conflicts).toEqual([{ entry: 'cluster "c3"', field: null, mine: 'changed', theirs: 'removed' }]);
    expect(file.clusters.map(({ name }) => name)).toContain('c3');
  });

  it('moves an edge that one side moved to another cluster', () => {
    const theirs = fileWith((file) => {
      const [edge] = file.clusters[0]?.edges.splice(0, 1) ?? [];
      if (edge) file.clusters[1]?.edges.push(edge);
    });
    const mine = fileWith((file) => Object.assign(file.clusters[0]?.edges[0] ?? {}, { status: 'disabled' }));
    const { file } = mergeInventories(fileWith(), mine, theirs);
    expect(file.clusters[1]?.edges.find(({ name }) => name === 'c1-e1')?.status).toBe('disabled');
    expect(file.clusters[0]?.edges.map(({ name }) => name)).toEqual(['c1-e2']);
  });
});
