import type { Cluster } from '../../../../domain/inventory/inventory';
import type { InventoryEdit } from '../../../../domain/inventory/inventory-edit';
import { draftOfOverrides, overridesOfDraft, type OverrideDraft } from './override-draft';
import { draftOfProbe, probeOfDraft, type ProbeDraft } from './probe-draft';
import { draftOfEdge, edgeOfDraft, type EdgeDraft } from './edge-draft';

type ClusterInput = Extract<InventoryEdit, { kind: 'put-cluster' }>['cluster'];

/** The typed values of a cluster and its edges. */
export interface ClusterDraft {
  id: string | null;
  name: string;
  site: string;
  enabled: boolean;
  clusterIp: string;
  subnetMask: string;
  defaultGateway: string;
  ipsec: boolean;
  /** Mb/s of one edge; empty: unknown. */
  capacity: string;
  /** Not editable in the form. */
  witness: Cluster['witness'];
  /** VHID of the cluster's CARP group; empty: Heron finds out. */
  vhid: string;
  /** Through what it is read: the name of a source, or "direct"; empty: as whatever names none. */
  source: string;
  probe: ProbeDraft;
  overrides: OverrideDraft;
  edges: EdgeDraft[];
}

/** The vendor's defaults: enabled, IPSec local termination off. */
export function newClusterDraft(): ClusterDraft {
  return {
    id: null,
    name: '',
    site: '',
    enabled: true,
    clusterIp: '',
    subnetMask: '255.255.255.0',
    defaultGateway: '',
    ipsec: false,
    capacity: '',
    witness: undefined,
    vhid: '',
    source: '',
    probe: draftOfProbe(undefined),
    overrides: draftOfOverrides(undefined),
    edges: [],
  };
}

export function draftOfCluster(cluster: Cluster): ClusterDraft {
  return {
    id: cluster.id,
    name: cluster.name,
    site: cluster.site ?? '',
    enabled: cluster.status === 'enabled',
    clusterIp: cluster.clusterIp,
    subnetMask: cluster.subnetMask,
    defaultGateway: cluster.defaultGateway,
    ipsec: cluster.ipsecLocalTermination,
    capacity: cluster.edgeCapacityMegabitsPerSecond?.toString() ?? '',
    witness: cluster.witness,
    vhid: cluster.vhid?.toString() ?? '',
    source: cluster.source ?? '',
    probe: draftOfProbe(cluster.probe),
    overrides: draftOfOverrides(cluster.overrides),
    edges: cluster.edges.map(draftOfEdge),
  };
}

/** Converts a draft to an inventory entry. `newNames`: names of the new credentials. */
export function clusterOfDraft(draft: ClusterDraft, newNames: readonly string[]): ClusterInput {
  const site = draft.site.trim();
  const capacity = draft.capacity.trim();
  const vhid = draft.vhid.trim();
  return {
    name: draft.name,
    ...(site === '' ? {} : { site }),
    status: draft.enabled ? 'enabled' : 'disabled',
    clusterIp: draft.clusterIp.trim(),
    subnetMask: draft.subnetMask.trim(),
    defaultGateway: draft.defaultGateway.trim(),
    ipsecLocalTermination: draft.ipsec,
    ...(capacity === '' ? {} : { edgeCapacityMegabitsPerSecond: Number(capacity.replace(',', '.')) }),
    ...(draft.witness === undefined ? {} : { witness: draft.witness }),
    ...(vhid === '' ? {} : { vhid: Number(vhid) }),
    ...(draft.source === '' ? {} : { source: draft.source }),
    ...probeOfDraft(draft.probe),
    ...overridesOfDraft(draft.overrides),
    edges: draft.edges.map((edge) => edgeOfDraft(edge, 'cluster', newNames)),
  };
}

/** The longest name that an inventory takes, characters. */
const longestName = 64;

/** A name for the next edge of a cluster: the cluster's name and the first free number. */
export function nextEdgeName(cluster: ClusterDraft, taken: ReadonlySet<string>): string {
  const base = cluster.name.trim();
  if (base === '') return '';
  for (let n = 1; ; n += 1) {
    const end = `-${String(n).padStart(2, '0')}`;
    const name = `${base.slice(0, longestName - end.length)}${end}`;
    if (!taken.has(name) && cluster.edges.every((edge) => edge.name !== name)) return name;
  }
}
