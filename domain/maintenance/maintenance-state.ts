import type { HeronEvent } from '../model/event';
import type { Health, Reason } from '../model/health';
import type { MaintenanceInForce } from '../model/maintenance';
import type { MatchableRow } from './match';
import { applyPlanEvent, inForceAt, nextChangeMs, planOf, type PlanEvent, type PlannedWindow } from './plan';
import { timesOf, type MaintenanceEvent } from './recorded';

/** How far ahead the next change is searched: after that it is searched again. */
const lookAheadMs = 86_400_000;
/** The observed state belongs to changes that are noted at most this late. */
const presentMs = 5_000;
/** More changes than this while Heron was not running are not recorded one by one. */
const mostSteps = 2_000;

/** What recording a change needs to know of the rows. */
export interface RowsNow {
  rows: readonly MatchableRow[];
  observed(rowId: string): { health: Health; reasons: Reason[] };
}

interface OnRow {
  name: string;
  windows: MaintenanceInForce[];
}

/**
 * The planned windows, and which are in force on which row. Time passes by `advance`, which returns the events of what began and
 * ended, also of what did while Heron was not running.
 */
export class MaintenanceState {
  readonly #plan: Map<string, PlannedWindow>;
  readonly #inForce = new Map<string, OnRow>();
  #advancedMs: number | null = null;
  /** Nothing changes before this by time alone. */
  #nextMs = -Infinity;

  /** `planned` and `recorded`: the events of earlier runs, in the order they were recorded. */
  constructor(planned: readonly PlanEvent[] = [], recorded: readonly MaintenanceEvent[] = []) {
    this.#plan = planOf(planned);
    for (const { clusterId, clusterName, windows } of recorded) {
      if (windows.length > 0) this.#inForce.set(clusterId, { name: clusterName, windows });
      else this.#inForce.delete(clusterId);
    }
    for (const { recordedAtMs } of [...planned, ...recorded])
      this.#advancedMs = Math.max(this.#advancedMs ?? recordedAtMs, recordedAtMs);
  }

  get plan(): PlannedWindow[] {
    return [...this.#plan.values()];
  }

  /** What is in force on a row now. */
  inForce(rowId: string): readonly MaintenanceInForce[] {
    return this.#inForce.get(rowId)?.windows ?? none;
  }

  /** The window that is in force on a row, or on one of its edges, at a time that is not past; of several the one that ends last. */
  at(row: MatchableRow, edgeId: string | null, atMs: number): MaintenanceInForce | null {
    const windows = inForceAt(this.#plan.values(), [row], atMs).get(row.id) ?? [];
    const times = windows.map((inForce) => ({ fromMs: inForce.fromMs, toMs: inForce.untilMs, inForce }));
    const [last] = timesOf(times, edgeId).sort((a, b) => b.toMs - a.toMs);
    return last?.inForce ?? null;
  }

  /** Applies what a person decided. It takes effect with the next `advance`. */
  decide(event: PlanEvent): void {
    applyPlanEvent(this.#plan, event);
    this.invalidate();
  }

  /** The plan or the inventory has changed. */
  invalidate(): void {
    this.#nextMs = -Infinity;
  }

  /** The events of what began, changed and ended until now. `by`: who decided something; null: only time has passed. */
  advance(now: RowsNow, nowMs: number, by: string | null = null): MaintenanceEvent[] {
    if (this.isSteady(nowMs)) return [];
    const events: MaintenanceEvent[] = [];
    let atMs = Math.min(this.#advancedMs ?? nowMs, nowMs);
    for (let steps = 0; steps < mostSteps; steps += 1) {
      const next = nextChangeMs(this.#plan.values(), atMs, nowMs);
      // An end that a person decided is not one of the times that passed.
      if (next === null || next >= nowMs) break;
      events.push(...this.#step(now, next, nowMs, null));
      atMs = next;
    }
    events.push(...this.#step(now, nowMs, nowMs, by));
    this.#advancedMs = nowMs;
    this.#nextMs = nextChangeMs(this.#plan.values(), nowMs, nowMs + lookAheadMs) ?? nowMs + lookAheadMs;
    return events;
  }

  /** Whether nothing changes until `nowMs`. A clock that was set back needs another look. */
  isSteady(nowMs: number): boolean {
    return nowMs < this.#nextMs && nowMs >= (this.#advancedMs ?? Infinity);
  }

  #step(now: RowsNow, atMs: number, nowMs: number, by: string | null): MaintenanceEvent[] {
    const next = inForceAt(this.#plan.values(), now.rows, atMs);
    const names = new Map(now.rows.map(({ id, name }) => [id, name]));
    const events: MaintenanceEvent[] = [];
    for (const rowId of new Set([...this.#inForce.keys(), ...next.keys()])) {
      const before = this.#inForce.get(rowId);
      const windows = (next.get(rowId) ?? []).map((one) => continued(one, before?.windows ?? []));
      if (JSON.stringify(windows) === JSON.stringify(before?.windows ?? [])) continue;
      const name = names.get(rowId) ?? before?.name ?? rowId;
      if (windows.length === 0) this.#inForce.delete(rowId);
      else this.#inForce.set(rowId, { name, windows });
      const isPresent = nowMs - atMs <= presentMs && names.has(rowId);
      const observed = isPresent ? now.observed(rowId) : null;
      const phase = !before ? 'began' : windows.length === 0 ? 'ended' : 'changed';
      const times = { timeMs: atMs, recordedAtMs: nowMs };
      events.push({
        type: 'maintenance',
        ...times,
        clusterId: rowId,
        clusterName: name,
        phase,
        windows,
        by,
        observed,
      });
    }
    return events;
  }
}

const none: readonly MaintenanceInForce[] = [];

/** A window that goes on began when it did. */
function continued(window: MaintenanceInForce, before: readonly MaintenanceInForce[]): MaintenanceInForce {
  const known = before.find(({ windowId }) => windowId === window.windowId);
  return known ? { ...window, fromMs: Math.min(known.fromMs, window.fromMs) } : window;
}

export function isMaintenanceEvent(event: HeronEvent): event is MaintenanceEvent {
  return event.type === 'maintenance';
}
