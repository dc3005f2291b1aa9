import { isProblem } from '../model/health';
import type { ClusterView } from '../model/snapshot';

type Acknowledgeable = Pick<ClusterView, 'health' | 'acknowledged' | 'newFaults' | 'unacknowledgedOutages'>;

/** "Acknowledged by NOC EU", "+1 new since NOC EU acknowledged", or "Unacknowledged"; empty where there is nothing to acknowledge. */
export function acknowledgementWords(cluster: Acknowledgeable): string {
  const { acknowledged, newFaults, unacknowledgedOutages } = cluster;
  const added = newFaults.length + unacknowledgedOutages.length;
  if (!canBeAcknowledged(cluster)) return '';
  if (!acknowledged) return 'Unacknowledged';
  return added > 0
    ? `+${added} new since ${acknowledged.by} acknowledged`
    : `Acknowledged by ${acknowledged.by}`;
}

/** Whether there is something to acknowledge, acknowledged or not: a problem, or an outage that is over. */
export function canBeAcknowledged({
  health,
  unacknowledgedOutages,
}: Pick<Acknowledgeable, 'health' | 'unacknowledgedOutages'>): boolean {
  return isProblem(health) || unacknowledgedOutages.length > 0;
}

/** Whether something has not been acknowledged: a problem, a part of it that is new, or an outage that is over. */
export function isUnacknowledged(cluster: Acknowledgeable): boolean {
  const { health, acknowledged, newFaults, unacknowledgedOutages } = cluster;
  if (unacknowledgedOutages.length > 0 || newFaults.length > 0) return true;
  return isProblem(health) && acknowledged === null;
}
