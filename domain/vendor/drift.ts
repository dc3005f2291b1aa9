import type { InventoryFile } from '../inventory/inventory-file';
import type { ClusterView } from '../model/snapshot';
import type { VendorCluster, VendorEdge, VendorInventory } from './vendor-objects';

type FileCluster = InventoryFile['clusters'][number];

/** A difference between what the vendor has, what is configured here and what is observed. */
export interface DriftFinding {
  code:
    | 'edge-in-no-cluster'
    | 'ipsec-differs'
    | 'disabled-with-traffic'
    | 'standalone-in-production'
    | 'shared-cluster-ip'
    | 'name-differs'
    | 'address-differs'
    | 'not-here'
    | 'not-at-vendor';
  /** Such as `edge "fra-edge-1"`. */
  what: string;
  /** What the vendor has, in words; null: nothing. */
  vendor: string | null;
  /** What is configured here, in words; null: nothing. */
  here: string | null;
  /** What Heron observes, in words; null: it is not observed. */
  observed: string | null;
  todo: string;
}

/** More traffic than this makes a disabled cluster one that carries traffic, bits per second. */
const trafficBitsPerSecond = 100_000;

const importIt = 'Import it, or enter it by hand.';

/** Compares the three. `observed` has the rows as they are shown now; none where nothing is monitored. */
export function findDrift(
  vendor: VendorInventory,
  here: InventoryFile,
  observed: readonly ClusterView[],
): DriftFinding[] {
  const rows = new Map(observed.map((row) => [row.name, row]));
  const members = new Set(
    vendor.clusters.flatMap(({ virtualZenNodes }) => virtualZenNodes.map(({ id }) => id)),
  );
  return [
    ...vendor.clusters.flatMap((cluster) => clusterDrift(cluster, here.clusters, rows)),
    ...sharedClusterIps(vendor.clusters),
    ...vendor.edges.flatMap((edge) => edgeDrift(edge, members.has(edge.id), here)),
    ...onlyHere(vendor, here),
  ];
}

function clusterDrift(
  cluster: VendorCluster,
  clusters: readonly FileCluster[],
  rows: ReadonlyMap<string, ClusterView>,
): DriftFinding[] {
  const what = `cluster "${cluster.name ?? cluster.id}"`;
  const here = sameEntry(clusters, cluster);
  const row = rows.get(here?.name ?? cluster.name ?? '');
  const traffic = disabledWithTraffic(cluster, here ?? null, row, what);
  if (!here) {
    const vendor = statusWords(cluster.status);
    return [{ code: 'not-here', what, vendor, here: null, observed: null, todo: importIt }, ...traffic];
  }
  const findings: DriftFinding[] = [...traffic, ...nameDrift(cluster.name, here.name, what)];
  if (cluster.ipAddress !== null && cluster.ipAddress !== here.clusterIp) {
    const todo = 'Find out which cluster IP users are sent to, and correct the other.';
    const [vendor, observed] = [cluster.ipAddress, row?.clusterIp ?? null];
    findings.push({ code: 'address-differs', what, vendor, here: here.clusterIp, observed, todo });
  }
  if (cluster.ipSecEnabled !== null && cluster.ipSecEnabled !== here.ipsecLocalTermination) {
    const todo = 'Import again, or switch IPSec local termination at the vendor.';
    const [vendor, local] = [onOff(cluster.ipSecEnabled), onOff(here.ipsecLocalTermination)];
    findings.push({ code: 'ipsec-differs', what, vendor, here: local, observed: null, todo });
  }
  return findings;
}

function disabledWithTraffic(
  cluster: VendorCluster,
  here: FileCluster | null,
  row: ClusterView | undefined,
  what: string,
): DriftFinding[] {
  const isDisabled = cluster.status !== null && cluster.status.startsWith('DISABLED');
  const rate = row?.bitsPerSecond ?? null;
  if (!isDisabled || rate === null || rate < trafficBitsPerSecond) return [];
  const megabits = (rate / 1e6).toFixed(1);
  return [
    {
      code: 'disabled-with-traffic',
      what,
      vendor: statusWords(cluster.status),
      here: here?.status ?? null,
      observed: `carries ${megabits} Mb/s`,
      todo: 'Find out who still sends traffic to it before it is removed, or enable it at the vendor.',
    },
  ];
}

function sharedClusterIps(clusters: readonly VendorCluster[]): DriftFinding[] {
  const byAddress = new Map<string, VendorCluster[]>();
  for (const cluster of clusters) {
    if (cluster.ipAddress === null) continue;
    byAddress.set(cluster.ipAddress, [...(byAddress.get(cluster.ipAddress) ?? []), cluster]);
  }
  return [...byAddress].flatMap(([address, sharing]): DriftFinding[] => {
    if (sharing.length < 2) return [];
    const names = sharing.map(({ id, name }) => `"${name ?? id}"`).join(' and ');
    return [
      {
        code: 'shared-cluster-ip',
        what: `clusters ${names}`,
        vendor: `all have the cluster IP ${address}`,
        here: null,
        observed: null,
        todo: 'Give each cluster an address of its own.',
      },
    ];
  });
}

function edgeDrift(edge: VendorEdge, isMember: boolean, here: InventoryFile): DriftFinding[] {
  const what = `edge "${edge.name ?? edge.id}"`;
  const entry = sameEntry([...here.clusters.flatMap(({ edges }) => edges), ...here.standaloneEdges], edge);
  const vendor = statusWords(edge.status);
  return [
    ...placementDrift(edge, isMember, here, what),
    ...(entry
      ? entryDrift(edge, entry, here, what)
      : [{ code: 'not-here', what, vendor, here: null, observed: null, todo: importIt } as const]),
  ];
}

function placementDrift(
  edge: VendorEdge,
  isMember: boolean,
  file: InventoryFile,
  what: string,
): DriftFinding[] {
  const here = placeOf(edge, file);
  if (edge.deploymentMode === 'CLUSTER' && !isMember) {
    const todo = 'Add it to a cluster at the vendor, or make it standalone.';
    const vendor = 'cluster mode, in no cluster';
    return [{ code: 'edge-in-no-cluster', what, vendor, here, observed: null, todo }];
  }
  if (edge.deploymentMode !== 'STANDALONE' || edge.inProduction !== true) return [];
  const todo = 'Put it into a cluster: when it fails, its users are cut off.';
  const vendor = 'standalone, in production';
  return [{ code: 'standalone-in-production', what, vendor, here, observed: null, todo }];
}

function entryDrift(
  edge: VendorEdge,
  entry: { name: string; proxyIp: string },
  file: InventoryFile,
  what: string,
): DriftFinding[] {
  const cluster = file.clusters.find(({ edges }) => sameEntry(edges, edge) !== undefined);
  const findings: DriftFinding[] = nameDrift(edge.name, entry.name, what);
  if (edge.ipAddress !== null && edge.ipAddress !== entry.proxyIp) {
    const todo = 'Correct the proxy IP that is wrong.';
    const [vendor, here] = [edge.ipAddress, entry.proxyIp];
    findings.push({ code: 'address-differs', what, vendor, here, observed: null, todo });
  }
  if (cluster && edge.ipSecEnabled !== null && edge.ipSecEnabled !== cluster.ipsecLocalTermination) {
    const todo = 'An edge in a cluster has the cluster’s setting: correct it at the vendor.';
    const here = `${onOff(cluster.ipsecLocalTermination)} for ${cluster.name}`;
    findings.push({
      code: 'ipsec-differs',
      what,
      vendor: onOff(edge.ipSecEnabled),
      here,
      observed: null,
      todo,
    });
  }
  return findings;
}

function nameDrift(vendor: string | null, here: string, what: string): DriftFinding[] {
  if (vendor === null || vendor === here) return [];
  const todo = 'Import again, or rename it at the vendor.';
  return [{ code: 'name-differs', what, vendor, here, observed: null, todo }];
}

/** What came from the vendor earlier and is not there any more. */
function onlyHere(vendor: VendorInventory, here: InventoryFile): DriftFinding[] {
  const clusters = new Set(vendor.clusters.map(({ id }) => id));
  const edges = new Set(vendor.edges.map(({ id }) => id));
  const gone = (kind: string, name: string): DriftFinding => ({
    code: 'not-at-vendor',
    what: `${kind} "${name}"`,
    vendor: null,
    here: 'imported earlier',
    observed: null,
    todo: 'Import again to remove it here, or find out who removed it at the vendor.',
  });
  return [
    ...here.clusters
      .filter(({ vendorId }) => vendorId !== undefined && !clusters.has(vendorId))
      .map(({ name }) => gone('cluster', name)),
    ...[...here.clusters.flatMap((cluster) => cluster.edges), ...here.standaloneEdges]
      .filter(({ vendorId }) => vendorId !== undefined && !edges.has(vendorId))
      .map(({ name }) => gone('edge', name)),
  ];
}

function sameEntry<T extends { name: string; vendorId?: string | undefined }>(
  entries: readonly T[],
  { id, name }: { id: string; name: string | null },
): T | undefined {
  return (
    entries.find(({ vendorId }) => vendorId === id) ??
    entries.find((entry) => entry.vendorId === undefined && entry.name === name)
  );
}

function placeOf(edge: VendorEdge, here: InventoryFile): string | null {
  const cluster = here.clusters.find(({ edges }) => sameEntry(edges, edge) !== undefined);
  if (cluster) return `in cluster "${cluster.name}"`;
  return sameEntry(here.standaloneEdges, edge) ? 'standalone' : null;
}

const words: Readonly<Record<string, string>> = {
  ENABLED: 'enabled',
  DISABLED: 'disabled',
  DISABLED_BY_SERVICE_PROVIDER: 'disabled by the service provider',
  NOT_PROVISIONED_IN_SERVICE_PROVIDER: 'not provisioned',
  IN_TRIAL: 'in trial',
};

function statusWords(status: VendorCluster['status']): string {
  return status === null ? 'status unknown' : (words[status] ?? status);
}

function onOff(isOn: boolean): string {
  return isOn ? 'IPSec on' : 'IPSec off';
}
