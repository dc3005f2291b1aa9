import { zoneOffsetMs } from '../../calendar/zone';
import type { Alert, AlertNotice } from '../../model/alert';
import { matches } from '../matcher';
import { severityRank } from '../rules';
import type { NoticeChannel } from './channel-settings';

const minuteMs = 60_000;
const minutesOfDay = 24 * 60;

/** The part of a notice that a channel delivers; null: nothing of it. */
export function wantedNotice(
  notice: AlertNotice,
  { minSeverity, only, onlyEscalated }: NoticeChannel,
): AlertNotice | null {
  if (severityRank(notice.severity) > severityRank(minSeverity)) return null;
  if (only === undefined && !onlyEscalated) return notice;
  const alerts = notice.alerts.filter((alert) => isWanted(alert, { only, onlyEscalated }));
  return alerts.length > 0 ? { ...notice, alerts } : null;
}

/** The alerts that a channel delivers, each judged by its own severity. */
export function wantedAlerts(alerts: readonly Alert[], channel: NoticeChannel): Alert[] {
  return alerts.filter(
    (alert) => severityRank(alert.severity) <= severityRank(channel.minSeverity) && isWanted(alert, channel),
  );
}

/** What was escalated stays wanted until its end, so that a second channel learns of that, too. */
function isWanted(
  alert: Alert,
  { only, onlyEscalated }: Pick<NoticeChannel, 'only' | 'onlyEscalated'>,
): boolean {
  if (onlyEscalated && (alert.escalation?.escalatedMs ?? null) === null) return false;
  return only === undefined || only.some((matcher) => matches(matcher, alert));
}

/** How long a notice waits for the end of a channel's quiet hours, milliseconds; 0: it does not. */
export function quietWaitMs(
  { severity }: Pick<AlertNotice, 'severity'>,
  { quietHours }: Pick<NoticeChannel, 'quietHours'>,
  nowMs: number,
): number {
  if (quietHours === undefined || severity === 'critical') return 0;
  const localMs = nowMs + zoneOffsetMs(quietHours.zone, nowMs);
  const minute = Math.floor(localMs / minuteMs) % minutesOfDay;
  const [from, to] = [minuteOf(quietHours.from), minuteOf(quietHours.to)];
  const isQuiet = from <= to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!isQuiet) return 0;
  return ((to - minute + minutesOfDay) % minutesOfDay) * minuteMs - (localMs % minuteMs);
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
