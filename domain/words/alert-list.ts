import type { Alert } from '../model/alert';
import { cutsUsersOff, type AcknowledgedUntil, type AlertRule } from '../model/alert-rule';
import type { Health } from '../model/health';
import { alertRuleNames } from './alerts';
import { plural } from './amount';
import { inSentence } from './states';

/** A time of today as "22:00", another one with its day. */
export type MomentWords = (ms: number) => string;

/** Where an alert stands: unacknowledged, acknowledged, or held back by a silence or maintenance. */
export type AlertStanding = 'unacknowledged' | 'acknowledged' | 'held';

export function standingOf({ acknowledged, held }: Pick<Alert, 'acknowledged' | 'held'>): AlertStanding {
  if (held) return 'held';
  return acknowledged ? 'acknowledged' : 'unacknowledged';
}

const healthOfRule: Partial<Record<AlertRule, Health>> = {
  blind: 'unknown',
  'cluster-down': 'down',
  'no-active-lb': 'no-active-lb',
  'split-brain': 'split-brain',
  unknown: 'unknown',
  'no-redundancy': 'no-redundancy',
  'edge-down': 'down',
};

/** The state whose mark and colour an alert has; null: it is worth knowing, and nothing is wrong now. */
export function alertHealth({ rule, severity }: Pick<Alert, 'rule' | 'severity'>): Health | null {
  if (severity === 'info') return null;
  if (rule === 'no-active-lb' && severity === 'warning') return 'degraded';
  return healthOfRule[rule] ?? 'degraded';
}

/** What an alert is called: its rule, or that it is over. */
export function alertWord({ rule, state }: Pick<Alert, 'rule' | 'state'>): string {
  return state === 'over' ? 'Over' : alertRuleNames[rule];
}

/** The edge, cluster or Heron itself. */
export function alertName({ name, edgeName }: Pick<Alert, 'name' | 'edgeName'>): string {
  return edgeName ?? name;
}

/** What the alerts of one incident have in common: "No active LB, São Paulo". */
export function incidentTitle(alerts: readonly Pick<Alert, 'rule' | 'name' | 'site' | 'rowId'>[]): string {
  const [worst] = alerts;
  if (!worst) return '';
  const rows = new Set(alerts.map(({ rowId }) => rowId)).size;
  if (worst.rowId === null) return 'Heron itself';
  return `${alertRuleNames[worst.rule]}, ${rows > 1 ? plural(rows, 'cluster') : (worst.site ?? worst.name)}`;
}

/** Until when something holds, as the end of "Acknowledged by ann …". */
export function acknowledgedUntilWords(until: AcknowledgedUntil, momentWords: MomentWords): string {
  switch (until.kind) {
    case 'time':
      return `until ${momentWords(until.atMs)}`;
    case 'recovers':
      return 'until it recovers';
    case 'changes':
      return 'until anything changes';
  }
}

/** Who has an alert, or what holds it back: "Unacknowledged", "Acknowledged by ann until 22:00, or when a new fact appears". */
export function standingWords(
  { acknowledged, held, assignee }: Pick<Alert, 'acknowledged' | 'held' | 'assignee'>,
  momentWords: MomentWords,
): string {
  const assigned = assignee && assignee !== acknowledged?.by ? `, assigned to ${assignee}` : '';
  if (held) return `${heldWords(held, momentWords)}${assigned}`;
  if (!acknowledged) return `Unacknowledged${assigned}`;
  const { by, until, sticky } = acknowledged;
  const orNew = sticky || until.kind === 'changes' ? '' : ', or when a new fact appears';
  return `Acknowledged by ${by} ${acknowledgedUntilWords(until, momentWords)}${orNew}${assigned}`;
}

const holders = {
  silence: 'a silence',
  maintenance: 'maintenance',
  'rolling-update': 'a rolling update',
} as const;

function heldWords({ by, untilMs }: NonNullable<Alert['held']>, momentWords: MomentWords): string {
  return `Held back by ${holders[by]}${untilMs === null ? '' : ` until ${momentWords(untilMs)}`}`;
}

/** The one line above the list, and the alert whose mark it has; null: nothing is unacknowledged. */
export interface AlertVerdict {
  title: string;
  worst: Alert | null;
}

/** How many alerts are unacknowledged, and the consequence of the worst one. `alerts`: worst first. */
export function alertVerdict(alerts: readonly Alert[]): AlertVerdict {
  const standings = alerts.map(standingOf);
  const open = alerts.filter((_, index) => standings[index] === 'unacknowledged');
  const [worst] = open;
  if (!worst) return { title: quietTitle(standings), worst: null };
  const cutOff = open.filter(
    ({ rule, rowId, state, severity }) =>
      state === 'open' && severity === 'critical' && rule !== 'failover' && cutsUsersOff(rule, rowId ?? ''),
  );
  const names = [...new Set(cutOff.map(({ name }) => name))];
  const consequence =
    names.length === 0
      ? `worst: ${inSentence(alertRuleNames[worst.rule])} of ${alertName(worst)}`
      : `users of ${names.length === 1 ? names[0] : plural(names.length, 'cluster')} are cut off`;
  return { title: `${open.length} unacknowledged, ${consequence}`, worst };
}

function quietTitle(standings: readonly AlertStanding[]): string {
  const countOf = (standing: AlertStanding): number => standings.filter((one) => one === standing).length;
  const parts = [
    [countOf('acknowledged'), 'acknowledged'],
    [countOf('held'), 'held back'],
  ] as const;
  const words = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return words.length === 0 ? 'No alerts' : `Nothing unacknowledged: ${words.join(', ')}`;
}

/** "5 of 5 alerts." */
export function alertShownWords(shown: number, all: number): string {
  return all === 0 ? 'No alerts.' : `${shown} of ${plural(all, 'alert')}.`;
}

/** What is listed under or beside the alerts that people were notified of; empty: nothing. */
export function heldAndSuppressedWords(alerts: readonly Pick<Alert, 'suppressed' | 'held'>[]): string {
  const symptoms = alerts.reduce((sum, { suppressed }) => sum + suppressed, 0);
  const held = alerts.filter(({ held: by }) => by !== null).length;
  return [
    ...(symptoms > 0 ? [`${plural(symptoms, 'symptom')} suppressed`] : []),
    ...(held > 0 ? [`${held} held back by silence or maintenance`] : []),
  ].join(', ');
}
