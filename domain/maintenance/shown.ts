import { faultsOf } from '../cluster/judge/faults';
import type { Health, Reason } from '../model/health';
import type { MaintenanceInForce, ShownMaintenance } from '../model/maintenance';
import type { ClusterView, EdgeView } from '../model/snapshot';
import { maintenanceReason } from '../words/maintenance';

/**
 * A row as it is shown while windows are in force on it. Its state is maintenance; the state by the readings and its reasons follow. A
 * cluster of which only edges are in maintenance is, too, where nothing else is wrong with it and it is not without redundancy.
 */
export function withMaintenance(view: ClusterView, inForce: readonly MaintenanceInForce[]): ClusterView {
  if (inForce.length === 0) return view;
  const edges = view.edges.map((edge) =>
    withEdgeMaintenance(
      edge,
      inForce.filter((one) => concerns(one, edge)),
    ),
  );
  const whole = inForce.filter(({ edges: only }) => only === null);
  if (whole.length > 0) return { ...view, edges, ...inMaintenance(view, whole, upWords(view)) };
  const inWindow = new Set(edges.flatMap(({ id, maintenance }) => (maintenance ? [id] : [])));
  return isExplainedBy(view, inWindow)
    ? { ...view, edges, ...inMaintenance(view, inForce, upWords(view)) }
    : { ...view, edges };
}

/** Whether a cluster is degraded by faults of these edges alone. */
function isExplainedBy(view: ClusterView, edgeIds: ReadonlySet<string>): boolean {
  if (view.health !== 'degraded') return false;
  const faults = faultsOf(view);
  return faults.length > 0 && faults.every(({ edgeId }) => edgeId !== null && edgeIds.has(edgeId));
}

function withEdgeMaintenance(edge: EdgeView, inForce: readonly MaintenanceInForce[]): EdgeView {
  return inForce.length === 0 ? edge : { ...edge, ...inMaintenance(edge, inForce, '') };
}

function concerns({ edges }: MaintenanceInForce, { id }: EdgeView): boolean {
  return edges === null || edges.some(({ edgeId }) => edgeId === id);
}

interface Stated {
  health: Health;
  reasons: Reason[];
  sinceMs: number | null;
}

function inMaintenance(
  { health, reasons, sinceMs }: Stated,
  inForce: readonly MaintenanceInForce[],
  upNow: string,
): Partial<Stated & { maintenance: ShownMaintenance }> {
  const shown = shownMaintenance(inForce, { health, sinceMs });
  // What is deliberately not monitored is no planned work.
  if (!shown || health === 'disabled') return {};
  const reason = maintenanceReason(shown, upNow);
  return { health: 'maintenance', sinceMs: shown.fromMs, reasons: [reason, ...reasons], maintenance: shown };
}

function shownMaintenance(
  inForce: readonly MaintenanceInForce[],
  observed: Pick<Stated, 'health' | 'sinceMs'>,
): ShownMaintenance | null {
  // The one that lasts longest is named.
  const [first, ...others] = inForce.toSorted((a, b) => b.untilMs - a.untilMs);
  if (!first) return null;
  const { windowId, purpose, author, untilMs } = first;
  const fromMs = others.reduce((earliest, one) => Math.min(earliest, one.fromMs), first.fromMs);
  const seen = { observed: observed.health, observedSinceMs: observed.sinceMs };
  return { windowId, purpose, author, fromMs, untilMs, ...seen };
}

function upWords({ kind, edgesUp, edgesTotal }: ClusterView): string {
  if (kind === 'standalone') return '';
  return edgesUp === null ? 'How many edges are up is unknown.' : `${edgesUp} of ${edgesTotal} edges up.`;
}
