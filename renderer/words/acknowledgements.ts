import { isProblem } from '../../domain/model/health';
import type { ClusterView } from '../../domain/model/snapshot';

/** "Acknowledged by NOC EU" or "Unacknowledged"; empty where nothing is wrong. */
export function acknowledgementWords({
  health,
  acknowledged,
}: Pick<ClusterView, 'health' | 'acknowledged'>): string {
  if (!isProblem(health)) return '';
  return acknowledged ? `Acknowledged by ${acknowledged.by}` : 'Unacknowledged';
}

/** The same in little room, on the wall: "Ack: NOC EU". */
export function shortAcknowledgement(cluster: Pick<ClusterView, 'health' | 'acknowledged'>): string {
  const { acknowledged } = cluster;
  return acknowledged ? `Ack: ${acknowledged.by}` : acknowledgementWords(cluster);
}

/** A problem that has not been acknowledged. */
export function isUnacknowledged({ health, acknowledged }: ClusterView): boolean {
  return isProblem(health) && acknowledged === null;
}
