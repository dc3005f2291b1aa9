import type { AwayItem, AwayReport } from '../model/desk';
import { mostAwayItems } from '../model/desk';
import type { AlertEvent, HeronEvent, HeronEventType, RecordedEvent } from '../model/event';
import { severityRank } from '../alerts/rules';
import { alertRuleNames, alertSubject } from '../words/alerts';
import { eventWords } from '../words/events';

/**
 * The events that a report is made from. Starts of Heron are left out, because each ends a gap, and so are states of clusters and edges,
 * because those that matter raise alerts.
 */
export const awayEventTypes: readonly HeronEventType[] = [
  'alert',
  'alert-changed',
  'alert-cleared',
  'failover',
  'failback',
  'acknowledged',
  'silence',
  'maintenance',
  'maintenance-planned',
  'maintenance-changed',
  'maintenance-cancelled',
  'note',
  'gap',
  'finding',
];

/**
 * What began, ended and changed between two times, from the events of that time in any order. `isCut`: there are older events that were
 * not read.
 */
export function awayReport(
  recorded: readonly RecordedEvent[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
  isCut = false,
): AwayReport {
  const events = recorded
    .toSorted((a, b) => a.id - b.id)
    .map(({ event }) => event)
    .filter(({ timeMs }) => timeMs >= fromMs && timeMs <= toMs);
  const all = [...alertItems(events), ...events.flatMap(changeItem)].sort(byImportance);
  const count = (kind: AwayItem['kind']): number => all.filter((item) => item.kind === kind).length;
  return {
    fromMs,
    toMs,
    began: count('began'),
    ended: count('ended'),
    changed: count('changed'),
    items: all.slice(0, mostAwayItems),
    notMonitoredMs: coveredMs(events, fromMs, toMs),
    isCut,
  };
}

/** One item for each alert. A failover is an item by its own event, with its bracket. */
function alertItems(events: readonly HeronEvent[]): AwayItem[] {
  const byId = new Map<string, AwayItem>();
  for (const event of events) {
    if (event.type !== 'alert' && event.type !== 'alert-changed' && event.type !== 'alert-cleared') continue;
    if (event.rule === 'failover') continue;
    const item = alertItem(event, byId.get(event.alertId));
    if (item) byId.set(event.alertId, item);
    else byId.delete(event.alertId);
  }
  return [...byId.values()];
}

/** Null: it is part of another alert, which has an item. */
function alertItem(event: AlertEvent, before: AwayItem | undefined): AwayItem | null {
  const { severity, words, detail, clusterId, timeMs } = event;
  const title = `${alertRuleNames[event.rule]}: ${alertSubject(event)}`;
  const worst =
    before?.severity && severityRank(before.severity) < severityRank(severity) ? before.severity : severity;
  const item = {
    severity: worst,
    title,
    words: before?.words ?? `${words} ${detail}`.trim(),
    rowId: clusterId,
  };
  switch (event.type) {
    case 'alert':
      return { ...item, kind: 'began', fromMs: timeMs, toMs: null };
    case 'alert-changed': {
      if (before) return { ...before, severity: worst };
      const phase = event.phase === 'escalated' ? 'Escalated' : 'Changed';
      return event.phase === 'evidence'
        ? null
        : { ...item, title: `${phase}, ${title}`, kind: 'changed', fromMs: timeMs, toMs: null };
    }
    case 'alert-cleared':
      if (event.ended === 'absorbed') return null;
      return { ...item, title, kind: 'ended', fromMs: before?.fromMs ?? event.openedMs, toMs: timeMs };
  }
}

/** What is neither an alert nor a state: moves of LBs, what people did, gaps, maintenance. */
function changeItem(event: HeronEvent): AwayItem[] {
  if (event.type === 'alert' || event.type === 'alert-changed' || event.type === 'alert-cleared') return [];
  if (!awayEventTypes.includes(event.type)) return [];
  const { title, lines } = eventWords(event, 'utc');
  const cutOff = 'gapMs' in event && event.gapMs.atLeast > 0;
  return [
    {
      kind: 'changed',
      severity: event.type === 'failover' ? (cutOff ? 'warning' : 'info') : null,
      title: 'clusterName' in event && event.clusterName !== null ? `${event.clusterName}: ${title}` : title,
      words: event.type === 'failover' || event.type === 'failback' ? (lines.at(-1) ?? '') : (lines[0] ?? ''),
      fromMs: event.type === 'gap' ? event.fromMs : event.timeMs,
      toMs: event.type === 'gap' ? event.toMs : null,
      rowId: 'clusterId' in event ? event.clusterId : null,
    },
  ];
}

/** The length of what gaps of the whole fleet cover of the range, overlaps counted once. */
function coveredMs(events: readonly HeronEvent[], fromMs: number, toMs: number): number {
  let [sum, untilMs] = [0, fromMs];
  const gaps = events
    .flatMap((event) => (event.type === 'gap' && event.clusters === undefined ? [event] : []))
    .sort((a, b) => a.fromMs - b.fromMs);
  for (const gap of gaps) {
    const [begin, end] = [Math.max(gap.fromMs, untilMs), Math.min(gap.toMs, toMs)];
    sum += Math.max(0, end - begin);
    untilMs = Math.max(untilMs, end);
  }
  return sum;
}

const kindRank: Readonly<Record<AwayItem['kind'], number>> = { began: 0, ended: 1, changed: 2 };

/** What lasts before what is over, worse before better, later before earlier. */
function byImportance(a: AwayItem, b: AwayItem): number {
  const rank = ({ severity }: AwayItem): number => (severity === null ? 3 : severityRank(severity));
  return kindRank[a.kind] - kindRank[b.kind] || rank(a) - rank(b) || b.fromMs - a.fromMs;
}
