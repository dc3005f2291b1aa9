/** What identifies an entry whose name has changed: an address that only one entry may have, or its number at the vendor. */
interface Addressed {
  name: string;
  address: string;
  vendorId?: string | undefined;
}

/**
 * The entries that were renamed between two inventories, new name to old name. An entry counts as renamed when its old name is gone, its
 * new one is new, and both have the same address or the same number at the vendor; not when the vendor's numbers differ.
 */
export function renamesOf(before: readonly Addressed[], after: readonly Addressed[]): Map<string, string> {
  const [oldNames, newNames] = [namesOf(before), namesOf(after)];
  const gone = before.filter(({ name }) => !newNames.has(name));
  const byAddress = new Map(gone.map((entry) => [entry.address, entry]));
  const byVendorId = new Map(gone.map((entry) => [entry.vendorId, entry]));
  const renames = new Map<string, string>();
  const taken = new Set<string>();
  for (const { name, address, vendorId } of after) {
    if (oldNames.has(name)) continue;
    const ofAddress = byAddress.get(address);
    const isOther =
      ofAddress?.vendorId !== undefined && vendorId !== undefined && ofAddress.vendorId !== vendorId;
    const ofNumber = vendorId === undefined ? undefined : byVendorId.get(vendorId);
    const old = ofNumber ?? (isOther ? undefined : ofAddress);
    if (old === undefined || taken.has(old.name)) continue;
    taken.add(old.name);
    renames.set(name, old.name);
  }
  return renames;
}

function namesOf(entries: readonly Addressed[]): Set<string> {
  return new Set(entries.map(({ name }) => name));
}

interface NamedFile {
  clusters: readonly {
    name: string;
    clusterIp: string;
    vendorId?: string | undefined;
    edges: readonly NamedEdge[];
  }[];
  standaloneEdges: readonly NamedEdge[];
}
interface NamedEdge {
  name: string;
  proxyIp: string;
  vendorId?: string | undefined;
}

/** The renamed clusters and edges between two inventories, new name to old name. */
export function inventoryRenames(
  before: NamedFile,
  after: NamedFile,
): { clusters: Map<string, string>; edges: Map<string, string> } {
  return {
    clusters: renamesOf(before.clusters.map(clusterAddress), after.clusters.map(clusterAddress)),
    edges: renamesOf(edgesOf(before), edgesOf(after)),
  };
}

function clusterAddress({ name, clusterIp, vendorId }: NamedFile['clusters'][number]): Addressed {
  return { name, address: clusterIp, vendorId };
}

function edgesOf({ clusters, standaloneEdges }: NamedFile): Addressed[] {
  return [...clusters.flatMap(({ edges }) => edges), ...standaloneEdges].map(
    ({ name, proxyIp, vendorId }) => ({
      name,
      address: proxyIp,
      vendorId,
    }),
  );
}
