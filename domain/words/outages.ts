import type { Outage } from '../model/outage';
import { plural } from './amount';
import { durationRange } from './duration';

const what: Readonly<Record<Outage['kind'], string>> = {
  'no-active-lb': 'had no active LB',
  'no-serving-edge': 'had no serving edge',
  'users-not-served': 'did not serve users',
};

/**
 * What cut users off, as a predicate of the cluster: "had no active LB for 1.8 to 4 s", "had no active LB 3 times, 6 to 12 s in
 * all". The time of day is the view's to add, in the chosen zone. Bounds are rounded outwards.
 */
export function outagePredicate({ kind, lastedMs, times }: Outage): string {
  const length = durationRange(lastedMs.atLeast, lastedMs.atMost);
  return times === 1
    ? `${what[kind]} for ${length}`
    : `${what[kind]} ${plural(times, 'time')}, ${length} in all`;
}
