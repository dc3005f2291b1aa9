import type { ClusterView, MonitorStatus } from '../../../domain/model/snapshot';
import { clockTime, type TimeZoneChoice } from '../../../domain/words/clock';

const leastMs = 30_000;

/**
 * Turns a cluster unknown when its polls stopped while others continue, so that a wall never shows outdated states. Edges that
 * do not respond are polled and assessed; this is about polls that do not happen.
 */
export function withStoppedData(
  cluster: ClusterView,
  monitor: Pick<MonitorStatus, 'healthIntervalMs' | 'sources'>,
  atMs: number,
  zone: TimeZoneChoice,
): ClusterView {
  if (cluster.health === 'disabled' || cluster.health === 'maintenance') return cluster;
  const lastMs = cluster.edges.reduce(
    (latest, edge) => Math.max(latest, edge.lastPollMs ?? -Infinity),
    -Infinity,
  );
  if (lastMs === -Infinity) return cluster;
  const intervals = (monitor.sources ?? []).map(({ scrapeIntervalMs }) => scrapeIntervalMs);
  if (atMs - lastMs < Math.max(leastMs, 3 * Math.max(monitor.healthIntervalMs, ...intervals))) return cluster;
  const fact = `No readings since ${clockTime(lastMs, zone)}.`;
  return {
    ...cluster,
    health: 'unknown',
    sinceMs: lastMs,
    edgesUp: null,
    reasons: [{ code: 'readings-stopped', fact, detail: 'The values shown are from that time.' }],
    activeLb:
      cluster.activeLb.kind === 'one'
        ? { kind: 'unknown', lastEdgeName: cluster.activeLb.edgeName, lastSeenMs: lastMs }
        : cluster.activeLb,
  };
}
