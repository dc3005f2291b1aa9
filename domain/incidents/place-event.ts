import type { HeronEvent } from '../model/event';
import { isProblem, type Health, type Reason } from '../model/health';

/**
 * How an event relates to incidents. `weight`: `trouble` makes an incident; `sign` begins one that counts only if trouble follows;
 * `part` and `recovery` belong to one that is open.
 */
export interface EventPlace {
  /** Id of the cluster or standalone edge that it is about. */
  subject: string;
  weight: 'trouble' | 'sign' | 'part' | 'recovery';
  /** What it is about: one edge, which LB is active, or the row as a whole. */
  scope: 'edge' | 'lb' | 'row';
  /** The edge whose state or role changed, or whose LB lost the role to another. */
  edgeId: string | null;
  /** The row as a whole does not serve (`down`), or cannot be seen (`blind`, which an edge can be, too). */
  lost: 'down' | 'blind' | null;
  /** The new state of the row; null: unchanged. */
  health: Health | null;
}

const blindCodes = new Set(['all-silent', 'own-network']);

/** How an event relates to incidents; null: it belongs to none by itself. */
export function placeEvent(event: HeronEvent): EventPlace | null {
  switch (event.type) {
    case 'start':
    case 'gap':
    case 'note':
    case 'acknowledged':
    case 'alert':
    case 'alert-changed':
    case 'alert-cleared':
    case 'silence':
    case 'silence-ended':
    case 'maintenance-planned':
    case 'maintenance-changed':
    case 'maintenance-cancelled':
    case 'maintenance':
      return null;
    case 'finding':
      if (event.clusterId === null || event.reason.code !== 'rolling-update') return null;
      return { ...ofLb(event.clusterId, 'part'), scope: 'row' };
    case 'cluster-state':
      return { ...placeState(event), subject: event.clusterId, health: event.to };
    case 'edge-state':
      return placeEdge(event);
    case 'lb-role': {
      const isLost = event.to !== 'master' && event.to !== 'backup' && event.from !== 'unknown';
      const weight = isLost || event.from === 'master' ? 'sign' : 'part';
      const isBlind = event.to === 'unknown' && event.reasons.some(isBlindReason);
      return {
        ...ofLb(event.clusterId ?? event.edgeId, weight),
        edgeId: event.edgeId,
        lost: isBlind ? 'blind' : null,
      };
    }
    case 'flapping':
      return ofLb(event.clusterId, event.phase === 'ended' ? 'part' : 'trouble');
    case 'cause-corrected':
      return ofLb(event.clusterId, 'part');
    case 'users-gap':
      // An outage of users that lasts makes the cluster down, which is trouble by itself.
      return { ...ofLb(event.clusterId, event.restored === null ? 'part' : 'sign'), scope: 'row' };
    case 'failover':
      return { ...ofLb(event.clusterId, 'trouble'), edgeId: event.fromEdgeId };
    case 'failback':
    case 'no-active-lb':
    case 'split-brain':
      return ofLb(event.clusterId, 'trouble');
  }
}

function ofLb(subject: string, weight: EventPlace['weight']): EventPlace {
  return { subject, weight, scope: 'lb', edgeId: null, lost: null, health: null };
}

function placeEdge(event: Extract<HeronEvent, { type: 'edge-state' }>): EventPlace {
  const { clusterId, edgeId, to } = event;
  const place = placeState(event);
  if (clusterId === null) return { ...place, subject: edgeId, edgeId, health: to };
  // That one edge is down says nothing about the others.
  const lost = place.lost === 'blind' ? 'blind' : null;
  return { ...place, subject: clusterId, scope: 'edge', edgeId, lost };
}

function placeState({ to, reasons }: { to: Health; reasons: readonly Reason[] }): EventPlace {
  const row: EventPlace = {
    subject: '',
    weight: 'recovery',
    scope: 'row',
    edgeId: null,
    lost: null,
    health: null,
  };
  if (!isProblem(to)) return row;
  // Unknown before the first reading is expected.
  if (to === 'unknown' && reasons[0]?.code === 'not-read-yet') return { ...row, weight: 'part' };
  const isBlind = to === 'unknown' && reasons.some(isBlindReason);
  return { ...row, weight: 'trouble', lost: to === 'down' ? 'down' : isBlind ? 'blind' : null };
}

function isBlindReason({ code }: Reason): boolean {
  return blindCodes.has(code);
}
