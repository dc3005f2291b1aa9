import type { AlertMatcher, AlertRule } from '../model/alert-rule';
import { alertIdOf } from '../model/alert-rule';
import type { Alert, AlertList, AlertNotice, HeldBy, Silence } from '../model/alert';
import type { AcknowledgedEvent, Acknowledgement } from '../model/acknowledgement';
import { acknowledgementAfter } from '../model/acknowledgement';
import type { HeronEvent } from '../model/event';
import type { ClusterView } from '../model/snapshot';
import { alertTimes } from '../model/thresholds';
import { rowOfEvent } from '../past/unacknowledged-outages';
import {
  acknowledgedEvents,
  type AcknowledgeAlerts,
  endedAcknowledgement,
  isNewFact,
} from './acknowledge-alerts';
import { changedEvent, clearedEvent, openedEvent } from './alert-events';
import type { Condition } from './conditions';
import { adjustedEscalation, escalateMsOf, restartedEscalation } from './escalation';
import { withBetterEvidence } from './better-evidence';
import { Blindness } from './blindness';
import { BookChanges, copyOf } from './book-changes';
import { madeAlert } from './make-alert';
import { lowerSubject, matcherTest, matches } from './matcher';
import type { OwnTroubles } from './monitor-conditions';
import { NoticeGroups } from './notice-groups';
import { acknowledgedBy, ownRowId, type RecordedAlerts } from './recorded-alerts';
import { RowAlerts, setSymptoms, symptomsOf, type Step, type Tracked } from './row-alerts';
import { isOfRollingUpdate, severityRank, type RuleSettings } from './rules';
import { Silences, type NewSilence, type SilenceChange } from './silences';
import { sortedAlerts } from './sort-alerts';

export { ownRowId } from './recorded-alerts';

/** What alerts depend on besides what is monitored. */
export interface AlertSurroundings {
  settingsOf(rule: AlertRule, rowId: string | null, edgeId: string | null): RuleSettings;
  /** How long a critical alert may stay unacknowledged before it is escalated, milliseconds; 0: it never is; omitted: the default. */
  generalEscalateMs?: () => number;
  /** The maintenance that a row or edge is in at a time, and when it ends; null: none. */
  maintenanceAt(rowId: string, edgeId: string | null, timeMs: number): { untilMs: number | null } | null;
}

/** What has to be recorded, delivered and shown, in the order in which it happened. */
export interface BookOutcome {
  events: HeronEvent[];
  notices: AlertNotice[];
  changed: Alert[];
  removedIds: string[];
  /** Null: the silences are unchanged. */
  silences: SilenceChange | null;
}

/**
 * All alerts as a fold: views, events, own troubles and time go in; events, notifications and changes of the list come out of `settle`.
 * An alert is identified by its rule and subject: there is never a second one open for the same.
 */
export class AlertBook {
  readonly #rows = new Map<string, RowAlerts>();
  readonly #dirty = new Set<string>();
  readonly #groups = new NoticeGroups();
  readonly #silences = new Silences();
  readonly #changes = new BookChanges();
  readonly #blindness = new Blindness(this.#rows);
  #number = 0;

  constructor(private readonly around: AlertSurroundings) {
    this.#rows.set(ownRowId, new RowAlerts());
  }

  /** Continues with the alerts that were notified in an earlier run. Its rows must have their views before the next `settle`. */
  restore(recorded: RecordedAlerts, nowMs: number): void {
    this.#silences.restore(recorded.silences.values());
    for (const alert of recorded.alerts.values()) {
      const row = this.#row(alert.rowId ?? ownRowId);
      const known = { ...alert };
      this.#changes.show(known);
      if (known.state === 'over') {
        row.over.set(known.id, known);
        continue;
      }
      row.restore(known, this.around.settingsOf(known.rule, known.rowId, known.edgeId));
      this.#groups.restore(known, nowMs);
    }
    for (const [rowId, acknowledged] of recorded.acknowledged) {
      const row = this.#rows.get(rowId);
      if (row) row.acknowledged = acknowledged;
    }
  }

  setView(view: ClusterView): void {
    this.#row(view.id).view = view;
    this.#dirty.add(view.id);
  }

  /** Only these rows are monitored from now on. */
  retain(rowIds: ReadonlySet<string>, nowMs: number): void {
    for (const [id, row] of this.#rows) {
      if (id === ownRowId || rowIds.has(id)) continue;
      this.#apply(row.endAll(), row, nowMs);
      this.#rows.delete(id);
      this.#dirty.delete(id);
    }
  }

  setOwn({ conditions, blindRowIds }: OwnTroubles): void {
    this.#row(ownRowId).give(conditions);
    this.#blindness.set(blindRowIds);
    this.#dirty.add(ownRowId);
  }

  /** Adds an event of the history, also those that `settle` has returned. */
  add(event: HeronEvent): void {
    if (event.type === 'acknowledged') return this.#acknowledged(event);
    const isOwn =
      event.type === 'gap' || (event.type === 'finding' && event.clusterId === null && event.edgeId === null);
    const rowId = isOwn ? ownRowId : rowOfEvent(event);
    const row = rowId === null ? undefined : this.#rows.get(rowId);
    if (!row || rowId === null || event.type.startsWith('alert')) return;
    row.add(event);
    this.#dirty.add(rowId);
  }

  /** Acknowledges alerts, or withdraws that: the events to record. They take effect when they are added. */
  acknowledge(input: AcknowledgeAlerts, nowMs: number): AcknowledgedEvent[] {
    const alerts = this.#all().filter(
      ({ id, acknowledged }) => input.ids.includes(id) && (!input.withdrawn || acknowledged !== null),
    );
    return acknowledgedEvents(alerts, input, (rowId) => this.#rowFacts(rowId), nowMs);
  }

  addSilence(input: NewSilence, nowMs: number): Silence {
    const { silence, event } = this.#silences.add(input, nowMs);
    this.#changes.record(event);
    for (const [rowId, row] of this.#rows) if (isAbout(row, silence.matcher)) this.#dirty.add(rowId);
    return silence;
  }

  /** False: it is not in force. */
  endSilence(id: string, by: string | null, nowMs: number): boolean {
    const event = this.#silences.end(id, by, nowMs);
    if (!event) return false;
    this.#changes.record(event);
    for (const [rowId, row] of this.#rows)
      if (openOf(row).some(({ held }) => held?.by === 'silence' && held.silenceId === id))
        this.#dirty.add(rowId);
    return true;
  }

  /** The listed alerts that a matcher matches. */
  matching(matcher: AlertMatcher): Alert[] {
    return this.#all().filter((alert) => matches(matcher, alert));
  }

  list(nowMs: number): AlertList {
    const alerts = sortedAlerts(this.#all()).map(copyOf);
    return { atMs: nowMs, alerts, silences: this.#silences.list() };
  }

  /** The clock was set by so much: what has lasted for a time has lasted for the same time. */
  clockSet(byMs: number): void {
    for (const row of this.#rows.values()) row.clockSet(byMs);
    this.#groups.clockSet(byMs);
  }

  /** Brings everything up to `nowMs`. */
  settle(nowMs: number): BookOutcome {
    for (const id of this.#silences.over(nowMs)) this.endSilence(id, null, nowMs);
    // What Heron itself does not see is decided first: it explains the rest.
    for (const [id, row] of this.#rows) {
      if (!this.#dirty.has(id) && row.dueMs > nowMs) continue;
      this.#dirty.delete(id);
      if (row.rollingUntilMs !== null && row.rollingUntilMs <= nowMs) row.rollingUntilMs = null;
      this.#apply(row.step(nowMs, this.#surroundingsOf(id, row)), row, nowMs);
      if (id === ownRowId) for (const rowId of this.#blindness.dependentRowIds()) this.#dirty.add(rowId);
    }
    const blind = this.#blindness.withSymptoms(nowMs);
    if (blind) this.#changes.show(blind);
    this.#passTime(nowMs);
    return this.#take(nowMs);
  }

  #take(nowMs: number): BookOutcome {
    return {
      ...this.#changes.take(),
      notices: this.#groups.take(nowMs).map((notice) => ({ ...notice, alerts: notice.alerts.map(copyOf) })),
      silences: this.#silences.takeChange(),
    };
  }

  #apply(steps: readonly Step[], row: RowAlerts, nowMs: number): void {
    for (const step of steps) {
      if (step.kind === 'removed') this.#changes.remove(step.alertId);
      else if (step.kind === 'cleared') this.#clear(step, row, nowMs);
      else if (step.kind === 'open') this.#open(step.tracked, row, nowMs);
      else this.#change(step.tracked, row, nowMs);
    }
  }

  #open(tracked: Tracked, row: RowAlerts, nowMs: number): void {
    if (tracked.alert) this.#changes.remove(tracked.alert.id);
    const alert = this.#made(tracked, row, null, nowMs);
    alert.groupId = this.#groups.open(alert, nowMs);
    tracked.alert = alert;
    tracked.isNotified = true;
    this.#changes.record(openedEvent(alert, nowMs));
    this.#changes.show(alert);
  }

  /** Applies what is different now to a listed alert; one that is held is listed first. */
  #change(tracked: Tracked, row: RowAlerts, nowMs: number): void {
    const { condition, settings } = tracked;
    const held = this.#heldBy(condition, row, nowMs);
    tracked.alert ??= this.#made(tracked, row, held, nowMs);
    const { alert } = tracked;
    const before = alert.severity;
    const { words, detail, site } = condition;
    const { severity } = settings;
    Object.assign(alert, { severity, words, detail, site: row.view?.site ?? site, held });
    alert.evidence = { ...alert.evidence, facts: condition.facts };
    this.#changes.show(alert);
    this.#silences.note(alert);
    if (!tracked.isNotified) return;
    const isWorse = severityRank(severity) < severityRank(before);
    if (before !== severity) {
      alert.changedMs = nowMs;
      alert.escalation = adjustedEscalation(alert.escalation, this.#escalateMs(tracked, alert), nowMs);
      if (held === null) this.#groups.changed(alert, 'updated', isWorse, nowMs);
      this.#changes.record(changedEvent(alert, 'severity', nowMs));
    }
    if (isNewFact(alert, isWorse, nowMs)) this.#endAcknowledgement(alert, 'changed', nowMs);
  }

  #clear(
    { alert, wasNotified, ended, isOver }: Extract<Step, { kind: 'cleared' }>,
    row: RowAlerts,
    nowMs: number,
  ): void {
    if (!wasNotified) return this.#changes.remove(alert.id);
    this.#changes.record(clearedEvent(alert, ended, isOver, nowMs));
    this.#groups.cleared(alert, nowMs);
    const over = row.over.get(alert.id);
    if (!over) return this.#changes.remove(alert.id);
    Object.assign(over, { escalation: null, changedMs: nowMs, held: null });
    this.#changes.show(over);
  }

  #made(tracked: Tracked, row: RowAlerts, held: HeldBy | null, nowMs: number): Alert {
    const id = alertIdOf(tracked.condition.rule, nowMs, (this.#number += 1));
    const generalEscalateMs = this.#generalEscalateMs();
    const alert = madeAlert(id, tracked, row, held, { nowMs, generalEscalateMs });
    const { suppressed } = tracked;
    setSymptoms({ alert, suppressed }, symptomsOf(tracked, row.tracked.values()), nowMs);
    return alert;
  }

  /** Better evidence for what is listed. */
  refreshEvidence(rowId: string, nowMs: number): void {
    const row = this.#rows.get(rowId);
    if (!row) return;
    for (const alert of withBetterEvidence(row, nowMs)) {
      this.#changes.show(alert);
      this.#changes.record(changedEvent(alert, 'evidence', nowMs));
      this.#groups.changed(alert, 'updated', false, nowMs);
    }
  }

  #acknowledged(event: AcknowledgedEvent): void {
    const row = this.#rows.get(event.clusterId);
    if (!row) return;
    row.acknowledged = acknowledgementAfter(row.acknowledged, event);
    this.#dirty.add(event.clusterId);
    for (const alert of [...row.over.values(), ...openOf(row)]) {
      const acknowledged = acknowledgedBy(event, alert);
      if (acknowledged === undefined) continue;
      if (acknowledged && alert.state === 'over') {
        row.over.delete(alert.id);
        this.#changes.remove(alert.id);
        continue;
      }
      alert.acknowledged = acknowledged;
      if (acknowledged) alert.assignee = event.alerts?.assignee ?? alert.assignee;
      else alert.escalation = restartedEscalation(alert.escalation, event.recordedAtMs);
      this.#changes.show(alert);
      const isBack = event.ended === 'expired' || event.ended === 'changed' || event.ended === 'worse';
      if (alert.state === 'open') this.#groups.changed(alert, 'updated', isBack, event.recordedAtMs);
    }
  }

  #passTime(nowMs: number): void {
    for (const row of this.#rows.values()) {
      for (const tracked of row.tracked.values()) {
        const { alert } = tracked;
        if (!alert) continue;
        if (tracked.isNotified) this.#adjustEscalation(tracked, alert, nowMs);
        const { acknowledged, escalation, held } = alert;
        const until = acknowledged?.until;
        if (until?.kind === 'time' && until.atMs <= nowMs) this.#endAcknowledgement(alert, 'expired', nowMs);
        const isDue = escalation !== null && escalation.escalatedMs === null && escalation.dueMs <= nowMs;
        if (!isDue || acknowledged || held) continue;
        alert.escalation = { ...escalation, escalatedMs: nowMs };
        this.#changes.show(alert);
        this.#changes.record(changedEvent(alert, 'escalated', nowMs));
        this.#groups.changed(alert, 'escalated', true, nowMs);
      }
    }
  }

  /** The settings may have changed since the alert opened. */
  #adjustEscalation(tracked: Tracked, alert: Alert, nowMs: number): void {
    const escalation = adjustedEscalation(alert.escalation, this.#escalateMs(tracked, alert), nowMs);
    if (escalation === alert.escalation) return;
    alert.escalation = escalation;
    this.#changes.show(alert);
  }

  #escalateMs({ settings: { escalateMs } }: Tracked, { severity }: Alert): number {
    return escalateMsOf({ severity, escalateMs }, this.#generalEscalateMs());
  }

  #generalEscalateMs(): number {
    return this.around.generalEscalateMs?.() ?? alertTimes.escalateMs;
  }

  #endAcknowledgement(alert: Alert, ended: 'expired' | 'changed', nowMs: number): void {
    const event = endedAcknowledgement(alert, ended, this.#rowFacts(alert.rowId ?? ownRowId), nowMs);
    if (!event) return;
    this.#changes.record(event);
    this.#acknowledged(event);
  }

  #surroundingsOf(id: string, row: RowAlerts) {
    const rowId = id === ownRowId ? null : id;
    return {
      settingsOf: (rule: AlertRule, edgeId: string | null) => this.around.settingsOf(rule, rowId, edgeId),
      heldBy: (condition: Condition, nowMs: number) => this.#heldBy(condition, row, nowMs),
      causeOutside: (condition: Condition) => this.#blindness.causeOf(condition),
    };
  }

  #heldBy(condition: Condition, row: RowAlerts, nowMs: number): HeldBy | null {
    const { rule, rowId, edgeId } = condition;
    if (rowId !== null) {
      const maintenance = this.around.maintenanceAt(rowId, edgeId, nowMs);
      if (maintenance) return { by: 'maintenance', untilMs: maintenance.untilMs };
      if (row.rollingUntilMs !== null && isOfRollingUpdate(condition))
        return { by: 'rolling-update', untilMs: row.rollingUntilMs };
    }
    const subject = { ...condition, site: row.view?.site ?? condition.site, rule };
    return this.#silences.heldBy(subject);
  }

  #rowFacts(rowId: string): {
    name: string;
    health: ClusterView['health'];
    acknowledged: Acknowledgement | null;
  } & {
    faultsOf(alertId: string): Condition['faults'];
  } {
    const row = this.#rows.get(rowId);
    return {
      name: row?.view?.name ?? 'Heron',
      health: row?.view?.health ?? 'unknown',
      acknowledged: row?.acknowledged ?? null,
      faultsOf: (alertId) =>
        [...(row?.tracked.values() ?? [])].find(({ alert }) => alert?.id === alertId)?.condition.faults ?? [],
    };
  }

  /** Names the incident that the alerts of a row belong to, once its first event is recorded. */
  setIncident(rowId: string, incident: { id: number; sinceMs: number }): void {
    const row = this.#rows.get(rowId);
    if (!row) return;
    for (const alert of [...openOf(row), ...row.over.values()]) {
      if (alert.incident !== null) continue;
      alert.incident = incident;
      this.#changes.show(alert);
    }
  }

  #row(id: string): RowAlerts {
    const known = this.#rows.get(id);
    if (known) return known;
    const row = new RowAlerts();
    this.#rows.set(id, row);
    return row;
  }

  #all(): Alert[] {
    return [...this.#rows.values()].flatMap((row) => [...openOf(row), ...row.over.values()]);
  }
}

/** Whether something of a row is matched. */
function isAbout(row: RowAlerts, matcher: AlertMatcher): boolean {
  const test = matcherTest(matcher);
  return [...row.tracked.values()].some(({ condition }) =>
    test(lowerSubject({ ...condition, site: row.view?.site ?? condition.site })),
  );
}

function openOf(row: RowAlerts): Alert[] {
  return [...row.tracked.values()].flatMap(({ alert }) => alert ?? []);
}
