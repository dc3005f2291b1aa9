import type { Alert, AlertNotice } from '../../model/alert';
import { alertRuleNames } from '../../words/alerts';

/** An alert as Alertmanager's v2 API takes it (its OpenAPI description, postableAlert). */
export interface PostableAlert {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  startsAt: string;
  endsAt?: string;
  generatorURL: string;
}

/**
 * The alerts of a notice for Alertmanager. Labels are what does not change while the alert lasts and what every desk has in common, since they
 * are its identity there; what ended carries its end.
 */
export function postableAlerts(notice: AlertNotice): PostableAlert[] {
  return notice.alerts.map((alert) => {
    const endedMs = alert.clearedMs ?? (notice.kind === 'cleared' ? notice.atMs : null);
    return {
      labels: labelsOf(alert),
      annotations: annotationsOf(alert),
      startsAt: iso(alert.sinceMs),
      ...(endedMs === null ? {} : { endsAt: iso(Math.max(endedMs, alert.sinceMs)) }),
      generatorURL: notice.link,
    };
  });
}

/** The message that Alertmanager would send to a webhook of its own (version 4 of its template data). */
export function alertmanagerMessage(notice: AlertNotice): Record<string, unknown> {
  const alerts = postableAlerts(notice).map((alert) => ({
    status: alert.endsAt === undefined ? 'firing' : 'resolved',
    ...alert,
    endsAt: alert.endsAt ?? '0001-01-01T00:00:00Z',
    fingerprint: `${alert.labels['alertname']}/${alert.labels['cluster']}/${alert.labels['edge'] ?? ''}`,
  }));
  return {
    version: '4',
    groupKey: notice.groupId,
    truncatedAlerts: notice.alertCount - notice.alerts.length,
    status: alerts.some(({ status }) => status === 'firing') ? 'firing' : 'resolved',
    receiver: 'heron',
    groupLabels: {},
    commonLabels: common(alerts.map(({ labels }) => labels)),
    commonAnnotations: common(alerts.map(({ annotations }) => annotations)),
    externalURL: notice.link,
    alerts,
  };
}

/** The text of a notice for people: its title, then what is known, then the link. Plain text, a line each. */
export function noticeLines(notice: AlertNotice): string[] {
  const more = notice.alertCount - notice.alerts.length;
  return [
    notice.text,
    ...notice.alerts.flatMap((alert) => alertLines(alert)),
    ...(more > 0 ? [`… and ${more} more alerts.`] : []),
    ...(notice.suppressed > 0 ? [`Symptoms suppressed: ${notice.suppressed}.`] : []),
    notice.link,
  ].filter((line) => line !== '');
}

/** A message as Slack and compatible services take it; their marks are escaped, so that a name cannot address people or hide a link. */
export function slackMessage(notice: AlertNotice): { text: string } {
  const [first, ...rest] = [subjectOf(notice), ...noticeLines(notice)].map(escapedForSlack);
  return { text: [`*${first ?? ''}*`, ...rest].join('\n') };
}

/** The subject of a mail on one line, without control characters: a name with a line break could add headers. */
export function subjectOf({ kind, severity, title }: AlertNotice): string {
  const word =
    kind === 'cleared' ? 'Over' : kind === 'escalated' ? 'Not acknowledged' : severityWords[severity];
  return oneLine(`[Heron] ${word}: ${title}`).slice(0, 200);
}

const severityWords = { critical: 'Critical', warning: 'Warning', info: 'Information' } as const;

function alertLines(alert: Alert): string[] {
  const { bracket, gapMs, cause, detectionMs, sources } = alert.evidence;
  return [
    `${alertRuleNames[alert.rule]}, ${alert.name}${alert.edgeName === null ? '' : `, ${alert.edgeName}`}: ${alert.words} ${alert.detail}`.trim(),
    ...(bracket ? [`  between ${iso(bracket.lastOldMs)} and ${iso(bracket.firstNewMs)}`] : []),
    ...(gapMs ? [`  without an active LB for ${seconds(gapMs)}`] : []),
    ...(cause && cause.kind !== 'unknown' ? [`  cause: ${cause.kind} (${cause.evidence.join(' ')})`] : []),
    ...(sources ? [`  ${sources.agree} of ${sources.of} sources agree`] : []),
    ...(detectionMs ? [`  detected ${seconds(detectionMs)} after it began`] : []),
  ].map(oneLine);
}

function labelsOf(alert: Alert): Record<string, string> {
  return {
    alertname: alertRuleNames[alert.rule],
    rule: alert.rule,
    severity: alert.severity,
    cluster: alert.name,
    ...(alert.site === null ? {} : { site: alert.site }),
    ...(alert.edgeName === null ? {} : { edge: alert.edgeName }),
  };
}

function annotationsOf(alert: Alert): Record<string, string> {
  const { bracket, gapMs, cause, detectionMs, witnesses } = alert.evidence;
  return {
    summary: alert.words,
    heron_id: alert.id,
    ...(alert.detail === '' ? {} : { description: alert.detail }),
    ...(bracket ? { bracket: `${iso(bracket.lastOldMs)}/${iso(bracket.firstNewMs)}` } : {}),
    ...(gapMs ? { without_active_lb_seconds: seconds(gapMs) } : {}),
    ...(cause ? { cause: cause.kind } : {}),
    ...(witnesses.length > 0
      ? { witnesses: witnesses.map(({ witness, role }) => `${witness}: ${role}`).join(', ') }
      : {}),
    ...(detectionMs ? { detection_seconds: seconds(detectionMs) } : {}),
    ...(alert.suppressed > 0 ? { suppressed_symptoms: String(alert.suppressed) } : {}),
  };
}

/** What all have in common. */
function common(records: readonly Record<string, string>[]): Record<string, string> {
  const [first = {}, ...rest] = records;
  return Object.fromEntries(
    Object.entries(first).filter(([key, value]) => rest.every((record) => record[key] === value)),
  );
}

/** Bounds in seconds, rounded outwards. */
function seconds({ atLeast, atMost }: { atLeast: number; atMost: number }): string {
  return `${Math.floor(atLeast / 100) / 10} to ${Math.ceil(atMost / 100) / 10} s`;
}

function iso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

/** https://docs.slack.dev/messaging/formatting-message-text: only these three characters are escaped. */
function escapedForSlack(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
