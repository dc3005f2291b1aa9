import type { RequestResult } from '../../domain/contract/contract';
import { RequestRefused } from '../../domain/contract/request-refused';
import type { ClusterView, Snapshot } from '../../domain/model/snapshot';
import type { MonitorSession } from './monitor-session';

/**
 * Stops the active LB of a cluster of the demo fleet, so that another one takes over: a real fault of the fleet's process, which monitoring
 * has to detect like any other. @throws RequestRefused while anything but the demo fleet is monitored, or no cluster is healthy
 */
export async function causeFailover(
  session: Pick<MonitorSession, 'current'>,
  clock: { nowMs(): number },
): Promise<RequestResult<'demo.failover'>> {
  const { demo, monitor } = await session.current();
  if (demo === null)
    throw new RequestRefused({
      what: 'Failovers are caused on the demo fleet only.',
      where: 'Heron’s main process.',
      todo: 'Heron never changes your own edges.',
    });
  const cluster = healthyCluster(monitor.snapshot());
  if (cluster === null)
    throw new RequestRefused({
      what: 'No cluster of the demo fleet is up with a load balancer that could take over.',
      where: 'The demo fleet.',
      todo: 'Wait a minute: its faults end by themselves.',
    });
  const atMs = Math.round(clock.nowMs());
  await demo.stopActiveLb(cluster.name);
  return { clusterId: cluster.id, clusterName: cluster.name, atMs };
}

/** Of the clusters that are up, the one whose last failover is longest ago; null: none is up. */
export function healthyCluster({ clusters }: Snapshot): ClusterView | null {
  const fit = clusters.filter(
    ({ kind, health, activeLb, edgesTotal }) =>
      kind === 'cluster' && health === 'up' && activeLb.kind === 'one' && edgesTotal > 1,
  );
  const lastMs = ({ lastFailover }: ClusterView): number => lastFailover?.bracket.firstNewMs ?? 0;
  // The last of several, since the fleet's own faults begin with the first.
  return fit.reduce<ClusterView | null>(
    (best, one) => (best === null || lastMs(one) <= lastMs(best) ? one : best),
    null,
  );
}
