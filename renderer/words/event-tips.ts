import { stateTip } from '../../domain/words/states';
import type { IncidentKind } from '../../domain/model/incident';
import type { HeronEventType } from '../../domain/model/event';

/** What an event type means and what to do about it, for tooltips. */
export const eventTips: Readonly<Record<HeronEventType, string>> = {
  failover:
    'Another LB became active. Read the cause, and check the edge that lost the role before another one fails.',
  failback: 'The preferred LB took the role back by preemption. Nothing to do if its edge was expected back.',
  'cause-corrected':
    'Better evidence of why a failover happened: its edge answers again, or its link was read. The incident has this cause now.',
  'no-active-lb': stateTip('no-active-lb'),
  'split-brain': stateTip('split-brain'),
  flapping: 'The active LB changes repeatedly. Look for an unstable link or lost CARP multicast.',
  'users-gap':
    'Heron connects to the cluster IP as users do. This is how long it was not served: what users noticed of a failover.',
  'cluster-state': 'The state of a cluster changed. The reasons say why.',
  'edge-state': 'The state of an edge changed. The reasons say why.',
  'lb-role': 'One LB changed its role. Failovers are separate events.',
  acknowledged: 'A problem was acknowledged, or its acknowledgement ended.',
  alert: 'Heron alerted people. Acknowledge it in Alerts once somebody works on it.',
  'alert-changed':
    'An alert became more or less severe, has new evidence, or was escalated because it was not acknowledged in time.',
  'alert-cleared':
    'What an alert was about is over, or is a symptom of a larger problem that has an alert of its own.',
  silence: 'Alerts that match are listed without a notification until it ends.',
  'silence-ended': 'Alerts that it held back are notified if they are still open.',
  maintenance:
    'A maintenance window began, changed or ended on a cluster. Alerts wait meanwhile, history goes on.',
  'maintenance-planned':
    'Somebody planned maintenance. It takes effect from then on, never on the time before.',
  'maintenance-changed': 'Somebody changed a maintenance window, or ended the time in progress.',
  'maintenance-cancelled': 'Somebody cancelled a maintenance window.',
  note: 'A comment by a person. Notes can be edited, never erased.',
  gap: 'Not monitored: this time counts as unknown, not as up. Find out why Heron was not running or had no network.',
  finding: 'Something in the configuration or behaviour to look into. The event says what to do.',
  start: 'Heron started. Time before this that was not monitored is a gap.',
};

const incidentOnlyTips: Readonly<Record<Exclude<IncidentKind, HeronEventType>, string>> = {
  'cluster-down':
    'No edge of the cluster served: its users were cut off. Clusters that went down within seconds are one incident.',
  'edge-down': stateTip('down'),
  degraded: stateTip('degraded'),
  'not-seen': stateTip('unknown'),
};

/** The same for a kind of incident. */
export function incidentTip(kind: IncidentKind): string {
  return kind in incidentOnlyTips
    ? incidentOnlyTips[kind as keyof typeof incidentOnlyTips]
    : eventTips[kind as Extract<IncidentKind, HeronEventType>];
}
