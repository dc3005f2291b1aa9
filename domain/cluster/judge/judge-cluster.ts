import { roleIn, type ClusterTrack } from '../observe/cluster-track';
import { isRoleUnknown } from '../observe/role-track';
import type { Health, Reason } from '../../model/health';
import type { Cluster } from '../../inventory/inventory';
import type { LbRole } from '../../model/role';
import type { ActiveLb } from '../../model/snapshot';
import { ableLbs, isUnable } from './able-lbs';

/** An edge's state and LB role, as its cluster is judged by them. */
export interface EdgeAssessment {
  id: string;
  name: string;
  health: Health;
  reasons: Reason[];
  role: LbRole;
}

/** What the judgement depends on besides the edges and the active LB. */
export interface ClusterSurroundings {
  /** Why the witnesses do not report which LB is active, in words. */
  whyUnknown?: string | null;
  imbalance?: Reason | null;
  /** The active LB changes again and again; `brief`: that it is not known or none now has lasted no longer than a take-over. */
  flapping?: { reason: Reason; brief: boolean } | null;
  /** LBs that are not active and stop and start again and again. */
  flappingLbs?: readonly Reason[];
}

export interface ClusterJudgement {
  health: Health;
  reasons: Reason[];
  activeLb: ActiveLb;
}

/** The active LB by the LBs' tracks. One whose role is no longer known is only named as the last. */
export function activeLbOf(cluster: Cluster, track: ClusterTrack): ActiveLb {
  const nameOf = (id: string): string => cluster.edges.find((edge) => edge.id === id)?.name ?? id;
  if (track.split) {
    const edgeIds = track.split.edgeIds;
    return { kind: 'several', edgeIds, edgeNames: edgeIds.map(nameOf), sinceMs: track.split.sinceMs };
  }
  if (track.noActive?.certain) return { kind: 'none', sinceMs: track.noActive.sinceMs };
  const active = roleIn(track, track.activeEdgeId);
  if (!active) return { kind: 'unknown', lastEdgeName: null, lastSeenMs: null };
  const name = nameOf(active.edgeId);
  if (isRoleUnknown(active) || active.role !== 'master') {
    return { kind: 'unknown', lastEdgeName: name, lastSeenMs: active.lastMaster?.toMs ?? null };
  }
  return { kind: 'one', edgeId: active.edgeId, edgeName: name, sinceMs: track.activeSinceMs };
}

/** Judges a cluster by its edges and its active LB, worst state first. Each reason's fact states the consequence. */
export function judgeCluster(
  cluster: Cluster,
  edges: readonly EdgeAssessment[],
  activeLb: ActiveLb,
  { whyUnknown = null, imbalance = null, flapping = null, flappingLbs = [] }: ClusterSurroundings = {},
): ClusterJudgement {
  const judged = (health: Health, ...reasons: Reason[]): ClusterJudgement => ({ health, reasons, activeLb });
  if (cluster.status === 'disabled') {
    return { health: 'disabled', reasons: [], activeLb: { kind: 'not-applicable' } };
  }
  const enabled = edges.filter((edge) => edge.health !== 'disabled');
  if (enabled.length === 0) return { ...judged('disabled'), activeLb: { kind: 'not-applicable' } };
  const wrong = flapping?.brief ? null : wrongActiveLb(cluster, enabled, activeLb);
  if (wrong) return wrong;
  const of = (health: Health): EdgeAssessment[] => enabled.filter((edge) => edge.health === health);
  const unknown = of('unknown');
  const unread = unknown.filter((edge) => edge.reasons[0]?.code === 'not-read-yet').length;
  if (unread > 0) {
    const detail = `${enabled.length - unread} of ${enabled.length} edges were read.`;
    return judged('unknown', { code: 'not-read-yet', fact: 'Waiting for the first readings.', detail });
  }
  if (unknown.length === enabled.length) {
    const fact = `No reading from any of ${enabled.length} edges.`;
    return judged('unknown', { code: 'all-silent', fact, detail: unknown[0]?.reasons[0]?.detail ?? '' });
  }
  const down = of('down');
  const healthy = enabled.length - down.length - unknown.length;
  const problems = [...down, ...unknown, ...of('degraded')];
  const causes = [...capacityReasons(problems), ...edgeReasons(problems)];
  if (healthy === 0) {
    // Edges in an unknown state may be serving: then the cluster is not known to be down.
    return judged(unknown.length > 0 ? 'unknown' : 'down', ...causes);
  }
  if (activeLb.kind === 'unknown' && !flapping?.brief) {
    return judged('unknown', unknownActiveLb(enabled, activeLb.lastEdgeName, whyUnknown), ...causes);
  }
  const uneven = imbalance ? [imbalance] : [];
  // Otherwise its state would change with every reading.
  if (flapping) return judged('degraded', flapping.reason, ...causes, ...flappingLbs, ...uneven);
  if (healthy < 2 && healthy + unknown.length < 2) {
    const fact = 'One more loss cuts users off.';
    const detail = `${healthy} of ${enabled.length} edges ${healthy === 1 ? 'is' : 'are'} up.`;
    return judged('no-redundancy', { code: 'no-redundancy', fact, detail }, ...causes);
  }
  if (isWithoutOtherLb(enabled)) {
    const fact = 'One more loss cuts users off: no other LB can take over.';
    const reason = { code: 'no-redundancy', fact, detail: otherLbs(enabled, activeLb) };
    return judged('no-redundancy', reason, ...causes, ...flappingLbs, ...uneven);
  }
  if (problems.length > 0 || flappingLbs.length > 0 || imbalance) {
    return judged('degraded', ...causes, ...flappingLbs, ...uneven);
  }
  return judged('up');
}

/** No LB is active, or several are; null otherwise. */
function wrongActiveLb(
  cluster: Cluster,
  enabled: readonly EdgeAssessment[],
  activeLb: ActiveLb,
): ClusterJudgement | null {
  if (activeLb.kind === 'none') {
    const roles = enabled.map((edge) => `${edge.name} ${edge.role.toUpperCase()}`).join(', ');
    const fact = `Users of ${cluster.clusterIp} are cut off.`;
    const reason = { code: 'no-active-lb', fact, detail: `No LB is MASTER: ${roles}.` };
    return { health: 'no-active-lb', reasons: [reason], activeLb };
  }
  if (activeLb.kind !== 'several') return null;
  const { edgeNames } = activeLb;
  const fact = `${listOf(edgeNames)} are ${edgeNames.length === 2 ? 'both' : 'all'} MASTER.`;
  const detail = 'Seen in repeated, overlapping readings. The hypervisor may drop CARP multicast.';
  return { health: 'split-brain', reasons: [{ code: 'split-brain', fact, detail }], activeLb };
}

/** Whether at most one LB can be active. One that is INIT on an edge that is up may only be passing through it. */
function isWithoutOtherLb(enabled: readonly EdgeAssessment[]): boolean {
  const lasting = enabled.map(({ health, role, reasons }) => ({
    health,
    reasons,
    role: health === 'up' && isUnable(role) ? ('unknown' as const) : role,
  }));
  return (ableLbs(lasting)?.atMost ?? Infinity) < 2;
}

function otherLbs(enabled: readonly EdgeAssessment[], activeLb: ActiveLb): string {
  const activeId = activeLb.kind === 'one' ? activeLb.edgeId : null;
  const others = enabled.filter(({ id }) => id !== activeId);
  const words = others.map(
    ({ name, role, health }) => `${name} ${isUnable(role) ? role.toUpperCase() : health}`,
  );
  return `The other ${others.length === 1 ? 'LB' : 'LBs'}: ${words.join(', ')}.`;
}

function unknownActiveLb(
  enabled: readonly EdgeAssessment[],
  lastEdgeName: string | null,
  whyUnknown: string | null,
): Reason {
  const code = 'active-lb-unknown';
  if (enabled.every((edge) => edge.role !== 'unknown' && edge.role !== 'not-applicable')) {
    return { code, fact: 'No LB reports MASTER.', detail: 'An election may be under way.' };
  }
  if (lastEdgeName !== null) {
    const fact = `The active LB is unknown; it was ${lastEdgeName}.`;
    return { code, fact, detail: whyUnknown ?? 'No other LB has reported that it took over.' };
  }
  const detail = whyUnknown ?? 'Publish the role on the edges, for instance as net-snmp’s extend carp.';
  return { code, fact: 'No edge reports its load balancer role.', detail };
}

function capacityReasons(problems: readonly EdgeAssessment[]): Reason[] {
  const down = problems.filter((edge) => edge.health === 'down');
  const [first] = down;
  if (!first) return [];
  const fact =
    down.length === 1
      ? `${first.name} is down.`
      : `${down.length} edges are down: ${listOf(down.map((e) => e.name))}.`;
  return [{ code: 'capacity-lost', fact, detail: first.reasons[0]?.fact ?? '' }];
}

/** The edges' own reasons, except those of edges that are down: see capacityReasons. */
function edgeReasons(problems: readonly EdgeAssessment[]): Reason[] {
  return problems.filter((edge) => edge.health !== 'down').flatMap((edge) => edge.reasons);
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
