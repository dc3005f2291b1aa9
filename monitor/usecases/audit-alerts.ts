import type { AcknowledgedEvent } from '../../domain/model/acknowledgement';
import type { AcknowledgedUntil } from '../../domain/model/alert-rule';
import { isAlertEvent, type AlertEvent, type HeronEvent } from '../../domain/model/event';
import type { Cell } from '../../domain/report/table-text';
import { alertSubject, matcherWords } from '../../domain/words/alerts';
import { iso, isoOrNull } from './iso-time';

/** The columns of the question about alerts. */
export const alertColumns = [
  ...['event', 'type', 'cluster', 'edge', 'rule', 'severity', 'author', 'text', 'began_utc', 'at_utc'],
  ...['last_reading_of_old_state_utc', 'first_reading_of_new_state_utc'],
  ...['detection_at_least_ms', 'detection_at_most_ms', 'cause', 'suppressed', 'symptoms'],
  ...['until', 'assignee', 'alert', 'recorded_utc'],
];
/** What a table for people leaves out. */
export const alertColumnsHidden = [
  ...['began_utc', 'last_reading_of_old_state_utc', 'first_reading_of_new_state_utc', 'symptoms'],
  ...['until', 'assignee', 'alert', 'recorded_utc'],
];

/** What alerted, changed and cleared, and who acknowledged it; null: another event. */
export function alertCells(event: HeronEvent, id: number): Cell[] | null {
  if (isAlertEvent(event)) return ofAlert(event, id);
  if (event.type !== 'acknowledged' || !event.alerts) return null;
  const { clusterName, by, words, covers, alerts, timeMs, recordedAtMs } = event;
  if (covers?.isRemainder) return null;
  const type = acknowledgementType(event);
  const until = untilText(alerts.until) + (alerts.sticky ? ', sticky' : '');
  return [
    ...[id, type, clusterName, null, null, null, by, words, null, iso(timeMs)],
    ...[null, null, null, null, null, null, null],
    ...[until, alerts.assignee, alerts.alertIds.join(', '), iso(recordedAtMs)],
  ];
}

function ofAlert(event: AlertEvent, id: number): Cell[] {
  const { rule, severity, words, detail, timeMs, recordedAtMs, suppressed, alertId } = event;
  const evidence = event.type === 'alert-cleared' ? null : event;
  const { bracket = null, detectionMs = null, cause } = evidence ?? {};
  const symptoms =
    event.type === 'alert-cleared'
      ? event.symptoms.map((one) => `${one.rule} of ${alertSubject(one)}`).join('; ')
      : null;
  const [cluster, edge] = [event.clusterName ?? event.edgeName ?? 'Heron', event.edgeName];
  return [
    ...[id, typeOf(event), cluster, edge, rule, severity, null, `${words} ${detail}`.trim()],
    ...[event.type === 'alert' ? iso(timeMs) : null, iso(recordedAtMs)],
    ...[isoOrNull(bracket?.lastOldMs), isoOrNull(bracket?.firstNewMs)],
    ...[detectionMs?.atLeast ?? null, detectionMs?.atMost ?? null, cause?.kind ?? null, suppressed, symptoms],
    ...[null, null, alertId, iso(recordedAtMs)],
  ];
}

function typeOf(event: AlertEvent): string {
  switch (event.type) {
    case 'alert':
      return 'opened';
    case 'alert-changed':
      return event.phase === 'escalated' ? 'escalated' : `changed (${event.phase})`;
    case 'alert-cleared':
      return event.isOver ? `cleared (${event.ended}), not acknowledged` : `cleared (${event.ended})`;
  }
}

/** That something was acknowledged, or how that ended. */
export function acknowledgementType({ ended, covers }: AcknowledgedEvent): string {
  if (covers?.isRemainder) return 'acknowledgement ended in part';
  return ended === null ? 'acknowledged' : `acknowledgement ended (${ended})`;
}

/** The columns of the question about silences. */
export const silenceColumns = [
  ...['event', 'type', 'matches', 'author', 'text', 'at_utc', 'until_utc', 'held', 'silence', 'recorded_utc'],
];
export const silenceColumnsHidden = ['silence', 'recorded_utc'];

/** Who silenced what and why, and when that ended; null: another event. A silence that ran out was ended by nobody. */
export function silenceCells(event: HeronEvent, id: number): Cell[] | null {
  if (event.type === 'silence') {
    const { matcher, author, text, timeMs, endsMs, silenceId, recordedAtMs } = event;
    const times = [iso(timeMs), iso(endsMs)];
    return [
      id,
      'silenced',
      matcherWords(matcher),
      author,
      text,
      ...times,
      null,
      silenceId,
      iso(recordedAtMs),
    ];
  }
  if (event.type !== 'silence-ended') return null;
  const { by, held, timeMs, silenceId, recordedAtMs } = event;
  const type = by === null ? 'over' : 'ended by hand';
  return [id, type, null, by, null, iso(timeMs), null, held, silenceId, iso(recordedAtMs)];
}

function untilText(until: AcknowledgedUntil): string {
  return until.kind === 'time' ? iso(until.atMs) : until.kind;
}
