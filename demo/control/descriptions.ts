import type { Fault } from '../faults/fault';
import type { DemoFleet } from '../fleet/demo-fleet';
import type { TruthEntry } from '../fleet/truth';

/** A fault as the control API reports it. Times are UTC milliseconds; `untilMs` is null when it lasts until restored. */
export function describeFault(fault: Fault): object {
  const { id, kind, cluster, edge, fromMs, toMs, oneSide } = fault;
  return {
    id,
    kind,
    cluster,
    edge: edge ?? null,
    fromMs,
    untilMs: Number.isFinite(toMs) ? toMs : null,
    ...(kind === 'split' ? { oneSide } : {}),
  };
}

/** One thing that truly happened, as a line of output and in GET /truth. */
export function describeTruthEntry(entry: TruthEntry): object {
  return { ...entry, edge: entry.edge ?? null, time: new Date(entry.atMs).toISOString() };
}

/** What truly happened since a time, which faults last, and who holds MASTER in each cluster now. */
export function describeTruth(fleet: DemoFleet, sinceMs: number, nowMs: number): object {
  const entries = fleet.truth.since(sinceMs);
  return {
    nowMs,
    completeSinceMs: fleet.truth.completeSinceMs,
    roles: entries.filter((entry) => entry.kind === 'role').map(describeTruthEntry),
    faults: entries.filter((entry) => entry.kind === 'fault').map(describeTruthEntry),
    active: fleet.activeFaults().map(describeFault),
    masters: Object.fromEntries(
      fleet.clusters
        .filter((cluster) => !cluster.plan.standalone)
        .map((cluster) => [cluster.plan.name, cluster.masters()]),
    ),
  };
}

/** Every edge with its ports, role and condition now. */
export function describeFleet(
  fleet: DemoFleet,
  ports: ReadonlyMap<string, { snmp: number; http: number }>,
  nowMs: number,
): object {
  return {
    nowMs,
    clusters: fleet.clusters.map(({ plan, edges }) => ({
      name: plan.name,
      site: plan.site.city,
      standalone: plan.standalone,
      vhid: plan.standalone ? null : plan.vhid,
      edges: edges.map((edge) => ({
        name: edge.plan.name,
        ports: ports.get(edge.plan.name) ?? null,
        role: edge.roleNow() ?? null,
        advskew: edge.plan.lbIp === undefined ? null : edge.plan.advskew,
        upForMs: edge.conditions.powered ? Math.round(edge.systemUptimeMs(nowMs)) : null,
        conditions: edge.conditions,
      })),
    })),
    active: fleet.activeFaults().map(describeFault),
  };
}
