import type { Absence } from '../model/event';
import { utcTimeOfDay } from './time';

/** "Part of a rolling update: e1 (14:03:10 to 14:04:02), e2 (…) UTC, one after another." */
export function rollingUpdateWords(absences: readonly Absence[]): string {
  const each = absences.map(
    ({ edgeName, fromMs, toMs }) => `${edgeName} (${utcTimeOfDay(fromMs)} to ${utcTimeOfDay(toMs)})`,
  );
  return `Part of a rolling update: ${each.join(', ')} UTC, one after another.`;
}
