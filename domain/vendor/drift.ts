import { z } from 'zod';
import { edgeEntries } from '../inventory/inventory-entries';
import type { InventoryFile } from '../inventory/inventory-file';
import type { ClusterView } from '../model/snapshot';
import { bitRate } from '../words/amount';
import type { VendorCluster, VendorEdge, VendorInventory } from './vendor-objects';

type FileCluster = InventoryFile['clusters'][number];

export const driftCodes = [
  'edge-in-no-cluster',
  'ipsec-differs',
  'disabled-with-traffic',
  'standalone-in-production',
  'shared-cluster-ip',
  'name-differs',
  'address-differs',
  'not-here',
  'not-at-vendor',
] as const;

/** A difference between what the vendor has, what is configured here and what is observed. */
export const driftFindingSchema = z.object({
  code: z.enum(driftCodes),
  /** Such as `edge "fra-edge-1"`. */
  what: z.string(),
  /** Its name here, by which its page is found; null: it is not here. */
  cluster: z.string().nullable(),
  edge: z.string().nullable(),
  /** What the vendor has, in words; null: nothing. */
  vendor: z.string().nullable(),
  /** What is configured here, in words; null: nothing. */
  here: z.string().nullable(),
  /** What Heron observes, in words; null: it is not observed. */
  observed: z.string().nullable(),
  todo: z.string(),
});
export type DriftFinding = z.infer<typeof driftFindingSchema>;

/** More traffic than this makes a disabled cluster one that carries traffic, bits per second. */
const trafficBitsPerSecond = 100_000;

const importIt = 'Import it, or enter it by hand.';

type FileEdge = FileCluster['edges'][number];
type Subject = Pick<DriftFinding, 'what' | 'cluster' | 'edge'>;
/** The rest of a finding; `observed` only where something is. */
type Difference = Omit<DriftFinding, keyof Subject | 'observed'> & { observed?: string | null };

/**
 * Compares the three. `observed` has the rows as they are shown now; none where nothing is monitored. `carriedBefore`: the mean traffic of the last day by
 * the cluster's name, bits per second, where it is not known now.
 */
export function findDrift(
  vendor: VendorInventory,
  here: InventoryFile,
  observed: readonly ClusterView[],
  carriedBefore: ReadonlyMap<string, number> = new Map(),
): DriftFinding[] {
  const rows = new Map(observed.map((row) => [row.name, row]));
  const members = new Set(
    vendor.clusters.flatMap(({ virtualZenNodes }) => virtualZenNodes.map(({ id }) => id)),
  );
  const clusters = vendor.clusters.map((cluster) => ({ cluster, here: sameEntry(here.clusters, cluster) }));
  const places = edgePlaces(here);
  return [
    ...clusters.flatMap((pair) => clusterDrift(pair.cluster, pair.here, rows, carriedBefore)),
    ...sharedClusterIps(clusters, rows),
    ...vendor.edges.flatMap((edge) => edgeDrift(edge, members.has(edge.id), places, rows)),
    ...onlyHere(vendor, here, rows),
  ];
}

function findings(subject: Subject, differences: readonly Difference[]): DriftFinding[] {
  return differences.map((difference) => ({ ...subject, observed: null, ...difference }));
}

function clusterDrift(
  cluster: VendorCluster,
  here: FileCluster | undefined,
  rows: ReadonlyMap<string, ClusterView>,
  carriedBefore: ReadonlyMap<string, number>,
): DriftFinding[] {
  const subject = { what: called('cluster', cluster), cluster: here?.name ?? null, edge: null };
  const row = rows.get(here?.name ?? '');
  const vendor = statusWords(cluster.status);
  if (!here) return findings(subject, [{ code: 'not-here', vendor, here: null, todo: importIt }]);
  return findings(subject, [
    ...disabledWithTraffic(cluster, here, row, carriedBefore.get(here.name) ?? null),
    ...nameDrift(cluster.name, here.name),
    ...addressDrift(
      cluster.ipAddress,
      here.clusterIp,
      'Find out which cluster IP users are sent to, and correct the other.',
      usersWords(row),
    ),
    ...ipsecDrift(
      cluster.ipSecEnabled,
      here.ipsecLocalTermination,
      'Import again, or switch IPSec local termination at the vendor.',
    ),
  ]);
}

/** Whether it was disabled on purpose, as opposed to not provisioned yet. */
export function isDisabledAtVendor({ status }: Pick<VendorCluster, 'status'>): boolean {
  return status?.startsWith('DISABLED') === true;
}

function disabledWithTraffic(
  cluster: VendorCluster,
  here: FileCluster,
  row: ClusterView | undefined,
  before: number | null,
): Difference[] {
  const now = row?.bitsPerSecond ?? null;
  const rate = now ?? before;
  if (!isDisabledAtVendor(cluster) || rate === null || rate < trafficBitsPerSecond) return [];
  const todo = 'Find out who still sends traffic to it before it is removed, or enable it at the vendor.';
  const observed = now === null ? `carried ${bitRate(rate)} in the last 24 h` : `carries ${bitRate(rate)}`;
  return [
    { code: 'disabled-with-traffic', vendor: statusWords(cluster.status), here: here.status, observed, todo },
  ];
}

/** What the cluster IP that is configured here carries. */
function usersWords(row: ClusterView | undefined): string | null {
  const carried = carriedBy(row);
  return carried === null ? null : `${row?.clusterIp ?? ''} ${carried}`;
}

function sharedClusterIps(
  clusters: readonly { cluster: VendorCluster; here: FileCluster | undefined }[],
  rows: ReadonlyMap<string, ClusterView>,
): DriftFinding[] {
  const byAddress = new Map<string, (typeof clusters)[number][]>();
  for (const pair of clusters) {
    const address = pair.cluster.ipAddress;
    if (address !== null) byAddress.set(address, [...(byAddress.get(address) ?? []), pair]);
  }
  return [...byAddress].flatMap(([address, sharing]) => {
    if (sharing.length < 2) return [];
    const names = sharing.map(({ cluster: { id, name } }) => `"${name ?? id}"`).join(' and ');
    const local = sharing.flatMap(({ here }) => (here ? [`${here.name}: ${here.clusterIp}`] : []));
    const active = sharing.flatMap(({ here }) => {
      const lb = rows.get(here?.name ?? '')?.activeLb;
      return lb?.kind === 'one' ? [`active LB ${lb.edgeName}`] : [];
    });
    const subject = {
      what: `clusters ${names}`,
      cluster: sharing.find(({ here }) => here)?.here?.name ?? null,
      edge: null,
    };
    return findings(subject, [
      {
        code: 'shared-cluster-ip',
        vendor: `all have the cluster IP ${address}`,
        here: local.length > 0 ? local.join(', ') : null,
        observed: active.length > 0 ? active.join(', ') : null,
        todo: 'Give each cluster an address of its own.',
      },
    ]);
  });
}

interface EdgePlace {
  edge: FileEdge;
  cluster: FileCluster | null;
}

/** The edges of a file by their number at the vendor, and those without one by their name. */
function edgePlaces(file: InventoryFile): (edge: VendorEdge) => EdgePlace | undefined {
  const places = edgeEntries(file);
  const byNumber = new Map(places.map((place) => [place.edge.vendorId, place]));
  const byName = new Map(
    places.filter(({ edge }) => edge.vendorId === undefined).map((place) => [place.edge.name, place]),
  );
  return ({ id, name }) => byNumber.get(id) ?? byName.get(name ?? '');
}

function edgeDrift(
  edge: VendorEdge,
  isMember: boolean,
  placeOf: (edge: VendorEdge) => EdgePlace | undefined,
  rows: ReadonlyMap<string, ClusterView>,
): DriftFinding[] {
  const place = placeOf(edge);
  const subject = {
    what: called('edge', edge),
    cluster: place?.cluster?.name ?? null,
    edge: place?.edge.name ?? null,
  };
  const observed = place ? trafficWords(place, rows) : null;
  return findings(subject, [
    ...placementDrift(edge, isMember, place, observed),
    ...(place
      ? entryDrift(edge, place)
      : [{ code: 'not-here', vendor: statusWords(edge.status), here: null, todo: importIt } as const]),
  ]);
}

/** What the edge itself carries. */
function trafficWords({ edge, cluster }: EdgePlace, rows: ReadonlyMap<string, ClusterView>): string | null {
  const view = rows.get((cluster ?? edge).name)?.edges.find(({ name }) => name === edge.name);
  const rate = view?.proxyOutBitsPerSecond ?? null;
  return rate === null ? null : `carries ${bitRate(rate)}`;
}

function placementDrift(
  edge: VendorEdge,
  isMember: boolean,
  place: EdgePlace | undefined,
  observed: string | null,
): Difference[] {
  const here = place ? (place.cluster ? `in cluster "${place.cluster.name}"` : 'standalone') : null;
  if (edge.deploymentMode === 'CLUSTER' && !isMember) {
    const todo = 'Add it to a cluster at the vendor, or make it standalone.';
    return [{ code: 'edge-in-no-cluster', vendor: 'cluster mode, in no cluster', here, observed, todo }];
  }
  if (edge.deploymentMode !== 'STANDALONE' || edge.inProduction !== true) return [];
  const todo = 'Put it into a cluster: when it fails, its users are cut off.';
  return [{ code: 'standalone-in-production', vendor: 'standalone, in production', here, observed, todo }];
}

function entryDrift(edge: VendorEdge, { edge: entry, cluster }: EdgePlace): Difference[] {
  return [
    ...nameDrift(edge.name, entry.name),
    ...addressDrift(edge.ipAddress, entry.proxyIp, 'Correct the proxy IP that is wrong.', null),
    ...(cluster
      ? ipsecDrift(
          edge.ipSecEnabled,
          cluster.ipsecLocalTermination,
          'An edge in a cluster has the cluster’s setting: correct it at the vendor.',
          ` for ${cluster.name}`,
        )
      : []),
  ];
}

function nameDrift(vendor: string | null, here: string): Difference[] {
  if (vendor === null || vendor === here) return [];
  return [{ code: 'name-differs', vendor, here, todo: 'Import again, or rename it at the vendor.' }];
}

function addressDrift(
  vendor: string | null,
  here: string,
  todo: string,
  observed: string | null,
): Difference[] {
  return vendor === null || vendor === here
    ? []
    : [{ code: 'address-differs', vendor, here, observed, todo }];
}

function ipsecDrift(vendor: boolean | null, here: boolean, todo: string, of = ''): Difference[] {
  if (vendor === null || vendor === here) return [];
  return [{ code: 'ipsec-differs', vendor: onOff(vendor), here: `${onOff(here)}${of}`, todo }];
}

/** What came from the vendor earlier and is not there any more. */
function onlyHere(
  vendor: VendorInventory,
  here: InventoryFile,
  rows: ReadonlyMap<string, ClusterView>,
): DriftFinding[] {
  const clusters = new Set(vendor.clusters.map(({ id }) => id));
  const edges = new Set(vendor.edges.map(({ id }) => id));
  const gone = (observed: string | null): Difference[] => [
    {
      code: 'not-at-vendor',
      vendor: null,
      here: 'imported earlier',
      observed,
      todo: 'Import again to remove it here, or find out who removed it at the vendor.',
    },
  ];
  return [
    ...here.clusters
      .filter(({ vendorId }) => vendorId !== undefined && !clusters.has(vendorId))
      .flatMap(({ name }) =>
        findings({ what: `cluster "${name}"`, cluster: name, edge: null }, gone(carriedBy(rows.get(name)))),
      ),
    ...edgeEntries(here)
      .filter(({ edge: { vendorId } }) => vendorId !== undefined && !edges.has(vendorId))
      .flatMap((place) =>
        findings(
          { what: `edge "${place.edge.name}"`, cluster: place.cluster?.name ?? null, edge: place.edge.name },
          gone(trafficWords(place, rows)),
        ),
      ),
  ];
}

function carriedBy(row: ClusterView | undefined): string | null {
  const rate = row?.bitsPerSecond ?? null;
  return rate === null ? null : `carries ${bitRate(rate)}`;
}

function called(kind: 'cluster' | 'edge', { id, name }: { id: string; name: string | null }): string {
  return `${kind} "${name ?? id}"`;
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
