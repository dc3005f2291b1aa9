import type { InventoryFile } from '../inventory/inventory-file';
import { managementOf, ruleFor, type ImportRule } from './import-rules';
import type { VendorCluster, VendorEdge, VendorInventory } from './vendor-objects';

type FileCluster = InventoryFile['clusters'][number];
type FileEdge = FileCluster['edges'][number];
type StandaloneEdge = InventoryFile['standaloneEdges'][number];

/** Something at the vendor that the new inventory does not contain, or not as it is there, and what to do about it. */
export interface ImportNotice {
  /** Such as `cluster "fra-01"` or `edge 4711`. */
  what: string;
  reason: string;
  todo: string;
}

/** The inventory that an import leads to. It is not checked yet: `ruleFaults` does that. */
export interface ImportPlan {
  file: InventoryFile;
  notices: ImportNotice[];
}

/**
 * Brings the vendor's clusters and edges into an inventory. What the vendor knows replaces what is here; what only Heron knows (site,
 * witness, probe, thresholds, SNMP) stays, and for new edges comes from the first rule that matches. An object is found again by its
 * number, then by its name. Clusters and edges that never came from the vendor stay as they are; those that did and are gone are removed.
 */
export function planImport(
  vendor: VendorInventory,
  current: InventoryFile,
  rules: readonly ImportRule[],
): ImportPlan {
  const plan = new Planner(vendor, current, rules);
  return { file: plan.file(), notices: plan.notices };
}

class Planner {
  readonly notices: ImportNotice[] = [];
  readonly #edges: ReadonlyMap<string, VendorEdge>;
  readonly #members: ReadonlySet<string>;
  /** Every number that the vendor has. */
  readonly #numbers: ReadonlySet<string>;
  readonly #hereEdges: readonly (FileEdge | StandaloneEdge)[];

  constructor(
    private readonly vendor: VendorInventory,
    private readonly current: InventoryFile,
    private readonly rules: readonly ImportRule[],
  ) {
    this.#edges = new Map(vendor.edges.map((edge) => [edge.id, edge]));
    this.#members = new Set(
      vendor.clusters.flatMap(({ virtualZenNodes }) => virtualZenNodes.map(({ id }) => id)),
    );
    this.#numbers = new Set([...vendor.clusters, ...vendor.edges].map(({ id }) => id));
    this.#hereEdges = [...current.clusters.flatMap(({ edges }) => edges), ...current.standaloneEdges];
  }

  file(): InventoryFile {
    const { current, vendor } = this;
    const clusters = vendor.clusters.flatMap((cluster) => this.#cluster(cluster));
    const edges = vendor.edges.filter(({ id }) => !this.#members.has(id));
    const standalone = edges.flatMap((edge) => this.#standalone(edge));
    const taken = namesOf(clusters, standalone);
    return {
      ...current,
      clusters: [...clusters, ...current.clusters.flatMap((cluster) => this.#ownCluster(cluster, taken))],
      standaloneEdges: [
        ...standalone,
        ...current.standaloneEdges.filter((edge) => isOwn(edge) && !taken.edges.has(edge.name)),
      ],
    };
  }

  /** A cluster that was never imported stays, without the edges that the vendor has elsewhere. */
  #ownCluster(cluster: FileCluster, taken: ReturnType<typeof namesOf>): FileCluster[] {
    if (!isOwn(cluster) || taken.clusters.has(cluster.name)) return [];
    const edges = cluster.edges.filter((edge) => isOwn(edge) && !taken.edges.has(edge.name));
    return edges.length > 0 ? [{ ...cluster, edges }] : [];
  }

  #cluster(cluster: VendorCluster): FileCluster[] {
    const what = called('cluster', cluster);
    const { name, ipAddress, subnetMask, defaultGateway } = cluster;
    if (name === null || ipAddress === null || subnetMask === null || defaultGateway === null) {
      const missing = missingFields({ name, ipAddress, subnetMask, defaultGateway });
      this.#leaveOut(
        what,
        `The vendor has no ${missing} of it.`,
        'Complete it there, or enter it here by hand.',
      );
      return [];
    }
    const members = cluster.virtualZenNodes.map(({ id, name: nodeName }) => {
      const edge = this.#edges.get(id);
      if (!edge)
        this.#leaveOut(
          called('edge', { id, name: nodeName }),
          `${name} lists it, but the vendor has no such edge.`,
          'Import again; if it stays, correct the cluster at the vendor.',
        );
      return edge;
    });
    const here = this.#found(this.current.clusters, { id: cluster.id, name }, what);
    const edges = members.flatMap((edge) => (edge ? this.#member(edge) : []));
    if (edges.length === 0) {
      this.#leaveOut(what, 'No edge of it can be monitored.', 'Add edges to it at the vendor.');
      return [];
    }
    const site = here?.site ?? members.map((edge) => edge && ruleFor(edge, this.rules)?.site).find(Boolean);
    return [
      {
        ...here,
        name,
        vendorId: cluster.id,
        ...(site === undefined ? {} : { site }),
        status: isDisabled(cluster) ? 'disabled' : 'enabled',
        clusterIp: ipAddress,
        subnetMask,
        defaultGateway,
        ipsecLocalTermination: cluster.ipSecEnabled ?? false,
        edges,
      },
    ];
  }

  #member(edge: VendorEdge): FileEdge[] {
    const common = this.#edge(edge);
    if (!common) return [];
    const { subnetMask: _mask, defaultGateway: _gateway, ...member } = common;
    return [{ ...member, deployment: 'cluster' }];
  }

  #standalone(edge: VendorEdge): StandaloneEdge[] {
    const common = this.#edge(edge);
    return common ? [{ ...common, deployment: 'standalone' }] : [];
  }

  #edge(edge: VendorEdge): Omit<FileEdge, 'deployment'> | null {
    const { name, ipAddress } = edge;
    if (name === null || ipAddress === null) {
      const missing = missingFields({ name, ipAddress });
      this.#leaveOut(
        called('edge', edge),
        `The vendor has no ${missing} of it.`,
        'It is imported once that is there.',
      );
      return null;
    }
    const here = this.#found(this.#hereEdges, { id: edge.id, name }, called('edge', edge));
    const { deployment: _deployment, ...kept } = here ?? {};
    return {
      ...kept,
      ...(here?.snmp || here?.http || here?.tcp ? {} : this.#polling(edge, name)),
      name,
      vendorId: edge.id,
      status: isDisabled(edge) ? 'disabled' : 'enabled',
      deploymentStatus: edge.inProduction === true ? 'in-production' : 'trial',
      proxyIp: ipAddress,
      ...optional('lbIp', edge.loadBalancerIpAddress),
      ...optional('subnetMask', edge.subnetMask),
      ...optional('defaultGateway', edge.defaultGateway),
      ...optional('sku', edge.vzenSkuType),
    };
  }

  /** How a new edge is polled: what its rule names. */
  #polling(edge: VendorEdge, name: string): Pick<FileEdge, 'managementIp' | 'snmp' | 'http'> {
    const rule = ruleFor(edge, this.rules);
    if (rule === null) {
      this.#leaveOut(
        `edge "${name}"`,
        'No rule matches it, so it is not polled by SNMP.',
        'Add a rule with its management address and credential.',
      );
      return {};
    }
    const management = managementOf(edge, rule);
    const { credential, snmpPort = 161, http } = rule;
    return {
      ...(management && 'managementIp' in management ? management : {}),
      ...(credential !== undefined && management
        ? { snmp: { ...('host' in management ? management : {}), port: snmpPort, credential } }
        : {}),
      ...(http === true ? { http: {} } : {}),
    };
  }

  /**
   * The entry with this number; where none has it, one of this name that has no number, or one that the vendor does not have any more: then the
   * object was recreated at the vendor.
   */
  #found<T extends { name: string; vendorId?: string | undefined }>(
    entries: readonly T[],
    { id, name }: { id: string; name: string },
    what: string,
  ): T | undefined {
    const same = entries.find(({ vendorId }) => vendorId === id);
    if (same) return same;
    const named = entries.find((entry) => entry.name === name);
    if (named?.vendorId === undefined) return named;
    if (this.#numbers.has(named.vendorId)) return undefined;
    this.#leaveOut(
      what,
      `It was recreated at the vendor: its number was ${named.vendorId} and is ${id}.`,
      'Its settings here are kept, and its history begins anew. Check that it is the same one.',
    );
    return named;
  }

  #leaveOut(what: string, reason: string, todo: string): void {
    this.notices.push({ what, reason, todo });
  }
}

function optional<K extends string, V>(key: K, value: V | null): { [P in K]?: V } {
  return value === null ? {} : ({ [key]: value } as { [P in K]?: V });
}

/** Whether an entry was entered here and never came from the vendor. */
function isOwn({ vendorId }: { vendorId?: string | undefined }): boolean {
  return vendorId === undefined;
}

function isDisabled({ status }: Pick<VendorCluster, 'status'>): boolean {
  return status !== null && status !== 'ENABLED' && status !== 'IN_TRIAL';
}

function called(kind: 'cluster' | 'edge', { id, name }: { id: string; name: string | null }): string {
  return name === null ? `${kind} ${id}` : `${kind} "${name}"`;
}

const fieldNames: Readonly<Record<string, string>> = {
  name: 'name',
  ipAddress: 'IP address',
  subnetMask: 'subnet mask',
  defaultGateway: 'default gateway',
};

function missingFields(fields: Record<string, string | null>): string {
  const missing = Object.entries(fields).filter(([, value]) => value === null);
  return missing.map(([key]) => fieldNames[key] ?? key).join(' and ');
}

function namesOf(clusters: readonly FileCluster[], standalone: readonly StandaloneEdge[]) {
  return {
    clusters: new Set(clusters.map(({ name }) => name)),
    edges: new Set([...clusters.flatMap(({ edges }) => edges), ...standalone].map(({ name }) => name)),
  };
}
