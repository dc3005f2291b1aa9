import type { BlindCause, Blindness } from '../model/blindness';
import type { HostGateway, HostStatus } from '../model/host';
import type { ClusterView, EdgeView, Snapshot } from '../model/snapshot';

type Kind = 'silent' | 'refused' | 'no-agent' | 'names' | 'source';

/** Reasons of an edge that Heron cannot see, by how. */
const kindOfCode: Readonly<Record<string, Kind>> = {
  'all-silent': 'silent',
  'own-network': 'silent',
  unanswered: 'silent',
  stale: 'source',
  refused: 'refused',
  'agent-gone': 'no-agent',
  'name-unknown': 'names',
};

/** One row of the table, with the edges that are monitored. */
interface Row {
  cluster: ClusterView;
  edges: EdgeView[];
  isBlind: boolean;
}

/**
 * What Heron itself does not see, by the snapshot alone: one entry where it sees nothing, otherwise one for each common cause: an
 * interface, a credential, a site, a subnet. Empty where a silence is that of single clusters, and while the first readings are awaited.
 */
export function blindnessOf({ clusters, monitor }: Snapshot): Blindness[] {
  // A large fleet is judged for each screen, and hardly ever has an edge that is not seen.
  const isSeen = clusters.every(({ edges }) => edges.every(({ health }) => health !== 'unknown'));
  if (isSeen && monitor.trouble?.kind !== 'demo-ended') return [];
  const rows = clusters.flatMap((cluster): Row[] => {
    const edges = cluster.edges.filter(({ health }) => health !== 'disabled');
    if (cluster.health === 'disabled' || edges.length === 0) return [];
    const isBlind = cluster.health === 'unknown' && edges.every((edge) => kindOf(edge) !== null);
    return [{ cluster, edges, isBlind }];
  });
  const blind = rows.filter(({ isBlind }) => isBlind);
  const { trouble } = monitor;
  const hasEnded = trouble?.kind === 'demo-ended';
  if (rows.length === 0 || monitor.state === 'stalled') return [];
  if (hasEnded || blind.length === rows.length) {
    const seen = hasEnded ? rows : blind;
    const total = found(rows, edgesOf(seen), seen, totalCause(seen, monitor));
    // What is known of the cause itself is more exact than the last answers.
    return [{ ...total, isTotal: true, sinceMs: trouble?.sinceMs ?? total.sinceMs }];
  }
  return [
    ...behindInterface(rows, monitor),
    ...behindSource(rows, monitor),
    ...partsByCredential(rows),
    ...partsByPlace(rows),
  ];
}

function kindOf({ health, reasons }: EdgeView): Kind | null {
  return health === 'unknown' ? (kindOfCode[reasons[0]?.code ?? ''] ?? null) : null;
}

function edgesOf(rows: readonly Row[]): EdgeView[] {
  return rows.flatMap(({ edges }) => edges);
}

function totalCause(
  rows: readonly Row[],
  { trouble, words, host, sources }: Snapshot['monitor'],
): BlindCause {
  if (trouble?.kind === 'demo-ended') return { kind: 'demo-ended' };
  if (trouble?.kind === 'own-interface') return { kind: 'own-interface', words };
  const edges = edgesOf(rows);
  const [kind, another] = new Set(edges.map(kindOf));
  if (another !== undefined) return { kind: 'mixed' };
  if (kind === 'source') return sourceCause(edges, sources);
  if (kind === 'refused') return refusal(edges);
  if (kind === 'no-agent' || kind === 'names') return { kind };
  if (edges.every(({ lastAnswerMs }) => lastAnswerMs === null)) return { kind: 'never' };
  const gateway = host && gatewayToEdges(host);
  return { kind: 'silent', gateway: gateway?.state === 'answers' ? gateway.address : null };
}

/** This computer's gateway, where it is on an interface that leads to edges; null: it says nothing about them. */
export function gatewayToEdges({ links, gateway }: HostStatus): HostGateway | null {
  return links.some(({ name }) => name === gateway?.interfaceName) ? gateway : null;
}

function refusal(edges: readonly EdgeView[]): BlindCause {
  const credentials = [...new Set(edges.flatMap(({ credential }) => credential ?? []))].toSorted();
  return { kind: 'refused', credentials, detail: edges[0]?.reasons[0]?.detail ?? '' };
}

function found(
  all: readonly Row[],
  edges: readonly EdgeView[],
  rows: readonly Row[],
  cause: BlindCause,
): Blindness {
  const answers = edges.map(({ lastAnswerMs }) => lastAnswerMs);
  const known = answers.filter((atMs): atMs is number => atMs !== null);
  const [firstMs, lastMs] = [Math.min(...known), Math.max(...known)];
  const began = edges.flatMap(({ sinceMs }) => sinceMs ?? []);
  const isSilence = cause.kind !== 'refused' && cause.kind !== 'no-agent';
  return {
    isTotal: false,
    cause,
    clusterIds: rows.map(({ cluster }) => cluster.id),
    standaloneEdges: rows.filter(({ cluster }) => cluster.kind === 'standalone').length,
    edges: edges.length,
    ofEdges: edgesOf(all).length,
    // A refusal is an answer, but nothing is read since the state began.
    sinceMs: isSilence && known.length > 0 ? lastMs : began.length > 0 ? Math.min(...began) : null,
    withinMs: known.length === answers.length && known.length > 1 ? lastMs - firstMs : null,
  };
}

/** The rows whose edges an interface of this computer that is down cuts off. */
function behindInterface(rows: readonly Row[], { trouble, words }: Snapshot['monitor']): Blindness[] {
  if (trouble?.kind !== 'own-interface') return [];
  const cutOff = rows.filter(
    ({ isBlind, edges }) => isBlind && edges.every(({ reasons }) => reasons[0]?.code === 'own-network'),
  );
  if (cutOff.length === 0) return [];
  const cause = { kind: 'own-interface' as const, words };
  return [{ ...found(rows, edgesOf(cutOff), cutOff, cause), sinceMs: trouble.sinceMs }];
}

/** The rows whose edges are read through a metrics source that cannot be read. */
function behindSource(rows: readonly Row[], { sources }: Snapshot['monitor']): Blindness[] {
  if (!sources?.some(({ failure }) => failure !== null)) return [];
  const stale = rows.filter(
    ({ isBlind, edges }) => isBlind && edges.every(({ reasons }) => reasons[0]?.code === 'stale'),
  );
  if (stale.length === 0) return [];
  return [found(rows, edgesOf(stale), stale, sourceCause(edgesOf(stale), sources))];
}

/** Where no source fails, the edges have no current metrics although it answers. */
function sourceCause(edges: readonly EdgeView[], sources: Snapshot['monitor']['sources'] = []): BlindCause {
  const failing = sources.filter(({ failure }) => failure !== null);
  const named = failing.length > 0 ? failing : sources;
  const words = failing[0]?.failure ?? edges[0]?.reasons[0]?.detail ?? '';
  return { kind: 'source', sources: named.map(({ name }) => name), words };
}

/** Credentials that every edge refuses that is polled with them. One edge alone may have lost its own user. */
function partsByCredential(rows: readonly Row[]): Blindness[] {
  const refused = edgesOf(rows).filter((edge) => kindOf(edge) === 'refused');
  const names = new Set(refused.flatMap(({ credential }) => credential ?? []));
  return [...names].toSorted().flatMap((name) => {
    const ofIt = edgesOf(rows).filter(({ credential }) => credential === name);
    if (ofIt.length < 2 || !ofIt.every((edge) => kindOf(edge) === 'refused')) return [];
    const its = rows.filter(({ edges }) => edges.some(({ credential }) => credential === name));
    return [found(rows, ofIt, its, refusal(ofIt))];
  });
}

/** Sites, and then subnets, of which all clusters are silent, if there are at least two of them. */
function partsByPlace(rows: readonly Row[]): Blindness[] {
  if (rows.filter(isSilentRow).length < 2) return [];
  const explained = new Set<Row>();
  const bySite = groups(rows, ({ cluster }) => cluster.site);
  const bySubnet = groups(rows, ({ edges }) => {
    const subnets = new Set(edges.map(({ managementIp }) => subnetOf(managementIp)));
    const [only, another] = subnets;
    return another === undefined ? (only ?? null) : null;
  });
  const parts = [
    ...[...bySite].map(([site, of]) => ({ of, cause: { kind: 'site' as const, site } })),
    ...[...bySubnet].map(([subnet, of]) => ({ of, cause: { kind: 'subnet' as const, subnet } })),
  ];
  return parts.flatMap(({ of, cause }) => {
    if (of.length < 2 || !of.every(isSilentRow) || of.every((row) => explained.has(row))) return [];
    for (const row of of) explained.add(row);
    return [found(rows, edgesOf(of), of, cause)];
  });
}

/** All its edges are silent, and not because of an interface of this computer. */
function isSilentRow({ isBlind, edges }: Row): boolean {
  return isBlind && edges.every((edge) => edge.reasons[0]?.code === 'all-silent');
}

/** The IPv4 /24 of an address, where most sites have their management addresses. */
function subnetOf(address: string | null): string | null {
  const bytes = /^(\d+\.\d+\.\d+)\.\d+$/.exec(address ?? '')?.[1];
  return bytes === undefined || bytes.startsWith('127.') ? null : `${bytes}.0/24`;
}

function groups(rows: readonly Row[], keyOf: (row: Row) => string | null): Map<string, Row[]> {
  const byKey = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === null) continue;
    const known = byKey.get(key);
    if (known) known.push(row);
    else byKey.set(key, [row]);
  }
  return byKey;
}
