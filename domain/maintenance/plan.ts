import type { HeronEvent, RecordedEvent } from '../model/event';
import type { TimeRange } from '../model/history';
import type { MaintenanceInForce, MaintenanceWindow } from '../model/maintenance';
import { matchRows, type MatchableRow } from './match';
import { occurrences, type Occurrence } from './occurrences';

/** The types of events that planned windows are a fold over. */
export const planEventTypes = [
  'maintenance-planned',
  'maintenance-changed',
  'maintenance-cancelled',
] as const satisfies readonly HeronEvent['type'][];
export type PlanEvent = Extract<HeronEvent, { type: (typeof planEventTypes)[number] }>;

/** A window that is planned, and since when it is as it is. */
export interface PlannedWindow {
  window: MaintenanceWindow;
  /** When it was planned or last changed. It has no effect on the time before: nothing is made maintenance afterwards. */
  changedMs: number;
  /** Occurrences that began before this are over: a person ended one. Null: none was. */
  endedMs: number | null;
}

export function isPlanEvent(event: HeronEvent): event is PlanEvent {
  return (planEventTypes as readonly string[]).includes(event.type);
}

/** The windows that are planned after these events, in the order they were recorded. */
export function planOf(events: Iterable<PlanEvent>): Map<string, PlannedWindow> {
  const plan = new Map<string, PlannedWindow>();
  for (const event of events) applyPlanEvent(plan, event);
  return plan;
}

/** The windows that were planned at a time, from recorded events in any order. */
export function planAt(recorded: readonly RecordedEvent[], atMs: number): PlannedWindow[] {
  const events = recorded
    .toSorted((a, b) => a.id - b.id)
    .flatMap(({ event }) => (isPlanEvent(event) && event.recordedAtMs <= atMs ? [event] : []));
  return [...planOf(events).values()];
}

export function applyPlanEvent(plan: Map<string, PlannedWindow>, event: PlanEvent): void {
  if (event.type === 'maintenance-cancelled') {
    plan.delete(event.windowId);
    return;
  }
  const { window, recordedAtMs: changedMs } = event;
  const before = plan.get(window.windowId)?.endedMs ?? null;
  const isEnd = event.type === 'maintenance-changed' && event.endsNow;
  plan.set(window.windowId, { window, changedMs, endedMs: isEnd ? changedMs : before });
}

/** The occurrences of a planned window that take effect in a range. */
export function effectiveOccurrences(
  { window, changedMs, endedMs }: PlannedWindow,
  range: TimeRange,
): Occurrence[] {
  const fromMs = Math.max(range.fromMs, changedMs);
  return occurrences(window, { fromMs, toMs: range.toMs }).filter(
    (one) => endedMs === null || one.fromMs >= endedMs,
  );
}

/** The windows in force on each row at a time, by row id: the order of the plan. Rows without any are missing. */
export function inForceAt(
  plan: Iterable<PlannedWindow>,
  rows: readonly MatchableRow[],
  atMs: number,
): Map<string, MaintenanceInForce[]> {
  const found = new Map<string, MaintenanceInForce[]>();
  for (const planned of plan) {
    const [occurrence] = effectiveOccurrences(planned, { fromMs: atMs, toMs: atMs + 1 });
    if (!occurrence) continue;
    for (const { row, edges } of matchRows(planned.window.matcher, rows)) {
      const named = edges?.map(({ id, name }) => ({ edgeId: id, edgeName: name })) ?? null;
      const known = found.get(row.id) ?? [];
      found.set(row.id, [...known, inForceOf(planned, occurrence, named)]);
    }
  }
  return found;
}

/** The next time after `afterMs` at which an occurrence of the plan begins or ends; null: none within the next days. */
export function nextChangeMs(plan: Iterable<PlannedWindow>, afterMs: number, untilMs: number): number | null {
  let next: number | null = null;
  for (const planned of plan) {
    for (const { fromMs, toMs } of effectiveOccurrences(planned, { fromMs: afterMs, toMs: untilMs })) {
      for (const atMs of [Math.max(fromMs, planned.changedMs), toMs])
        if (atMs > afterMs && atMs <= untilMs && (next === null || atMs < next)) next = atMs;
    }
  }
  return next;
}

function inForceOf(
  { window, changedMs }: PlannedWindow,
  { fromMs, toMs }: Occurrence,
  edges: MaintenanceInForce['edges'],
): MaintenanceInForce {
  const { windowId, purpose, author, ifSomethingElseFails, afterwards } = window;
  const base = { windowId, purpose, author, fromMs: Math.max(fromMs, changedMs), untilMs: toMs, edges };
  return { ...base, ifSomethingElseFails, afterwards };
}
