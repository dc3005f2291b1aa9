import type { Alert } from '../../../domain/model/alert';
import type { RecordedEvent } from '../../../domain/model/event';
import { alertRuleNames, alertSubject } from '../../../domain/words/alerts';

/** As many ends as are read; more are counted as "or more". */
export const mostEnded = 1_000;
const dayMs = 24 * 3_600_000;

/** An alert that is over. Times are UTC milliseconds. */
export interface EndedAlert {
  alertId: string;
  title: string;
  words: string;
  openedMs: number;
  endedMs: number;
}

/** What was over in the 24 hours before a time, the latest first. What became a symptom of another alert is not over. */
export function endedAlerts(events: readonly RecordedEvent[], atMs: number): EndedAlert[] {
  return events
    .flatMap(({ event }): EndedAlert[] => {
      if (event.type !== 'alert-cleared' || event.ended === 'absorbed') return [];
      const { alertId, rule, words, openedMs, recordedAtMs: endedMs } = event;
      if (endedMs > atMs || endedMs <= atMs - dayMs) return [];
      return [
        { alertId, title: `${alertRuleNames[rule]}: ${alertSubject(event)}`, words, openedMs, endedMs },
      ];
    })
    .sort((a, b) => b.endedMs - a.endedMs);
}

/** How many of them still wait for a person: ", 2 of them not acknowledged". */
export function endedWords(
  ended: readonly EndedAlert[],
  listed: readonly Pick<Alert, 'id' | 'state'>[],
): string {
  const waiting = new Set(listed.flatMap(({ id, state }) => (state === 'over' ? [id] : [])));
  const count = ended.filter(({ alertId }) => waiting.has(alertId)).length;
  return count === 0 ? '' : `, ${count} of them not acknowledged`;
}
