import { edgeEntries, type EdgeEntry } from './inventory-entries';
import type { InventoryFile } from './inventory-file';
import { latestLast, type InventoryFault, type IsLatest } from './inventory-problem';
import { hasAmbiguousAddress } from './inventory-text';
import { nearestName } from './nearest-name';

/** Names that must be unique: clusters, credentials, and edges across the whole inventory. */
export function nameFaults(file: InventoryFile, isLatest: IsLatest): InventoryFault[] {
  const clusters = file.clusters.map(({ name }, index) => ({ name, path: ['clusters', index] }));
  const credentials = file.credentials.map(({ name }, index) => ({ name, path: ['credentials', index] }));
  const sources = (file.sources ?? []).map(({ name }, index) => ({ name, path: ['sources', index] }));
  const edges = edgeEntries(file).map(({ edge, path }) => ({ name: edge.name, path }));
  return [
    ...repeated(latestLast(credentials, isLatest), 'credential'),
    ...repeated(latestLast(sources, isLatest), 'source'),
    ...repeated(latestLast(clusters, isLatest), 'cluster'),
    ...repeated(latestLast(edges, isLatest), 'edge', ' (edge names are unique in the whole inventory)'),
  ];
}

function repeated(named: { name: string; path: PropertyKey[] }[], kind: string, more = ''): InventoryFault[] {
  const seen = new Set<string>();
  return named.flatMap(({ name, path }) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [
      {
        path: [...path, 'name'],
        reason: `A second ${kind} with the name "${name}"${more}.`,
        todo: 'Rename one of the two, or delete it.',
        rule: { code: 'name-taken' },
      },
    ];
  });
}

/** Rules between the fields of a credential. */
export function credentialFaults(file: InventoryFile): InventoryFault[] {
  return file.credentials.flatMap((credential, index) => {
    if (credential.version !== '3' || !credential.priv || credential.auth) return [];
    return [
      {
        path: ['credentials', index, 'priv'],
        reason: 'priv without auth: SNMPv3 encrypts only what it authenticates.',
        todo: 'Add "auth", or take "priv" out.',
      },
    ];
  });
}

/** Rules between the fields of an edge, its cluster and the credentials. */
export function edgeFaults(file: InventoryFile): InventoryFault[] {
  const credentials = new Set(file.credentials.map(({ name }) => name));
  return edgeEntries(file).flatMap((entry) => [
    ...deploymentFaults(entry),
    ...snmpFaults(entry, credentials),
    ...urlFaults(entry),
  ]);
}

function deploymentFaults({ edge, cluster, path }: EdgeEntry): InventoryFault[] {
  if (cluster && edge.deployment === 'standalone') {
    return [
      {
        path: [...path, 'deployment'],
        reason: `A standalone edge inside the cluster "${cluster.name}".`,
        todo: 'Write "cluster", or move the edge to standaloneEdges.',
      },
    ];
  }
  if (cluster) return [];
  const faults: InventoryFault[] = [];
  if (edge.deployment === 'cluster') {
    faults.push({
      path: [...path, 'deployment'],
      reason: 'An edge of a cluster among the standalone edges.',
      todo: 'Write "standalone", or move the edge into its cluster.',
    });
  }
  if (edge.lbIp !== undefined) {
    faults.push({
      path: [...path, 'lbIp'],
      reason: 'A load balancer address on a standalone edge, which has no load balancer.',
      todo: 'Take lbIp out, or move the edge into its cluster.',
    });
  }
  return faults;
}

function urlFaults({ edge, path }: EdgeEntry): InventoryFault[] {
  const url = edge.http?.url;
  if (url === undefined || !hasAmbiguousAddress(url)) return [];
  return [
    {
      path: [...path, 'http', 'url'],
      reason:
        'Its host is an IPv4 address with leading zeros or in another unusual form, which programs read differently.',
      todo: 'Write it in plain dotted decimals, such as 10.20.0.11.',
    },
  ];
}

function snmpFaults({ edge, path }: EdgeEntry, credentials: ReadonlySet<string>): InventoryFault[] {
  if (!edge.snmp) return [];
  const faults: InventoryFault[] = [];
  if (edge.snmp.host === undefined && edge.managementIp === undefined) {
    faults.push({
      path: [...path, 'snmp'],
      reason: 'No address for SNMP: neither managementIp nor snmp.host.',
      todo: 'Add "managementIp", or "host" in snmp.',
    });
  }
  if (!credentials.has(edge.snmp.credential)) {
    faults.push({
      path: [...path, 'snmp', 'credential'],
      ...unknownCredential(edge.snmp.credential, credentials),
    });
  }
  return faults;
}

/** Maximum number of credentials that are listed and searched for a similar name. */
const mostListed = 20;

/** The name is repeated only when it looks like one, because it may be a password written in the wrong place. */
function unknownCredential(name: string, credentials: ReadonlySet<string>): { reason: string; todo: string } {
  const shown = /^[A-Za-z][A-Za-z0-9 _.-]{0,40}$/.test(name) ? ` "${name}"` : '';
  const known = [...credentials].slice(0, mostListed);
  const near = nearestName(name, known);
  const list = known.length === 0 ? 'none' : known.map((each) => `"${each}"`).join(', ');
  const more = credentials.size > known.length ? ` and ${credentials.size - known.length} more` : '';
  const hint = near === null ? 'Add it to the credentials, or name another one.' : `Did you mean "${near}"?`;
  return { reason: `The credential${shown} does not exist.`, todo: `${hint} There is: ${list}${more}.` };
}
