import type { Cluster } from './inventory';
import { formatIpv4, subnetOf } from './ipv4';

/** What is connected to in order to find out whether users of a cluster are served. */
export interface ProbeTarget {
  kind: 'tcp' | 'http';
  /** The cluster IP. */
  address: string;
  port: number;
  /** The path of the page, with `kind` `http`. */
  path: string;
  intervalMs: number;
  /** The cluster's default gateway. */
  gateway: string;
  /** The address of the subnet itself, which is never a host's: whatever answers for it is no cluster. */
  nobody: string;
}

/** The port of the vendor's health responder. */
const responderPort = 3128;
const httpsPort = 443;
/** The vendor's health page. */
const defaultPath = '/index.html?=100';
export const defaultProbeIntervalMs = 1_000;

/** What is probed for a cluster; null where it is switched off, or the cluster is disabled. */
export function probeTargetOf(cluster: Cluster): ProbeTarget | null {
  const { kind = 'tcp', port, path = defaultPath, intervalMs = defaultProbeIntervalMs } = cluster.probe ?? {};
  if (kind === 'off' || cluster.status === 'disabled') return null;
  if (!cluster.edges.some(({ status }) => status === 'enabled')) return null;
  return {
    kind,
    address: cluster.clusterIp,
    port: port ?? defaultPort(cluster, kind),
    path,
    intervalMs,
    gateway: cluster.defaultGateway,
    nobody: formatIpv4(subnetOf(cluster.clusterIp, cluster.subnetMask) ?? 0),
  };
}

/** The target for people: `10.20.0.10:443`. */
export function probeTargetInWords({ address, port }: ProbeTarget): string {
  return `${address}:${port}`;
}

/** The port at which the edges are polled, where they all have the same one: users reach it through the cluster IP. */
function defaultPort({ edges }: Cluster, kind: ProbeTarget['kind']): number {
  const enabled = edges.filter(({ status }) => status === 'enabled');
  const tcp = common(enabled.map((edge) => edge.tcp?.port ?? null));
  const http = common(enabled.map((edge) => (edge.http ? portOfUrl(edge.http.url) : null)));
  return kind === 'tcp' ? (tcp ?? http ?? httpsPort) : (http ?? responderPort);
}

function portOfUrl(text: string | undefined): number {
  if (text === undefined) return responderPort;
  const [, scheme = '', port] = /^(https?):\/\/[^/?#]*?(?::(\d{1,5}))?(?:[/?#]|$)/i.exec(text) ?? [];
  return port === undefined ? (scheme.toLowerCase() === 'https' ? httpsPort : 80) : Number(port);
}

function common(ports: readonly (number | null)[]): number | null {
  const [first = null] = ports;
  return ports.every((port) => port === first) ? first : null;
}
