import type { History } from '../../db/client/history';
import type { Inventory } from '../../domain/inventory/inventory';
import { isMaintenanceEvent, MaintenanceState } from '../../domain/maintenance/maintenance-state';
import { rowsOf, type MatchableRow } from '../../domain/maintenance/match';
import {
  isPlanEvent,
  planEventTypes,
  type PlanEvent,
  type PlannedWindow,
} from '../../domain/maintenance/plan';
import type { MaintenanceEvent } from '../../domain/maintenance/recorded';
import { withMaintenance } from '../../domain/maintenance/shown';
import type { ClusterMonitor } from '../../domain/cluster/cluster-monitor';
import type { HeronEvent } from '../../domain/model/event';
import { isProblem } from '../../domain/model/health';
import type { MaintenanceInForce } from '../../domain/model/maintenance';
import type { ClusterView } from '../../domain/model/snapshot';
import { thresholds } from '../../domain/model/thresholds';

/** More than a fleet's windows change in years. */
const maxRead = 10_000;

/** Reads the planned windows, and which were in force, from the history. Rejects with a HistoryError. */
export async function readMaintenance(history: Pick<History, 'events'>): Promise<MaintenanceState> {
  const read = async (types: HeronEvent['type'][]): Promise<HeronEvent[]> => {
    const newestFirst = await history.events({ clusterId: null, types, beforeId: null, limit: maxRead });
    return newestFirst.map(({ event }) => event).reverse();
  };
  const [planned, recorded] = [await read([...planEventTypes]), await read(['maintenance'])];
  return new MaintenanceState(planned.filter(isPlanEvent), recorded.filter(isMaintenanceEvent));
}

/** Which maintenance windows are in force on the monitored rows. */
export class MaintenanceEngine {
  #rows: MatchableRow[];
  /** The rows whose maintenance ended with nothing to do afterwards, until they are well. */
  readonly #unfinished = new Set<string>();
  /** The windows that ended last on each row, and when. */
  readonly #recent = new Map<string, { window: MaintenanceInForce; endedMs: number }[]>();

  /** `emit` records an event that time, or a person's decision, led to. */
  constructor(
    private readonly state: MaintenanceState,
    inventory: Inventory,
    private readonly rowOf: (rowId: string) => ClusterMonitor | undefined,
    private readonly emit: (event: HeronEvent, row: ClusterMonitor | undefined) => void,
  ) {
    this.#rows = rowsOf(inventory);
  }

  get plan(): PlannedWindow[] {
    return this.state.plan;
  }

  /** A row as it is shown: in maintenance where a window is in force on it. */
  shown(row: ClusterMonitor): ClusterView {
    return withMaintenance(row.view(), this.state.inForce(row.id));
  }

  /** See `MaintenanceState.at`. `rowId`: of a cluster, or of a standalone edge. Null also of an unknown row. */
  at(rowId: string, edgeId: string | null, atMs: number): MaintenanceInForce | null {
    const row = this.#rows.find(({ id }) => id === rowId);
    return row ? this.state.at(row, edgeId, atMs) : null;
  }

  /**
   * Whether alerts about a row or an edge are held now, and until when they are; null: they are not. They are for some minutes after the
   * end, too, so that what was worked on can start. A window that lets others alert holds those of edges only; one with nothing to do
   * afterwards holds them until the row is well.
   */
  heldAt(rowId: string, edgeId: string | null, nowMs: number): { untilMs: number | null } | null {
    if (this.#isStillHeld(rowId)) return { untilMs: null };
    const current = this.state.inForce(rowId).map((window) => ({ window, untilMs: window.untilMs }));
    const recent = (this.#recent.get(rowId) ?? []).map(({ window, endedMs }) => ({
      window,
      untilMs: endedMs + thresholds.maintenanceGraceMs,
    }));
    const holding = [...current, ...recent].filter(
      ({ window, untilMs }) => untilMs > nowMs && holds(window, edgeId),
    );
    return holding.length === 0 ? null : { untilMs: Math.max(...holding.map(({ untilMs }) => untilMs)) };
  }

  #isStillHeld(rowId: string): boolean {
    if (!this.#unfinished.has(rowId)) return false;
    const row = this.rowOf(rowId);
    if (row && isProblem(row.view().health)) return true;
    this.#unfinished.delete(rowId);
    return false;
  }

  /** Notes what has begun and ended until now. `by`: who decided something; null: only time has passed. */
  advance(nowMs: number, by: string | null = null): void {
    const observed = (rowId: string): Pick<ClusterView, 'health' | 'reasons'> => {
      const row = this.rowOf(rowId);
      if (!row) return { health: 'unknown', reasons: [] };
      const { health, reasons } = row.view();
      return { health, reasons };
    };
    if (this.state.isSteady(nowMs)) return;
    const before = new Map(this.#rows.map(({ id }) => [id, this.state.inForce(id)]));
    for (const event of this.state.advance({ rows: this.#rows, observed }, Math.round(nowMs), by)) {
      this.#noteEnded(event, before.get(event.clusterId) ?? []);
      this.emit(event, this.rowOf(event.clusterId));
    }
  }

  #noteEnded({ clusterId, windows, timeMs }: MaintenanceEvent, before: readonly MaintenanceInForce[]): void {
    const ended = before.filter(({ windowId }) => !windows.some((window) => window.windowId === windowId));
    if (windows.length === 0 && ended.some(({ afterwards }) => afterwards === 'nothing'))
      this.#unfinished.add(clusterId);
    this.#recent.set(
      clusterId,
      ended.map((window) => ({ window, endedMs: timeMs })),
    );
  }

  /** Applies a recorded decision. */
  decide(event: PlanEvent): void {
    this.state.decide(event);
    const by = event.type === 'maintenance-planned' ? event.window.author : event.by;
    this.advance(Math.max(event.timeMs, event.recordedAtMs), by);
  }

  retarget(inventory: Inventory): void {
    this.#rows = rowsOf(inventory);
    this.state.invalidate();
  }
}

function holds({ edges, ifSomethingElseFails }: MaintenanceInForce, edgeId: string | null): boolean {
  if (edgeId === null) return edges === null && ifSomethingElseFails === 'wait';
  return edges === null || edges.some((edge) => edge.edgeId === edgeId);
}
