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
  /** It only reports that something is unreachable. */
  blind: boolean;
  /** The new state of the subject; null: unchanged. */
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
      return null;
    case 'finding':
      if (event.clusterId === null || event.reason.code !== 'rolling-update') return null;
      return { subject: event.clusterId, weight: 'part', blind: false, health: null };
    case 'cluster-state':
      return placeState(event.clusterId, event.to, event.reasons, event.to);
    case 'edge-state':
      return event.clusterId === null
        ? placeState(event.edgeId, event.to, event.reasons, event.to)
        : placeState(event.clusterId, event.to, event.reasons, null);
    case 'lb-role': {
      const lost = event.to !== 'master' && event.to !== 'backup' && event.from !== 'unknown';
      const blind = event.to === 'unknown' && isBlind(event.reasons);
      const weight = lost || event.from === 'master' ? 'sign' : 'part';
      return { subject: event.clusterId ?? event.edgeId, weight, blind, health: null };
    }
    case 'flapping': {
      const weight = event.phase === 'ended' ? 'part' : 'trouble';
      return { subject: event.clusterId, weight, blind: false, health: null };
    }
    case 'cause-corrected':
      return { subject: event.clusterId, weight: 'part', blind: false, health: null };
    case 'users-gap':
      // An outage of users that lasts makes the cluster down, which is trouble by itself.
      return {
        subject: event.clusterId,
        weight: event.restored === null ? 'part' : 'sign',
        blind: false,
        health: null,
      };
    case 'failover':
    case 'failback':
    case 'no-active-lb':
    case 'split-brain':
      return { subject: event.clusterId, weight: 'trouble', blind: false, health: null };
  }
}

function placeState(
  subject: string,
  to: Health,
  reasons: readonly Reason[],
  health: Health | null,
): EventPlace {
  if (!isProblem(to)) return { subject, weight: 'recovery', blind: false, health };
  // Unknown before the first reading is expected.
  const unread = to === 'unknown' && reasons[0]?.code === 'not-read-yet';
  return {
    subject,
    weight: unread ? 'part' : 'trouble',
    blind: to === 'unknown' && isBlind(reasons),
    health,
  };
}

function isBlind(reasons: readonly Reason[]): boolean {
  return reasons.some(({ code }) => blindCodes.has(code));
}
