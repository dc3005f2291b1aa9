import { healthRank, isProblem } from '../model/health';
import type { ClusterView } from '../model/snapshot';
import { isUnacknowledged } from './acknowledgements';

const byName = new Intl.Collator('en-GB', { numeric: true, sensitivity: 'base' });

/** Natural order of names: fra-2 before fra-10. */
export function compareNames(a: string, b: string): number {
  return byName.compare(a, b);
}

/**
 * The default order: worst state first; within a state unacknowledged first, then problems newest first and other rows by
 * name. Never 0 for two different clusters, so the order is total.
 */
export function compareWorstFirst(a: ClusterView, b: ClusterView): number {
  const byState = healthRank(a.health) - healthRank(b.health);
  if (byState !== 0) return byState;
  const byAcknowledgement = Number(isUnacknowledged(b)) - Number(isUnacknowledged(a));
  if (byAcknowledgement !== 0) return byAcknowledgement;
  if (isProblem(a.health)) {
    const newest = (b.sinceMs ?? -Infinity) - (a.sinceMs ?? -Infinity);
    if (newest !== 0 && !Number.isNaN(newest)) return newest;
  }
  return compareNames(a.name, b.name) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
