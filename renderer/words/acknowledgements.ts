import type { ClusterView } from '../../domain/model/snapshot';
import { isProblem } from './states';

/** Who has a problem: "EU desk has it", "Nobody has it". Empty where nothing is wrong. */
export function whoHasIt({ health, acknowledged }: Pick<ClusterView, 'health' | 'acknowledged'>): string {
  if (!isProblem(health)) return '';
  return acknowledged ? `${acknowledged.by} has it` : 'Nobody has it';
}

/** A problem that nobody has said to work on. */
export function isUnacknowledged({ health, acknowledged }: ClusterView): boolean {
  return isProblem(health) && acknowledged === null;
}
