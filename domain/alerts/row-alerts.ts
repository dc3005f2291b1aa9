import type { Acknowledgement } from '../model/acknowledgement';
import type { Alert, HeldBy, Symptom } from '../model/alert';
import { maxSymptoms } from '../model/alert';
import { cutsUsersOff } from '../model/alert-rule';
import type { HeronEvent } from '../model/event';
import type { ClusterView } from '../model/snapshot';
import { alertTimes } from '../model/thresholds';
import { conditionKey, conditionsOf, isUntold, type Condition } from './conditions';
import { momentaryOf, RecentFailovers } from './momentary';
import { RowEvidence } from './row-evidence';
import { explains, ruleRank, type RuleSettings } from './rules';

/** A condition over time. */
export interface Tracked {
  key: string;
  condition: Condition;
  settings: RuleSettings;
  /** Since when it has been present without a break, and since when it has been gone; null: it is present. */
  presentMs: number;
  absentMs: number | null;
  /** It has lasted as long as its rule requires. */
  isActive: boolean;
  /** Its alert, if it is listed; no notification was sent for one that is held back. */
  alert: Alert | null;
  /** A notification was sent; that stays so when it is silenced later. */
  isNotified: boolean;
  /** What explains it; null: nothing, or it is listed. */
  cause: Tracked | null;
  /** Every symptom that was suppressed under its alert, also one that is over before it. */
  suppressed: Map<string, Symptom>;
}

export type AlertEnd = Extract<HeronEvent, { type: 'alert-cleared' }>['ended'];

/** What a step of a row leads to, in the order in which it happened. */
export type Step =
  | { kind: 'open' | 'changed' | 'held' | 'shown'; tracked: Tracked }
  | { kind: 'cleared'; alert: Alert; wasNotified: boolean; ended: AlertEnd; isOver: boolean }
  | { kind: 'removed'; alertId: string };

/** What a row needs to know besides itself. */
export interface RowSurroundings {
  settingsOf(rule: Condition['rule'], edgeId: string | null): RuleSettings;
  /** Why no notification is sent about this now; null: one is. */
  heldBy(condition: Condition, nowMs: number): HeldBy | null;
  /** What explains it outside the row: that Heron sees nothing. Its symptoms wait while it is not listed itself yet. */
  causeOutside(condition: Condition): Tracked | null;
}

/** How often a row with listed alerts is examined. */
const examineListedMs = 1_000;

/** The alerts of one row of the clusters table, or of Heron itself. */
export class RowAlerts {
  view: ClusterView | null = null;
  readonly evidence = new RowEvidence();
  /** Alerts that are over, cut users off, and are not acknowledged. */
  readonly over = new Map<string, Alert>();
  readonly tracked = new Map<string, Tracked>();
  /** Until when a recognised rolling update explains changes; null: there is none. */
  rollingUntilMs: number | null = null;
  /** What of its faults is acknowledged; null: nothing. */
  acknowledged: Acknowledgement | null = null;
  readonly #failovers = new RecentFailovers();
  /** Conditions of Heron itself, which no view shows. */
  #given: Condition[] = [];
  #momentary: Condition[] = [];
  #steppedMs = 0;

  /** Sets what is the case with Heron itself. */
  give(conditions: Condition[]): void {
    this.#given = conditions;
  }

  add(event: HeronEvent): void {
    this.evidence.add(event);
    if (event.type === 'finding' && event.reason.code === 'rolling-update')
      this.rollingUntilMs = event.recordedAtMs + alertTimes.rollingHoldMs;
    const found = momentaryOf(event, this.#failovers.add(event), this.view);
    if (found) this.#momentary.push(found);
  }

  /** Continues an alert that was notified in an earlier run. */
  restore(alert: Alert, settings: RuleSettings): void {
    const { rule, rowId, name, site, edgeId, edgeName, words, detail, evidence, sinceMs, openedMs } = alert;
    const subject = { rule, rowId, name, site, edgeId, edgeName };
    const condition = { ...subject, words, detail, facts: evidence.facts, sinceMs, faults: [] };
    const key = conditionKey(condition);
    const past = { presentMs: openedMs, absentMs: null, isActive: true, isNotified: true, cause: null };
    const suppressed = new Map<string, Symptom>();
    this.tracked.set(key, { key, condition, settings, ...past, alert, suppressed });
  }

  /** Steps to `nowMs`. */
  step(nowMs: number, around: RowSurroundings): Step[] {
    const steps: Step[] = [];
    this.#steppedMs = nowMs;
    this.#observe(nowMs, around);
    for (const tracked of this.tracked.values()) this.#end(tracked, nowMs, steps);
    const inOrder = this.#inOrder();
    for (const tracked of inOrder) {
      if (
        !tracked.isActive &&
        tracked.absentMs === null &&
        nowMs - tracked.presentMs >= this.#waitMs(tracked)
      )
        tracked.isActive = true;
    }
    for (const tracked of inOrder) if (tracked.isActive) this.#raise(tracked, inOrder, nowMs, around, steps);
    this.#addSymptoms(nowMs, steps);
    this.#endOver(steps);
    return steps;
  }

  /** When something will be due without any new fact, UTC milliseconds; Infinity: nothing will. */
  get dueMs(): number {
    let dueMs = this.rollingUntilMs ?? Infinity;
    // A maintenance window begins and ends without any change of the row.
    if ([...this.tracked.values()].some(({ alert }) => alert !== null))
      dueMs = Math.min(dueMs, this.#steppedMs + examineListedMs);
    for (const tracked of this.tracked.values()) {
      const { isActive, absentMs, presentMs, settings } = tracked;
      if (absentMs !== null) dueMs = Math.min(dueMs, absentMs + settings.clearMs);
      else if (!isActive) dueMs = Math.min(dueMs, presentMs + this.#waitMs(tracked));
    }
    return dueMs;
  }

  /** Everything ends: the row is not monitored any more. */
  endAll(): Step[] {
    const steps: Step[] = [];
    for (const tracked of this.tracked.values()) clear(tracked, 'not-monitored', false, steps);
    this.tracked.clear();
    for (const id of this.over.keys()) steps.push({ kind: 'removed', alertId: id });
    this.over.clear();
    return steps;
  }

  /** The clock was set by so much. */
  clockSet(byMs: number): void {
    this.#steppedMs += byMs;
    if (this.rollingUntilMs !== null) this.rollingUntilMs += byMs;
    for (const tracked of this.tracked.values()) {
      tracked.presentMs += byMs;
      if (tracked.absentMs !== null) tracked.absentMs += byMs;
      const escalation = tracked.alert?.escalation;
      if (tracked.alert && escalation)
        tracked.alert.escalation = { ...escalation, dueMs: escalation.dueMs + byMs };
    }
  }

  #observe(nowMs: number, around: RowSurroundings): void {
    const isBetween = this.view?.reasons.some(({ code }) => code === 'not-read-yet') ?? false;
    const states = this.view && !isBetween ? conditionsOf(this.view) : [];
    const present = new Map<string, Condition>();
    for (const condition of [...states, ...this.#given, ...this.#momentary]) {
      const settings = around.settingsOf(condition.rule, condition.edgeId);
      if (settings.enabled) present.set(conditionKey(condition), condition);
    }
    for (const [key, condition] of present) {
      const settings = withOwn(around.settingsOf(condition.rule, condition.edgeId), condition);
      const known = this.tracked.get(key);
      if (known) {
        Object.assign(known, { condition, settings, absentMs: null });
      } else {
        const tracked = { key, condition, settings, presentMs: nowMs, absentMs: null };
        const none = { isActive: false, alert: null, isNotified: false, cause: null };
        this.tracked.set(key, { ...tracked, ...none, suppressed: new Map() });
      }
    }
    for (const [key, tracked] of this.tracked)
      if (!present.has(key))
        tracked.absentMs = this.#isOpenQuestion(tracked) ? null : (tracked.absentMs ?? nowMs);
    // What happened at one time is not present any more afterwards.
    this.#momentary = [];
  }

  /** Whether it is unknown if the condition is gone. */
  #isOpenQuestion({ condition: { rule, edgeId }, isActive, cause }: Tracked): boolean {
    const { view } = this;
    if (!view || rule === 'failover' || rule === 'configuration') return false;
    if (view.reasons.some(({ code }) => code === 'not-read-yet')) return isActive;
    if (rule === 'unknown' || (!isActive && cause === null)) return false;
    const edge = edgeId === null ? undefined : view.edges.find(({ id }) => id === edgeId);
    const subject = edge ?? view;
    return isUntold(subject) || subject.health === 'maintenance' || view.health === 'maintenance';
  }

  #end(tracked: Tracked, nowMs: number, steps: Step[]): void {
    const { absentMs, isActive, settings, alert } = tracked;
    if (absentMs === null || (isActive && nowMs - absentMs < settings.clearMs)) return;
    this.tracked.delete(tracked.key);
    for (const symptom of this.tracked.values()) {
      if (symptom.cause !== tracked) continue;
      if (isActive) waitAgain(symptom, nowMs);
      else symptom.cause = null;
    }
    if (alert === null) return;
    nameAllSymptoms(tracked);
    const over =
      tracked.isNotified && this.#isOver(alert)
        ? { ...alert, state: 'over' as const, clearedMs: nowMs }
        : null;
    if (over) this.over.set(alert.id, over);
    clear(tracked, 'recovered', over !== null, steps);
  }

  /** Whether it cut users off, by the one account of that, and nobody has acknowledged it. */
  #isOver(alert: Alert): boolean {
    if (this.view === null || !cutsUsersOff(alert.rule, this.view.id)) return false;
    return this.#hasOutage(alert);
  }

  #hasOutage({ evidence, sinceMs }: Alert): boolean {
    // Later evidence may be of a later change.
    const beganMs = Math.min(sinceMs, evidence.bracket?.lastOldMs ?? sinceMs);
    return (this.view?.unacknowledgedOutages ?? []).some(({ toMs }) => toMs >= beganMs - 1_000);
  }

  #raise(
    tracked: Tracked,
    inOrder: readonly Tracked[],
    nowMs: number,
    around: RowSurroundings,
    steps: Step[],
  ): void {
    const cause = this.#causeOf(tracked, inOrder, around);
    if (cause) {
      // An alert that was raised stays until its cause is certain.
      if (tracked.alert && !cause.isActive) return;
      tracked.cause = cause;
      if (tracked.alert) clear(tracked, 'absorbed', false, steps);
      return;
    }
    if (tracked.cause) waitAgain(tracked, nowMs);
    if (!tracked.isActive) {
      if (nowMs - tracked.presentMs < this.#waitMs(tracked) || tracked.absentMs !== null) return;
      tracked.isActive = true;
    }
    const held = around.heldBy(tracked.condition, nowMs);
    const { alert } = tracked;
    if (alert === null) steps.push({ kind: held ? 'held' : 'open', tracked });
    else if (alert.held && !held && !tracked.isNotified) steps.push({ kind: 'open', tracked });
    else if (JSON.stringify(alert.held) !== JSON.stringify(held) || isOther(alert, tracked))
      steps.push({ kind: tracked.isNotified ? 'changed' : 'shown', tracked });
  }

  #causeOf(tracked: Tracked, inOrder: readonly Tracked[], around: RowSurroundings): Tracked | null {
    const outside = around.causeOutside(tracked.condition);
    if (outside) return outside;
    return inOrder.find((other) => isCause(other) && explains(other.condition, tracked.condition)) ?? null;
  }

  #inOrder(): Tracked[] {
    const rankOf = ({ condition }: Tracked): number =>
      ruleRank(condition.rule) * 2 + (condition.edgeId === null ? 0 : 1);
    return [...this.tracked.values()].sort((a, b) => rankOf(a) - rankOf(b));
  }

  #waitMs({ condition, settings }: Tracked): number {
    const isConfirmed =
      condition.rule !== 'no-active-lb' || this.evidence.confirmsNoActiveLb(condition.sinceMs);
    return isConfirmed ? settings.forMs : Math.max(settings.forMs, alertTimes.unconfirmedNoActiveLbMs);
  }

  #addSymptoms(nowMs: number, steps: Step[]): void {
    for (const tracked of this.tracked.values()) {
      if (!tracked.alert) continue;
      if (setSymptoms(tracked, symptomsOf(tracked, this.tracked.values()), nowMs))
        steps.push({ kind: 'shown', tracked });
    }
  }

  #endOver(steps: Step[]): void {
    for (const [id, alert] of this.over) {
      if (this.#hasOutage(alert)) continue;
      this.over.delete(id);
      steps.push({ kind: 'removed', alertId: id });
    }
  }
}

/** What is going may be the rest of a disturbance that is over: it explains no new one. */
function isCause({ isActive, absentMs }: Tracked): boolean {
  return isActive || absentMs === null;
}

/** A symptom whose cause is over must last on its own before it raises an alert. */
function waitAgain(tracked: Tracked, nowMs: number): void {
  tracked.cause = null;
  tracked.isActive = false;
  tracked.presentMs = nowMs;
}

function clear(tracked: Tracked, ended: AlertEnd, isOver: boolean, steps: Step[]): void {
  const { alert, isNotified: wasNotified } = tracked;
  if (!alert) return;
  nameAllSymptoms(tracked);
  tracked.suppressed = new Map();
  tracked.alert = null;
  tracked.isNotified = false;
  steps.push({ kind: 'cleared', alert, wasNotified, ended, isOver });
}

/** Whether severity or words are different from those of the alert. */
function isOther(alert: Alert, { condition, settings }: Tracked): boolean {
  return (
    alert.severity !== settings.severity ||
    alert.words !== condition.words ||
    alert.detail !== condition.detail
  );
}

function withOwn(settings: RuleSettings, { severity, forMs }: Condition): RuleSettings {
  return {
    ...settings,
    ...(severity === undefined ? {} : { severity }),
    ...(forMs === undefined ? {} : { forMs: Math.min(forMs, settings.forMs) }),
  };
}

/** Everything that is explained by this, also through other symptoms. */
export function symptomsOf(cause: Tracked, all: Iterable<Tracked>): Symptom[] {
  const symptoms: Symptom[] = [];
  for (const tracked of all) {
    if (!tracked.isActive || rootOf(tracked) !== cause || tracked === cause) continue;
    const { rule, rowId, name, edgeId, edgeName, words, sinceMs } = tracked.condition;
    const fromMs = Math.round(sinceMs ?? tracked.presentMs);
    symptoms.push({ rule, rowId, name, edgeId, edgeName, words, sinceMs: fromMs });
  }
  return symptoms;
}

function rootOf(tracked: Tracked): Tracked {
  let root = tracked;
  for (let steps = 0; root.cause && steps < 10; steps += 1) root = root.cause;
  return root;
}

/** At its end an alert names all that was suppressed under it. */
function nameAllSymptoms({ alert, suppressed }: Tracked): void {
  if (alert === null || suppressed.size === 0) return;
  const count = Math.max(alert.suppressed, suppressed.size);
  Object.assign(alert, { symptoms: [...suppressed.values()], suppressed: count });
}

/** Sets the symptoms of an alert; whether that changed anything. */
export function setSymptoms(
  { alert, suppressed }: Pick<Tracked, 'alert' | 'suppressed'>,
  symptoms: readonly Symptom[],
  nowMs: number,
): boolean {
  if (!alert) return false;
  for (const symptom of symptoms) {
    const key = `${symptom.rule} ${symptom.edgeId ?? symptom.rowId}`;
    if (suppressed.size < maxSymptoms) suppressed.set(key, symptom);
  }
  const shown = symptoms.slice(0, maxSymptoms);
  const isSame =
    alert.suppressed === symptoms.length &&
    shown.every(({ rule, edgeId, rowId }, index) => {
      const known = alert.symptoms[index];
      return known?.rule === rule && known.edgeId === edgeId && known.rowId === rowId;
    });
  if (isSame) return false;
  Object.assign(alert, { suppressed: symptoms.length, symptoms: shown, changedMs: nowMs });
  return true;
}
