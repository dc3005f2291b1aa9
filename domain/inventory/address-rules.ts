import type { InventoryFile } from './inventory-file';
import type { InventoryFault } from './inventory-problem';
import { edgeEntries, edgeInWords, snmpTarget, type EdgeEntry } from './inventory-entries';
import { isLoopback } from './ipv4';

const purposes = ['proxyIp', 'lbIp', 'managementIp'] as const;

/**
 * Addresses that two hold and only one may: edges among each other, cluster IPs, gateways, SNMP agents. An edge may use
 * one address for several of its own purposes; loopback management addresses may repeat, for there the ports differ.
 */
export function addressFaults(file: InventoryFile): InventoryFault[] {
  return [...addressesHeldTwice(file), ...agentsAskedTwice(file)];
}

interface Holder {
  /** Who it belongs to: two purposes of one owner may share an address. */
  owner: object;
  words: string;
}

function addressesHeldTwice(file: InventoryFile): InventoryFault[] {
  const holders = new Map<string, Holder>();
  const faults: InventoryFault[] = [];
  const take = (address: string, holder: Holder, path: PropertyKey[]): void => {
    const other = holders.get(address);
    if (other === undefined) holders.set(address, holder);
    else if (other.owner !== holder.owner) faults.push(heldTwice(address, other, path));
  };
  file.clusters.forEach((cluster, index) => {
    const path = ['clusters', index, 'clusterIp'];
    take(cluster.clusterIp, { owner: cluster, words: `the cluster IP of "${cluster.name}"` }, path);
  });
  for (const entry of edgeEntries(file)) {
    for (const { purpose, address } of ownAddresses(entry)) {
      if (purpose === 'managementIp' && isLoopback(address)) continue;
      const holder = { owner: entry.edge, words: `the ${purpose} of ${edgeInWords(entry)}` };
      take(address, holder, [...entry.path, purpose]);
    }
  }
  return [...faults, ...gatewaysHeld(file, holders)];
}

/** A gateway may serve several clusters, but is nobody's own address. */
function gatewaysHeld(file: InventoryFile, holders: ReadonlyMap<string, Holder>): InventoryFault[] {
  return file.clusters.flatMap((cluster, index) => {
    const other = holders.get(cluster.defaultGateway);
    return other ? [heldTwice(cluster.defaultGateway, other, ['clusters', index, 'defaultGateway'])] : [];
  });
}

function heldTwice(address: string, other: Holder, path: PropertyKey[]): InventoryFault {
  return {
    path,
    reason: `${address} is also ${other.words}.`,
    todo: 'Give each its own address.',
  };
}

function agentsAskedTwice(file: InventoryFile): InventoryFault[] {
  const askedFor = new Map<string, EdgeEntry>();
  return edgeEntries(file).flatMap((entry) => {
    const target = snmpTarget(entry.edge);
    const other = target === null ? undefined : askedFor.get(target);
    if (target === null) return [];
    if (other === undefined) {
      askedFor.set(target, entry);
      return [];
    }
    // Already said by the management address itself.
    if (sameManagementAddress(entry, other)) return [];
    const key = entry.edge.snmp?.host === undefined ? 'port' : 'host';
    return [
      {
        path: [...entry.path, 'snmp', key],
        reason: `The SNMP agent at ${target} is also the one of ${edgeInWords(other)}.`,
        todo: 'Two edges have two agents: correct the address or the port of one.',
      },
    ];
  });
}

function sameManagementAddress(a: EdgeEntry, b: EdgeEntry): boolean {
  const address = a.edge.managementIp;
  return address !== undefined && address === b.edge.managementIp && !isLoopback(address);
}

function ownAddresses({ edge }: EdgeEntry): { purpose: (typeof purposes)[number]; address: string }[] {
  return purposes.flatMap((purpose) => {
    const address = edge[purpose];
    return address === undefined ? [] : [{ purpose, address }];
  });
}
