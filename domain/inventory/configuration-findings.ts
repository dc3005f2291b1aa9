import type { Reason } from '../model/health';
import {
  allEdges,
  isPolledHere,
  type Cluster,
  type Credential,
  type Edge,
  type Inventory,
} from './inventory';
import { placeOf, secretOf } from './metrics-source';
import { isThisComputer } from './this-computer';

/** A configuration that is allowed but reduces redundancy, security or visibility. Not an error. */
export interface ConfigurationFinding {
  /** The cluster it is about; null for a standalone edge and for a credential. */
  clusterId: string | null;
  clusterName: string | null;
  /** The edge it is about; null when it is about the whole cluster or a credential. */
  edgeId: string | null;
  edgeName: string | null;
  reason: Reason;
}

/** The findings in an inventory, in its order; disabled clusters and edges are left out. */
export function configurationFindings(inventory: Inventory): ConfigurationFinding[] {
  const clusters = inventory.clusters.filter((cluster) => cluster.status === 'enabled');
  const standalone = inventory.standaloneEdges.filter(isEnabled);
  return [
    ...clusters.flatMap(clusterFindings),
    ...standalone.flatMap((edge) =>
      [...standaloneFindings(edge), ...sourceFindings(edge)].map(aboutEdge(edge, null)),
    ),
    ...credentialFindings(inventory),
    ...sourceUrlFindings(inventory),
  ];
}

function clusterFindings(cluster: Cluster): ConfigurationFinding[] {
  const edges = cluster.edges.filter(isEnabled);
  const external = edges.length > 0 && edges.every((edge) => edge.lbIp === undefined);
  const own: Reason[] = [];
  if (edges.length < 2) {
    own.push({
      code: 'fewer-than-two-edges',
      fact: `${cluster.name} has ${edges.length === 1 ? 'one edge' : 'no edge'} in use: there is no spare.`,
      detail: 'A cluster needs at least two edges for a failover.',
    });
  }
  if (external) {
    own.push({
      code: 'external-load-balancer',
      fact: `No edge of ${cluster.name} has a load balancer address: its load balancer seems to be an external one.`,
      detail: 'Then there is no CARP, and no failover that Heron could see. Else add lbIp to each edge.',
    });
  }
  const about = { clusterId: cluster.id, clusterName: cluster.name, edgeId: null, edgeName: null };
  return [
    ...own.map((reason) => ({ ...about, reason })),
    ...edges.flatMap((edge) => memberFindings(edge, external).map(aboutEdge(edge, cluster))),
  ];
}

function memberFindings(edge: Edge, external: boolean): Reason[] {
  const reasons: Reason[] = [];
  if (edge.lbIp === undefined && !external) {
    reasons.push({
      code: 'no-load-balancer-address',
      fact: `${edge.name} has no load balancer address.`,
      detail: 'Every edge of a cluster has a load balancer of its own: add lbIp.',
    });
  }
  // The vendor's API has the size of a subscription and no number: who has a size has a subscription.
  if ((edge.subscription ?? '').trim() === '' && edge.sku === undefined) {
    reasons.push({
      code: 'no-subscription',
      fact: `${edge.name} has no subscription.`,
      detail: 'Every edge in a cluster needs one of its own.',
    });
  }
  if (edge.sku !== undefined && edge.sku !== 'LARGE') {
    reasons.push({
      code: 'sku-not-large',
      fact: `${edge.name} is a ${edge.sku} edge in a cluster.`,
      detail: 'The edges of a cluster must be LARGE.',
    });
  }
  return [...reasons, ...sourceFindings(edge)];
}

function standaloneFindings(edge: Edge): Reason[] {
  if (edge.deploymentStatus !== 'in-production') return [];
  return [
    {
      code: 'standalone-in-production',
      fact: `${edge.name} stands alone in production: when it fails, its users are cut off.`,
      detail: 'A standalone edge is meant for evaluation. Put it into a cluster.',
    },
  ];
}

function sourceFindings(edge: Edge): Reason[] {
  if (edge.snmp || edge.http || edge.tcp) return [];
  return [
    {
      code: 'no-source',
      fact: `${edge.name} is not polled: its state stays unknown.`,
      detail: 'Add snmp, http or tcp.',
    },
  ];
}

/** Sources whose token or password, and all readings, cross the network unencrypted. */
function sourceUrlFindings({ sources = [] }: Inventory): ConfigurationFinding[] {
  return sources.flatMap((source) => {
    const { isEncrypted, hostname } = placeOf(source);
    if (isEncrypted || !secretOf(source) || isThisComputer(hostname)) return [];
    const reason = {
      code: 'source-not-encrypted',
      fact: `The ${source.user === undefined ? 'token' : 'password'} of source "${source.name}" crosses the network unencrypted.`,
      detail: 'Use https.',
    };
    return [{ clusterId: null, clusterName: null, edgeId: null, edgeName: null, reason }];
  });
}

/** Only credentials that an enabled edge uses: others are never sent. */
function credentialFindings(inventory: Inventory): ConfigurationFinding[] {
  const isHere = isPolledHere(inventory);
  const used = new Set(
    allEdges(inventory)
      .filter((edge) => isEnabled(edge) && isHere(edge))
      .map((edge) => edge.snmp?.credential),
  );
  return inventory.credentials
    .filter((credential) => used.has(credential.name))
    .flatMap(credentialReasons)
    .map((reason) => ({ clusterId: null, clusterName: null, edgeId: null, edgeName: null, reason }));
}

function credentialReasons(credential: Credential): Reason[] {
  const weak = (code: string, fact: string): Reason[] => [
    { code, fact, detail: 'Use SNMPv3 with auth and priv where the agent can.' },
  ];
  if (credential.version === '2c') {
    return weak(
      'snmp-not-authenticated',
      `${credential.name} is SNMPv2c: its answers are not authenticated.`,
    );
  }
  if (!credential.auth) {
    return weak(
      'snmp-not-authenticated',
      `${credential.name} has no auth: its answers are not authenticated.`,
    );
  }
  if (!credential.priv)
    return weak('snmp-not-encrypted', `${credential.name} has no priv: its answers can be read on the way.`);
  return [...weakAuth(credential.name, credential.auth), ...weakPriv(credential.name, credential.priv)];
}

/** Protocols that are broken (RFC 6151 on MD5) or whose keys can be searched (DES, 56 bits: FIPS 46-3 was withdrawn for it). */
function weakAuth(name: string, { protocol }: { protocol: string }): Reason[] {
  if (protocol !== 'md5') return [];
  const fact = `${name} authenticates by MD5, which is weak.`;
  return [{ code: 'snmp-weak-auth', fact, detail: 'Use SHA where the agent can.' }];
}

function weakPriv(name: string, { protocol }: { protocol: string }): Reason[] {
  if (protocol !== 'des') return [];
  const fact = `${name} encrypts by DES, whose keys of 56 bits can be found by trying.`;
  return [{ code: 'snmp-weak-priv', fact, detail: 'Use AES where the agent can.' }];
}

function aboutEdge(edge: Edge, cluster: Cluster | null): (reason: Reason) => ConfigurationFinding {
  return (reason) => ({
    clusterId: cluster?.id ?? null,
    clusterName: cluster?.name ?? null,
    edgeId: edge.id,
    edgeName: edge.name,
    reason,
  });
}

function isEnabled(edge: Edge): boolean {
  return edge.status === 'enabled';
}
