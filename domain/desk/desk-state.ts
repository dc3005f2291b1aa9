import type { Alert, AlertNotice } from '../model/alert';
import type { Health } from '../model/health';
import { healthRank } from '../model/health';
import type { Snapshot } from '../model/snapshot';
import { plural } from '../words/amount';
import { stateWords } from '../words/states';
import { needsPerson } from './sounding';

/** What the tray icon and the task bar show. */
export interface DeskState {
  /** The worst state of any cluster; `unknown` where Heron itself does not see, null where nothing is monitored. */
  worst: Health | null;
  /** Unacknowledged alerts. */
  count: number;
  /** At most 120 characters, which is what Windows shows. */
  tooltip: string;
}

const longestTooltip = 120;

/** Sums up what is monitored. `snapshot` null: nothing is. */
export function deskState(snapshot: Snapshot | null, alerts: readonly Alert[]): DeskState {
  if (snapshot === null) return { worst: null, count: 0, tooltip: 'Heron: nothing is monitored' };
  const count = alerts.filter(needsPerson).length;
  const isBlind = snapshot.monitor.state === 'blind' || snapshot.monitor.state === 'stalled';
  const rows = snapshot.clusters.filter(({ health }) => health !== 'disabled' && health !== 'not-applicable');
  const [first] = rows.toSorted((a, b) => healthRank(a.health) - healthRank(b.health));
  const worst = isBlind || first === undefined ? 'unknown' : first.health;
  const unacknowledged = count === 0 ? '' : `, ${plural(count, 'unacknowledged alert')}`;
  return {
    worst,
    count,
    tooltip: `Heron: ${stateLine(snapshot, worst)}${unacknowledged}`.slice(0, longestTooltip),
  };
}

function stateLine({ clusters, monitor }: Snapshot, worst: Health): string {
  if (monitor.state === 'stalled') return 'polling has stalled';
  if (monitor.state === 'blind') return 'no edge can be seen';
  if (clusters.length === 0) return 'nothing is monitored';
  const alike = clusters.filter(({ health }) => health === worst);
  if (worst === 'up') return `${alike.length} of ${clusters.length} up`;
  const state = stateWords[worst].word;
  return alike.length === 1 ? `${state}, ${alike[0]?.name}` : `${state}, ${plural(alike.length, 'cluster')}`;
}

/** What quitting stops, one line each. `channels`: how many deliver alerts elsewhere. */
export function quitStops(
  snapshot: Pick<Snapshot, 'clusters'> | null,
  { isDemo, channels, notifies }: { isDemo: boolean; channels: number; notifies: boolean },
): string[] {
  if (snapshot === null) return [];
  const edges = snapshot.clusters.reduce((sum, { edgesTotal }) => sum + edgesTotal, 0);
  const rows = snapshot.clusters.filter(({ kind }) => kind === 'cluster').length;
  return [
    `Polling of ${plural(rows, 'cluster')} with ${plural(edges, 'edge')}`,
    ...(notifies ? ['Notifications and sounds on this computer'] : []),
    ...(channels > 0 ? [`Delivery of alerts to ${plural(channels, 'channel')}`] : []),
    ...(isDemo ? ['The demo fleet'] : []),
  ];
}

const longestTitle = 200;
const longestBody = 600;

/** A notice as the system's notification shows it. */
export interface DeskNotification {
  title: string;
  body: string;
  urgency: 'critical' | 'normal' | 'low';
}

/** Names come from inventories of others, and notification servers on Linux interpret markup: it is replaced by look-alikes. */
export function deskNotification(
  notice: Pick<AlertNotice, 'title' | 'text' | 'severity' | 'suppressed'>,
): DeskNotification {
  const suppressed = notice.suppressed > 0 ? ` ${plural(notice.suppressed, 'symptom')} suppressed.` : '';
  return {
    title: plainText(notice.title, longestTitle),
    body: plainText(`${notice.text}${suppressed}`, longestBody),
    urgency: notice.severity === 'critical' ? 'critical' : notice.severity === 'warning' ? 'normal' : 'low',
  };
}

function plainText(text: string, longest: number): string {
  const lookAlikes: Record<string, string> = { '<': '‹', '>': '›', '&': '＆' };
  const plain = text.replace(/[<>&]/g, (sign) => lookAlikes[sign] ?? sign).replace(/\p{C}+/gu, ' ');
  return plain.length > longest ? `${plain.slice(0, longest - 1)}…` : plain;
}
