import type { HeronEventType } from '../../domain/model/event';
import type { IncidentKind } from '../../domain/incidents/incident';
import { stateTip } from './states';

/** What a kind of event means and what to do about it: the tooltip of its word, wherever it stands. */
export const eventTips: Readonly<Record<HeronEventType, string>> = {
  failover:
    'Another LB became the active one. Read its cause, and look at the edge that lost the role before the next loss.',
  failback: 'The better LB took the role back by itself. Nothing to do, if the edge was meant to be back.',
  'no-active-lb': stateTip('no-active-lb'),
  'split-brain': stateTip('split-brain'),
  flapping: 'The role moves again and again. Look for a link or a multicast that comes and goes.',
  'cluster-state': 'A cluster became well, or worse than before. Its reasons say why.',
  'edge-state': 'An edge became well, or worse than before. Its reasons say why.',
  'lb-role': 'One LB changed its role. Alone it means little: failovers are told apart.',
  acknowledged: 'Somebody took a problem, or gave it back.',
  note: 'Somebody wrote something down. Notes are edited, never erased.',
  gap: 'Nobody watched: all of that time is unknown, not up. Look why Heron did not run or had no network.',
  finding: 'Something in the configuration or the conduct that is worth a look. Its words say what to do.',
  start: 'Heron started. What came before and was not watched is a gap.',
};

const ofOtherKinds: Readonly<Record<Exclude<IncidentKind, HeronEventType>, string>> = {
  'edge-down': stateTip('down'),
  degraded: stateTip('degraded'),
  'not-seen': stateTip('unknown'),
};

/** The same of a kind of incident. */
export function incidentTip(kind: IncidentKind): string {
  return kind in ofOtherKinds
    ? ofOtherKinds[kind as keyof typeof ofOtherKinds]
    : eventTips[kind as Extract<IncidentKind, HeronEventType>];
}
