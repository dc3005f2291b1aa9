import { isProblem } from '../../domain/model/health';
import { outagesTogether } from '../../domain/model/outage';
import type { ClusterView } from '../../domain/model/snapshot';
import { shortMoment, type TimeZoneChoice } from '../../domain/words/clock';
import { outagePredicate } from '../../domain/words/outages';

/** "Had no active LB for 1.8 to 4 s, 21:29:05." of what cut users off and is over, until it is acknowledged; null: nothing is. */
export function outageLine(
  { health, unacknowledgedOutages }: Pick<ClusterView, 'health' | 'unacknowledgedOutages'>,
  atMs: number,
  zone: TimeZoneChoice,
): string | null {
  const outage = outagesTogether(unacknowledgedOutages);
  if (!outage) return null;
  const moment = shortMoment(outage.toMs, atMs, zone);
  return `${isProblem(health) ? 'Also h' : 'H'}${outagePredicate(outage).slice(1)}, ${moment}.`;
}
