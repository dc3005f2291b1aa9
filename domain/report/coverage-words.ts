import { utcMoment } from '../words/time';
import type { ReportFacts } from './report-facts';

/** Which part of a report's range availability is given for; null: all of it. */
export function coverageWords({ covered, range }: Pick<ReportFacts, 'covered' | 'range'>): string | null {
  if (covered === null) return 'The history covers nothing of this range.';
  if (covered.fromMs <= range.fromMs && covered.toMs >= range.toMs) return null;
  return `The history covers ${utcMoment(covered.fromMs)} to ${utcMoment(covered.toMs, 'up')} UTC of this range. Availability is given for that time.`;
}
