import type { HeronEvent } from '../model/event';
import type { IncidentKind } from '../model/incident';

/** The kind of incident that one event makes by itself; null: none. */
export function incidentKindOf(event: HeronEvent): IncidentKind | null {
  switch (event.type) {
    case 'failover':
    case 'failback':
    case 'no-active-lb':
    case 'split-brain':
    case 'flapping':
      return event.type;
    case 'cluster-state':
      return kindOfState(event, 'cluster-down');
    case 'edge-state':
      return kindOfState(event, 'edge-down');
    default:
      return null;
  }
}

function kindOfState(
  { to, reasons }: Extract<HeronEvent, { type: 'cluster-state' | 'edge-state' }>,
  down: IncidentKind,
): IncidentKind | null {
  if (to === 'down') return down;
  // Redundancy is also lost when all edges are up but the other LBs are stopped.
  if (to === 'no-redundancy' && reasons.some(({ code }) => code === 'capacity-lost')) return 'edge-down';
  return to === 'degraded' || to === 'no-redundancy' ? 'degraded' : null;
}
