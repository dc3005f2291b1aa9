import type { Absence } from '../model/event';

/** "Part of a rolling update: e1 (14:03:10 to 14:04:02), e2 (…) were away one after another, times in UTC." */
export function rollingWords(absences: readonly Absence[]): string {
  const each = absences.map(
    ({ edgeName, fromMs, toMs }) => `${edgeName} (${clock(fromMs)} to ${clock(toMs)})`,
  );
  return `Part of a rolling update: ${each.join(', ')} UTC, one after another.`;
}

/** The time of day in UTC, to the second. */
export function clock(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(11, 19);
}
