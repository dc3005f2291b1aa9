import type { Alert, AlertNotice } from '../model/alert';
import { maxNoticeAlerts } from '../model/alert';
import type { AlertSeverity } from '../model/alert-rule';
import { deepLinkText } from '../model/deep-link';
import { alertTimes, thresholds } from '../model/thresholds';
import { plural } from '../words/amount';
import { alertRuleNames } from '../words/alerts';
import { ruleRank, severityRank, worstSeverity } from './rules';

/** Alerts that share one notification: those of one row, and those that open within seconds of each other. */
interface Group {
  id: string;
  /** All that belonged to it since something of it was open without a break. */
  alerts: Map<string, Alert>;
  open: Set<string>;
  rows: Set<string>;
  /** Whether clusters were lost as a whole in it. */
  hasLost: boolean;
  lastOpenMs: number;
  lastChangeMs: number;
  lastNoticeMs: number;
  /** The worst severity that was notified since the group was last quiet; null: none yet. */
  notifiedSeverity: AlertSeverity | null;
  notices: number;
  /** A notice is due, and whether it is loud. */
  pending: { kind: AlertNotice['kind']; isLoud: boolean } | null;
}

/** Groups alerts into notifications, and decides when one is due. */
export class NoticeGroups {
  readonly #groups = new Map<string, Group>();
  #number = 0;

  /** The group of an alert that opens now. */
  open(alert: Alert, nowMs: number): string {
    const rowId = alert.rowId ?? '';
    const isLost = alert.rule === 'cluster-down' || alert.rule === 'unknown';
    const group = this.#ofRow(rowId, nowMs) ?? this.#together(isLost, nowMs) ?? this.#begin(nowMs);
    const isApart = nowMs - group.lastOpenMs > alertTimes.togetherMs || group.open.size === 0;
    group.alerts.set(alert.id, alert);
    group.open.add(alert.id);
    group.rows.add(rowId);
    group.hasLost ||= isLost;
    const { notifiedSeverity } = group;
    const isWorse =
      notifiedSeverity === null || severityRank(alert.severity) < severityRank(notifiedSeverity);
    this.#due(group, notifiedSeverity === null ? 'opened' : 'updated', isWorse || isApart, nowMs);
    group.lastOpenMs = nowMs;
    return group.id;
  }

  /** Continues a group of an earlier run, in which this alert was notified. */
  restore(alert: Alert, nowMs: number): void {
    const group = this.#groups.get(alert.groupId) ?? this.#begin(nowMs, alert.groupId);
    group.alerts.set(alert.id, alert);
    group.open.add(alert.id);
    group.rows.add(alert.rowId ?? '');
    group.notifiedSeverity = worstSeverity([group.notifiedSeverity ?? 'info', alert.severity]);
    group.lastOpenMs = Math.min(group.lastOpenMs, alert.openedMs);
    group.notices += 1;
  }

  /** An alert has changed; `isLoud`: people have to be alerted again. */
  changed(alert: Alert, kind: 'updated' | 'escalated', isLoud: boolean, nowMs: number): void {
    const group = this.#groups.get(alert.groupId);
    if (!group?.alerts.has(alert.id)) return;
    group.alerts.set(alert.id, alert);
    this.#due(group, kind, isLoud, nowMs);
  }

  cleared(alert: Alert, nowMs: number): void {
    const group = this.#groups.get(alert.groupId);
    if (!group?.open.delete(alert.id)) return;
    group.alerts.set(alert.id, { ...alert, clearedMs: nowMs });
    // What was never notified needs no notice of its end.
    if (group.open.size === 0 && group.notices === 0) this.#groups.delete(group.id);
    else this.#due(group, group.open.size === 0 ? 'cleared' : 'updated', false, nowMs);
  }

  /** The notices that are due. */
  take(nowMs: number): AlertNotice[] {
    const notices: AlertNotice[] = [];
    for (const group of this.#groups.values()) {
      const { pending } = group;
      if (pending && (isUrgent(pending) || nowMs - group.lastNoticeMs >= alertTimes.updateMs))
        notices.push(noticeOf(group, pending, nowMs));
      if (group.open.size === 0 && !group.pending && nowMs - group.lastChangeMs > alertTimes.sameRowMs)
        this.#groups.delete(group.id);
    }
    return notices;
  }

  /** When a notice is due next without any change; Infinity: none. */
  get dueMs(): number {
    let dueMs = Infinity;
    for (const { pending, lastNoticeMs } of this.#groups.values())
      if (pending) dueMs = Math.min(dueMs, isUrgent(pending) ? 0 : lastNoticeMs + alertTimes.updateMs);
    return dueMs;
  }

  /** The clock was set by so much. */
  clockSet(byMs: number): void {
    for (const group of this.#groups.values()) {
      group.lastOpenMs += byMs;
      group.lastChangeMs += byMs;
      group.lastNoticeMs += byMs;
    }
  }

  #due(group: Group, kind: AlertNotice['kind'], isLoud: boolean, nowMs: number): void {
    const { pending } = group;
    group.lastChangeMs = nowMs;
    // A notice that is still due carries the present state; the end of the group replaces a pending update.
    const isFirst = pending?.kind === 'opened';
    const isKept = pending?.kind === 'escalated' && kind === 'updated';
    group.pending = {
      kind: isFirst ? 'opened' : isKept ? 'escalated' : kind,
      isLoud: kind !== 'cleared' && (isLoud || (pending?.isLoud ?? false)),
    };
  }

  #ofRow(rowId: string, nowMs: number): Group | undefined {
    return this.#last(
      ({ rows, open, lastChangeMs }) =>
        rows.has(rowId) && (open.size > 0 || nowMs - lastChangeMs <= alertTimes.sameRowMs),
    );
  }

  #together(isLost: boolean, nowMs: number): Group | undefined {
    return this.#last(({ open, lastOpenMs, hasLost }) => {
      const withinMs = isLost && hasLost ? thresholds.lostTogetherMs : alertTimes.togetherMs;
      return open.size > 0 && nowMs - lastOpenMs <= withinMs;
    });
  }

  #last(fits: (group: Group) => boolean): Group | undefined {
    return [...this.#groups.values()].findLast(fits);
  }

  #begin(nowMs: number, id = `group-${nowMs}-${(this.#number += 1)}`): Group {
    const times = { lastOpenMs: nowMs, lastChangeMs: nowMs, lastNoticeMs: -Infinity };
    const empty = { alerts: new Map<string, Alert>(), open: new Set<string>(), rows: new Set<string>() };
    const group: Group = {
      id,
      ...empty,
      hasLost: false,
      ...times,
      notifiedSeverity: null,
      notices: 0,
      pending: null,
    };
    this.#groups.set(id, group);
    return group;
  }
}

function isUrgent({ kind, isLoud }: { kind: AlertNotice['kind']; isLoud: boolean }): boolean {
  return isLoud || kind === 'cleared';
}

function noticeOf(
  group: Group,
  pending: { kind: AlertNotice['kind']; isLoud: boolean },
  nowMs: number,
): AlertNotice {
  const all = [...group.alerts.values()];
  const open = all.filter(({ id }) => group.open.has(id));
  const shown = (open.length > 0 ? open : all).toSorted(
    (a, b) => severityRank(a.severity) - severityRank(b.severity) || ruleRank(a.rule) - ruleRank(b.rule),
  );
  const severity = worstSeverity(shown.map((alert) => alert.severity));
  group.pending = null;
  group.lastNoticeMs = nowMs;
  group.notices += 1;
  group.notifiedSeverity =
    open.length === 0 ? null : worstSeverity([severity, group.notifiedSeverity ?? 'info']);
  const [first] = shown;
  if (open.length === 0) group.alerts.clear();
  return {
    id: `${group.id}-${group.notices}`,
    groupId: group.id,
    kind: pending.kind,
    isLoud: pending.isLoud,
    atMs: nowMs,
    severity,
    title: titleOf(shown),
    text: shown
      .slice(0, 3)
      .map(({ words, detail }) => `${words} ${detail}`.trim())
      .join(' '),
    link: first ? linkOf(first, nowMs) : 'heron://wall',
    alerts: shown.slice(0, maxNoticeAlerts),
    alertCount: shown.length,
    clusterCount: new Set(shown.map(({ rowId }) => rowId)).size,
    suppressed: shown.reduce((sum, alert) => sum + alert.suppressed, 0),
  };
}

/** "No active LB: gru-01 (São Paulo)", or how many. */
function titleOf(alerts: readonly Alert[]): string {
  const [first] = alerts;
  if (!first) return 'Heron';
  const rows = new Set(alerts.map(({ rowId }) => rowId)).size;
  if (rows > 1) {
    const alike = new Set(alerts.filter(({ rule }) => rule === first.rule).map(({ rowId }) => rowId)).size;
    const more = rows - alike;
    return `${alertRuleNames[first.rule]}: ${plural(alike, 'cluster')}${more > 0 ? `, and ${more} more with other alerts` : ''}`;
  }
  const site = first.site === null ? '' : ` (${first.site})`;
  const more = alerts.length > 1 ? `, and ${alerts.length - 1} more` : '';
  return `${alertRuleNames[first.rule]}: ${first.edgeName ?? first.name}${site}${more}`;
}

function linkOf({ rowId, sinceMs }: Alert, nowMs: number): string {
  if (rowId === null) return deepLinkText({ to: 'timeline', fromMs: sinceMs - 60_000, toMs: nowMs + 1_000 });
  return deepLinkText({ to: 'cluster', id: rowId, atMs: nowMs });
}
