import type { InventoryFile } from './inventory-file';
import { latestLast, type InventoryFault, type IsLatest } from './inventory-problem';
import { edgeEntries, edgeInWords, snmpTarget, type EdgeEntry } from './inventory-entries';
import { isLoopback } from './ipv4';

const purposes = ['proxyIp', 'lbIp', 'managementIp'] as const;
const purposeWords = { proxyIp: 'proxy IP', lbIp: 'load balancer IP', managementIp: 'management IP' };

/**
 * Addresses used twice that must be unique: of edges, cluster IPs, gateways and SNMP agents. An edge may use one address for
 * several purposes; loopback management addresses may repeat, because the ports differ.
 */
export function addressFaults(file: InventoryFile, isLatest: IsLatest): InventoryFault[] {
  return [...addressesHeldTwice(file, isLatest), ...agentsAskedTwice(file, isLatest)];
}

/** An address in use, its owner, and where it is in the file. */
interface Claim {
  address: string;
  path: PropertyKey[];
  /** Two purposes of one owner may share an address. Gateways have no owner. */
  owner: object | null;
  words: string;
  plainWords: string;
}

function addressesHeldTwice(file: InventoryFile, isLatest: IsLatest): InventoryFault[] {
  const claims = latestLast([...clusterIps(file), ...edgeAddresses(file), ...gateways(file)], isLatest);
  const first = new Map<string, Claim>();
  return claims.flatMap((claim): InventoryFault[] => {
    const other = first.get(claim.address);
    if (other === undefined) first.set(claim.address, claim);
    // A gateway may serve several clusters, but no edge or cluster may have its address.
    if (other === undefined || other.owner === claim.owner) return [];
    return [
      {
        path: claim.path,
        reason: `${claim.address} is also ${other.words}.`,
        todo: 'Give each its own address.',
        rule: { code: 'address-taken', address: claim.address, by: other.plainWords },
      },
    ];
  });
}

function clusterIps(file: InventoryFile): Claim[] {
  return file.clusters.map((cluster, index) => {
    const words = `the cluster IP of "${cluster.name}"`;
    const path = ['clusters', index, 'clusterIp'];
    return { address: cluster.clusterIp, path, owner: cluster, words, plainWords: words };
  });
}

function edgeAddresses(file: InventoryFile): Claim[] {
  return edgeEntries(file).flatMap((entry) =>
    ownAddresses(entry)
      .filter(({ purpose, address }) => purpose !== 'managementIp' || !isLoopback(address))
      .map(({ purpose, address }) => ({
        address,
        path: [...entry.path, purpose],
        owner: entry.edge,
        words: `the ${purpose} of ${edgeInWords(entry)}`,
        plainWords: `the ${purposeWords[purpose]} of ${edgeInWords(entry)}`,
      })),
  );
}

function gateways(file: InventoryFile): Claim[] {
  return file.clusters.map((cluster, index) => {
    const words = `the default gateway of "${cluster.name}"`;
    const path = ['clusters', index, 'defaultGateway'];
    return { address: cluster.defaultGateway, path, owner: null, words, plainWords: words };
  });
}

function agentsAskedTwice(file: InventoryFile, isLatest: IsLatest): InventoryFault[] {
  const askedFor = new Map<string, EdgeEntry>();
  return latestLast(edgeEntries(file), isLatest).flatMap((entry): InventoryFault[] => {
    const target = snmpTarget(entry.edge);
    const other = target === null ? undefined : askedFor.get(target);
    if (target === null) return [];
    if (other === undefined) {
      askedFor.set(target, entry);
      return [];
    }
    // Already reported for the management address.
    if (sameManagementAddress(entry, other)) return [];
    const key = entry.edge.snmp?.host === undefined ? 'port' : 'host';
    return [
      {
        path: [...entry.path, 'snmp', key],
        reason: `The SNMP agent at ${target} is also the one of ${edgeInWords(other)}.`,
        todo: 'Two edges have two agents: correct the address or the port of one.',
        rule: { code: 'agent-taken', address: target, by: edgeInWords(other) },
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
