import type { ClusterView, MonitorStatus } from '../../../domain/model/snapshot';
import { clockTime, type TimeZoneChoice } from '../../words/clock';

const leastMs = 30_000;

/**
 * A row whose polls stopped altogether, while others go on, must not stand on a wall as it last was: it turns unknown and
 * says since when. Silent edges are polled and judged; this is for polls that do not come.
 */
export function withStoppedData(
  cluster: ClusterView,
  monitor: Pick<MonitorStatus, 'healthIntervalMs'>,
  atMs: number,
  zone: TimeZoneChoice,
): ClusterView {
  if (cluster.health === 'disabled' || cluster.health === 'maintenance') return cluster;
  const polls = cluster.edges.flatMap(({ lastPollMs }) => lastPollMs ?? []);
  if (polls.length === 0) return cluster;
  const lastMs = Math.max(...polls);
  if (atMs - lastMs < Math.max(leastMs, 3 * monitor.healthIntervalMs)) return cluster;
  const fact = `Nothing read since ${clockTime(lastMs, zone)}.`;
  return {
    ...cluster,
    health: 'unknown',
    sinceMs: lastMs,
    edgesUp: null,
    reasons: [{ code: 'readings-stopped', fact, detail: 'What is shown was true then.' }],
    activeLb:
      cluster.activeLb.kind === 'one'
        ? { kind: 'unknown', lastEdgeName: cluster.activeLb.edgeName, lastSeenMs: lastMs }
        : cluster.activeLb,
  };
}
