import { describe, expect, it } from 'vitest';
import { identifyInventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema, type InventoryFile } from '../../../../domain/inventory/inventory-file';
import { planFileImport } from '../../../../monitor/inventory/file-import';

type Cluster = InventoryFile['clusters'][number];

function fileWith(change: (first: Cluster, second: Cluster, file: InventoryFile) => void = () => undefined) {
  const cluster = (c: number) => ({
    name: `c${c}`,
    clusterIp: `10.0.${c}.10`,
    subnetMask: '255.255.255.0',
    defaultGateway: `10.0.${c}.1`,
    edges: [1, 2].map((e) => ({ name: `c${c}-e${e}`, proxyIp: `10.0.${c}.${10 + e}` })),
  });
  const file = inventoryFileSchema.parse({ clusters: [1, 2].map(cluster) });
  const [first, second] = file.clusters;
  if (first && second) change(first, second, file);
  return file;
}

const stored = (file: InventoryFile) => identifyInventory(file, null);
const sites = ({ clusters }: InventoryFile) => clusters.map(({ name, site }) => `${name} ${site ?? '-'}`);

describe('importing a file into an inventory that was changed in the app', () => {
  const base = fileWith();
  const here = fileWith((first) => void (first.site = 'Main'));

  it('keeps both changes', () => {
    const file = fileWith((_, second) => void (second.site = 'Paris'));
    const planned = planFileImport('a.json', file, { stored: stored(here), base });
    expect(sites(planned.file)).toEqual(['c1 Main', 'c2 Paris']);
    expect(planned.preview).toMatchObject({
      changed: [{ name: 'cluster "c2"', fields: [{ field: 'Site', from: 'none', to: 'Paris' }] }],
      conflicts: [],
    });
  });

  it('names a value that both changed, with both values, and takes the preferred one', () => {
    const file = fileWith((first) => void (first.site = 'Other'));
    const { preview } = planFileImport('a.json', file, { stored: stored(here), base });
    const conflict = { entry: 'cluster "c1"', field: 'Site', mine: 'Main', theirs: 'Other' };
    expect(preview.conflicts).toEqual([conflict]);
    const byFile = planFileImport('a.json', file, { stored: stored(here), base }, 'file');
    expect(sites(byFile.file)).toEqual(['c1 Other', 'c2 -']);
    expect(byFile.preview.conflicts).toEqual([conflict]);
    const byHere = planFileImport('a.json', file, { stored: stored(here), base }, 'here');
    expect(sites(byHere.file)).toEqual(['c1 Main', 'c2 -']);
  });

  it('replaces what is here when no file was imported before', () => {
    const file = fileWith((_, second) => void (second.site = 'Paris'));
    const planned = planFileImport('a.json', file, { stored: stored(here), base: null });
    expect(sites(planned.file)).toEqual(['c1 -', 'c2 Paris']);
  });

  it('loses no edge of a cluster that the file removed', () => {
    const added = fileWith((_, second) =>
      second.edges.push({ name: 'new', proxyIp: '10.0.2.77', status: 'enabled', deployment: 'cluster' }),
    );
    const file = fileWith((_first, _second, all) => void all.clusters.pop());
    const kept = planFileImport('a.json', file, { stored: stored(added), base });
    expect(kept.preview.conflicts).toEqual([
      { entry: 'cluster "c2"', field: null, mine: 'changed', theirs: 'removed' },
    ]);
    expect(kept.file.clusters.find(({ name }) => name === 'c2')?.edges.map(({ name }) => name)).toEqual([
      'new',
    ]);
    const removed = planFileImport('a.json', file, { stored: stored(added), base }, 'file');
    expect(removed.file.clusters.map(({ name }) => name)).toEqual(['c1']);
    expect(removed.preview.conflicts).toEqual(kept.preview.conflicts);
  });

  it('refuses what is correct on each side and not together', () => {
    const mine = fileWith((first) => void Object.assign(first.edges[0] ?? {}, { proxyIp: '10.0.1.50' }));
    const file = fileWith((first) => void Object.assign(first.edges[1] ?? {}, { proxyIp: '10.0.1.50' }));
    expect(() => planFileImport('a.json', file, { stored: stored(mine), base })).toThrow(/not both together/);
  });
});
