import { describe, expect, it } from 'vitest';
import type { InventoryFile } from '../../../../domain/inventory/inventory-file';
import type { ClusterView } from '../../../../domain/model/snapshot';
import { findDrift } from '../../../../domain/vendor/drift';
import { planImport } from '../../../../domain/vendor/plan-import';
import { vendorClusterSchema, vendorEdgeSchema } from '../../../../domain/vendor/vendor-objects';
import { vendorFleet } from '../../../fixtures/vendor/vendor-stand-in';

function fleet() {
  const { clusters, edges } = vendorFleet(3, () => 2);
  const vendor = {
    readAtMs: 0,
    clusters: clusters.map((cluster) => vendorClusterSchema.parse(cluster)),
    edges: edges.map((edge) => vendorEdgeSchema.parse(edge)),
  };
  const nothing: InventoryFile = { credentials: [], clusters: [], standaloneEdges: [] };
  return { vendor, here: planImport(vendor, nothing, [{}]).file };
}

const rowWith = (name: string, bitsPerSecond: number | null): ClusterView =>
  ({ name, bitsPerSecond, clusterIp: '10.20.0.10', edges: [] as ClusterView['edges'] }) as ClusterView;

describe('drift between vendor, inventory and what is observed', () => {
  it('finds none right after an import', () => {
    const { vendor, here } = fleet();
    expect(findDrift(vendor, here, [])).toEqual([]);
  });

  it('names each difference with both values and a remedy', () => {
    const { vendor, here } = fleet();
    const [first, second, third] = vendor.clusters;
    const [edge, other] = vendor.edges;
    if (!first || !second || !third || !edge || !other) throw new Error('the fleet is smaller than expected');
    const changed = {
      readAtMs: 0,
      clusters: [
        { ...first, name: 'renamed', ipSecEnabled: true },
        { ...second, status: 'DISABLED' as const },
        { ...third, ipAddress: first.ipAddress },
      ],
      edges: [
        ...vendor.edges.filter(({ id }) => id !== other.id),
        { ...edge, id: '1', name: 'loose' },
        { ...edge, id: '2', name: 'alone', deploymentMode: 'STANDALONE' as const },
      ],
    };
    const findings = findDrift(changed, here, [rowWith('cluster-1', 4_000_000)]);
    expect(findings.map(({ code, what }) => `${code} ${what}`).sort()).toEqual([
      'address-differs cluster "cluster-2"',
      'disabled-with-traffic cluster "cluster-1"',
      'edge-in-no-cluster edge "loose"',
      'ipsec-differs cluster "renamed"',
      'name-differs cluster "renamed"',
      'not-at-vendor edge "c0-edge-2"',
      'not-here edge "alone"',
      'not-here edge "loose"',
      'shared-cluster-ip clusters "renamed" and "cluster-2"',
      'standalone-in-production edge "alone"',
    ]);
    expect(findings.find(({ code }) => code === 'disabled-with-traffic')).toMatchObject({
      vendor: 'disabled',
      here: 'enabled',
      observed: 'carries 4 Mb/s',
    });
    expect(findings.every(({ todo }) => todo.endsWith('.'))).toBe(true);
  });

  it('puts what is observed beside both values, and names the page of each', () => {
    const { vendor, here } = fleet();
    const [first, second] = vendor.clusters;
    const [edge] = vendor.edges;
    if (!first || !second || !edge) throw new Error('the fleet is smaller than expected');
    const rows = [
      {
        ...rowWith('cluster-0', 8_000_000),
        activeLb: { kind: 'one', edgeName: 'c0-edge-1' },
        edges: [{ name: 'c0-edge-1', proxyOutBitsPerSecond: 5_000_000 }],
      },
    ] as unknown as ClusterView[];
    const changed = {
      readAtMs: 0,
      clusters: [first, { ...second, ipAddress: first.ipAddress }, ...vendor.clusters.slice(2)],
      edges: [{ ...edge, name: 'other', deploymentMode: 'STANDALONE' as const }, ...vendor.edges.slice(1)],
    };
    const found = findDrift(changed, here, rows);
    expect(found.find(({ code }) => code === 'shared-cluster-ip')).toMatchObject({
      vendor: 'all have the cluster IP 10.20.0.10',
      here: 'cluster-0: 10.20.0.10, cluster-1: 10.20.1.10',
      observed: 'active LB c0-edge-1',
      cluster: 'cluster-0',
    });
    expect(found.find(({ code }) => code === 'standalone-in-production')).toMatchObject({
      vendor: 'standalone, in production',
      here: 'in cluster "cluster-0"',
      observed: 'carries 5 Mb/s',
      cluster: 'cluster-0',
      edge: 'c0-edge-1',
    });
    expect(found.find(({ code }) => code === 'name-differs')).toMatchObject({
      vendor: 'other',
      here: 'c0-edge-1',
    });
  });

  it('does not call a disabled cluster busy where its traffic is unknown', () => {
    const { vendor, here } = fleet();
    const clusters = vendor.clusters.map((cluster) => ({ ...cluster, status: 'DISABLED' as const }));
    const codes = findDrift({ ...vendor, clusters }, here, [rowWith('cluster-1', null)]).map(
      ({ code }) => code,
    );
    expect(codes).not.toContain('disabled-with-traffic');
    const carried = new Map([['cluster-1', 4_000_000]]);
    const [finding] = findDrift({ ...vendor, clusters }, here, [rowWith('cluster-1', null)], carried);
    expect(finding).toMatchObject({ vendor: 'disabled', observed: 'carried 4 Mb/s in the last 24 h' });
  });
});
