import type { Alert } from '../model/alert';
import { ruleRank, severityRank } from './rules';

/** Unacknowledged before acknowledged, open before over, worst first, then what began first. */
export function sortedAlerts(alerts: readonly Alert[]): Alert[] {
  const rankOf = ({ acknowledged, held }: Alert): number => (held ? 2 : acknowledged ? 1 : 0);
  return alerts.toSorted(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      Number(a.state === 'over') - Number(b.state === 'over') ||
      severityRank(a.severity) - severityRank(b.severity) ||
      ruleRank(a.rule) - ruleRank(b.rule) ||
      a.sinceMs - b.sinceMs,
  );
}
