import { healthRank } from '../../domain/model/health';
import type { ClusterView } from '../../domain/model/snapshot';
import { isUnacknowledged } from './acknowledgements';
import { isProblem } from './states';

const byName = new Intl.Collator('en-GB', { numeric: true, sensitivity: 'base' });

/** Natural order of names: fra-2 before fra-10. */
export function compareNames(a: string, b: string): number {
  return byName.compare(a, b);
}

/**
 * The table's order of rest: worst state first; among problems of one state those that nobody has, then the
 * newest first; quiet rows by name, which is where the eye looks for them. Never 0 for two different clusters, so an order is always the same order.
 */
export function compareWorstFirst(a: ClusterView, b: ClusterView): number {
  const byState = healthRank(a.health) - healthRank(b.health);
  if (byState !== 0) return byState;
  if (isProblem(a.health)) {
    const byDesk = Number(isUnacknowledged(b)) - Number(isUnacknowledged(a));
    if (byDesk !== 0) return byDesk;
    const newest = (b.sinceMs ?? -Infinity) - (a.sinceMs ?? -Infinity);
    if (newest !== 0 && !Number.isNaN(newest)) return newest;
  }
  return compareNames(a.name, b.name) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
