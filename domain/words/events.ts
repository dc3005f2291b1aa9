import { roleWords } from './roles';
import { duration, durationRange } from './duration';
import { plural } from './amount';
import { statePredicate, stateInSentence, stateWords } from './states';
import { alertEventTitle, matcherWords } from './alerts';
import { causeWords } from './causes';
import type { AcknowledgedEvent } from '../model/acknowledgement';
import type {
  AlertEvent,
  Bracket,
  CauseCorrection,
  FailoverEvent,
  HeronEvent,
  HeronEventType,
} from '../model/event';
import type { Health } from '../model/health';
import { clockTenths, type TimeZoneChoice } from './clock';
import { maintenanceEventWords } from './maintenance-events';

/** An event in words, and the mark of its time. */
export interface EventWords {
  title: string;
  /** Details, most important first. */
  lines: string[];
  /** bracket: between two readings; exact: at one time; gap: not monitored. */
  mark: 'bracket' | 'exact' | 'gap';
  health: Health | null;
}

/** Names of the types, for filters, in the order they are offered. */
export const eventTypeWords: Readonly<Record<HeronEventType, string>> = {
  failover: 'Failover',
  failback: 'Failback',
  'cause-corrected': 'Cause corrected',
  'no-active-lb': 'No active LB',
  'split-brain': 'Split brain',
  flapping: 'Flapping',
  'users-gap': 'Users not served',
  'cluster-state': 'Cluster state',
  'edge-state': 'Edge state',
  'lb-role': 'LB role',
  alert: 'Alert',
  'alert-changed': 'Alert changed',
  'alert-cleared': 'Alert cleared',
  acknowledged: 'Acknowledged',
  silence: 'Silence',
  'silence-ended': 'Silence ended',
  maintenance: 'Maintenance',
  'maintenance-planned': 'Maintenance planned',
  'maintenance-changed': 'Maintenance changed',
  'maintenance-cancelled': 'Maintenance cancelled',
  note: 'Note',
  gap: 'Gap',
  finding: 'Finding',
  start: 'Start',
};

export function between(bracket: Bracket, zone: TimeZoneChoice): string {
  return `between ${clockTenths(bracket.lastOldMs, zone, 'down')} and ${clockTenths(bracket.firstNewMs, zone, 'up')}`;
}

export function eventWords(event: HeronEvent, zone: TimeZoneChoice): EventWords {
  switch (event.type) {
    case 'failover':
    case 'failback':
      return roleMove(event, zone);
    case 'cause-corrected':
      return correction(event, zone);
    case 'no-active-lb':
      return noActiveLb(event, zone);
    case 'split-brain':
      return {
        title: `${event.edgeNames.join(' and ')} are both MASTER`,
        lines: [
          `Began ${between(event.bracket, zone)}, seen in ${plural(event.overlappingReadings, 'overlapping reading')}.`,
        ],
        mark: 'bracket',
        health: 'split-brain',
      };
    case 'flapping':
      return flapping(event);
    case 'users-gap':
      return usersGap(event, zone);
    case 'edge-state':
      return stateChange(event.edgeName, event);
    case 'cluster-state':
      return stateChange(event.clusterName, event);
    case 'lb-role':
      return roleChange(event, zone);
    case 'acknowledged':
      return exact(acknowledgedTitle(event), event.words);
    case 'note': {
      const edited = event.withdrawn ? ', withdrawn' : event.replaces === null ? '' : ', edited';
      return exact(`Note by ${event.author}${edited}`, event.text);
    }
    case 'alert':
    case 'alert-changed':
    case 'alert-cleared':
      return alertWords(event);
    case 'silence':
    case 'silence-ended':
      return silenceWords(event, zone);
    case 'maintenance-planned':
    case 'maintenance-changed':
    case 'maintenance-cancelled':
    case 'maintenance':
      return maintenanceEventWords(event, zone);
    case 'gap':
      return monitoringGap(event, zone);
    case 'finding':
      return exact(
        event.reason.fact,
        event.reason.detail,
        event.reason.code === 'rolling-update' ? 'maintenance' : 'degraded',
      );
    case 'start':
      return startWords(event);
  }
}

function startWords({ version, clusters, edges }: Extract<HeronEvent, { type: 'start' }>): EventWords {
  const words = `Version ${version}, ${plural(clusters, 'cluster')}, ${plural(edges, 'edge')}.`;
  return exact('Heron started', words);
}

/** An event at one exact time, with one line of details if there is any. */
function exact(title: string, line: string, health: Health | null = null): EventWords {
  return { title, lines: [line].filter(Boolean), mark: 'exact', health };
}

function alertWords(event: AlertEvent): EventWords {
  const suppressed =
    event.suppressed > 0 ? [`${plural(event.suppressed, 'symptom')} suppressed under it.`] : [];
  const lines = [`${event.words} ${event.detail}`.trimEnd(), ...suppressed];
  return { title: alertEventTitle(event), lines, mark: 'exact', health: null };
}

function silenceWords(
  event: Extract<HeronEvent, { type: 'silence' | 'silence-ended' }>,
  zone: TimeZoneChoice,
): EventWords {
  if (event.type === 'silence-ended') {
    const title = event.by === null ? 'A silence has ended' : `${event.by} ended a silence`;
    return exact(title, `It held back ${plural(event.held, 'alert')}.`);
  }
  const { author, matcher, endsMs, text } = event;
  return exact(`${author} silenced ${matcherWords(matcher)} until ${clockTenths(endsMs, zone)}`, text);
}

function correction(event: CauseCorrection, zone: TimeZoneChoice): EventWords {
  const { fromEdgeName, toEdgeName, failoverMs, cause, previousCause } = event;
  return {
    title: `Cause of the failover from ${fromEdgeName} to ${toEdgeName}: ${causeWords[cause.kind]}`,
    lines: [
      ...cause.evidence.slice(0, 1),
      `The failover was at ${clockTenths(failoverMs, zone)}. Cause before: ${causeWords[previousCause]}.`,
    ],
    mark: 'exact',
    health: null,
  };
}

/** That the cause of a failover was corrected, below the failover itself. */
export function correctedWords({ timeMs, previousCause }: CauseCorrection, zone: TimeZoneChoice): string {
  return `Corrected at ${clockTenths(timeMs, zone)}. Cause before: ${causeWords[previousCause]}.`;
}

function roleMove(event: FailoverEvent, zone: TimeZoneChoice): EventWords {
  const gap = durationRange(event.gapMs.atLeast, event.gapMs.atMost);
  const evidence = event.cause.evidence[0];
  return {
    title:
      event.type === 'failover'
        ? `Failover, ${event.fromEdgeName} to ${event.toEdgeName}`
        : `Failback to ${event.toEdgeName}`,
    lines: [
      `${capital(between(event.bracket, zone))}, ${gap} without an active LB.`,
      ...usersLine(event.usersGapMs),
      `Cause: ${causeWords[event.cause.kind]}${evidence ? `. ${evidence}` : '.'}`,
    ],
    mark: 'bracket',
    health: null,
  };
}

function noActiveLb(event: Extract<HeronEvent, { type: 'no-active-lb' }>, zone: TimeZoneChoice): EventWords {
  return {
    title: `${event.clusterName} has no active LB`,
    lines: [
      `Began ${between(event.bracket, zone)}.${event.lastActiveEdgeName ? ` Last active: ${event.lastActiveEdgeName}.` : ''}`,
      ...usersLine(event.usersGapMs),
      ...event.reasons.slice(0, 1).map((reason) => reason.fact),
    ],
    mark: 'bracket',
    health: 'no-active-lb',
  };
}

function usersGap(event: Extract<HeronEvent, { type: 'users-gap' }>, zone: TimeZoneChoice): EventWords {
  const { target, bracket, restored, usersGapMs, failedProbes, clusterName } = event;
  const gap = durationRange(usersGapMs.atLeast, usersGapMs.atMost);
  if (restored === null) {
    return {
      title: `Users of ${clusterName} were served throughout`,
      lines: [`Every probe of ${target} was answered: ${gap} without service, if at all.`],
      mark: 'bracket',
      health: null,
    };
  }
  return {
    title: `Users of ${clusterName} were not served for ${gap}`,
    lines: [
      `Began ${between(bracket, zone)}, ended ${between(restored, zone)}.`,
      `Measured through ${target}: ${plural(failedProbes, 'probe')} without an answer.`,
    ],
    mark: 'bracket',
    health: 'down',
  };
}

function usersLine(gap: { atLeast: number; atMost: number } | undefined): string[] {
  return gap ? [`Users not served for ${durationRange(gap.atLeast, gap.atMost)}, measured.`] : [];
}

function roleChange(event: Extract<HeronEvent, { type: 'lb-role' }>, zone: TimeZoneChoice): EventWords {
  return {
    title: `${event.edgeName} is ${roleWords[event.to]}`,
    lines: [
      `Was ${roleWords[event.from]}${event.bracket ? `, changed ${between(event.bracket, zone)}` : ''}.`,
      ...event.reasons.slice(0, 1).map((reason) => reason.fact),
    ],
    mark: event.bracket ? 'bracket' : 'exact',
    health: null,
  };
}

function monitoringGap(event: Extract<HeronEvent, { type: 'gap' }>, zone: TimeZoneChoice): EventWords {
  return {
    title: `Not monitored for ${duration(event.toMs - event.fromMs)}`,
    lines: [
      `From ${clockTenths(event.fromMs, zone)} to ${clockTenths(event.toMs, zone, 'up')}. ${event.words} Counted as unknown, not as up.`,
    ],
    mark: 'gap',
    health: 'unknown',
  };
}

function acknowledgedTitle({ by, clusterName, ended, health, covers }: AcknowledgedEvent): string {
  if (covers?.isRemainder) return `Acknowledgement of ${clusterName} by ${by}: part of the problem is over`;
  switch (ended) {
    case null:
      return `${by} acknowledged ${clusterName}`;
    case 'withdrawn':
      return `${by} withdrew the acknowledgement of ${clusterName}`;
    case 'well':
      return `Acknowledgement of ${clusterName} by ${by} ended: recovered`;
    case 'worse':
      return `Acknowledgement of ${clusterName} by ${by} ended: worse, ${stateWords[health].word}`;
    case 'expired':
      return `Acknowledgement of ${clusterName} by ${by} ended: its time is over`;
    case 'changed':
      return `Acknowledgement of ${clusterName} by ${by} ended: a new fact`;
  }
}

function stateChange(
  name: string,
  event: Extract<HeronEvent, { type: 'edge-state' | 'cluster-state' }>,
): EventWords {
  const reason = event.reasons[0];
  return {
    title: `${name} ${statePredicate(event.to)}`,
    lines: [
      `Before: ${stateInSentence(event.from)}.${reason ? ` ${reason.fact} ${reason.detail}`.trimEnd() : ''}`,
    ],
    mark: 'exact',
    health: event.to,
  };
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Which cluster an event belongs to, in words; a gap belongs to all. */
export function eventPlace(event: HeronEvent): string {
  if ('clusterName' in event && event.clusterName !== null) return event.clusterName;
  if ('edgeName' in event && event.edgeName !== null) return event.edgeName;
  return event.type === 'gap' ? 'every cluster' : 'Heron';
}

function flapping(event: Extract<HeronEvent, { type: 'flapping' }>): EventWords {
  const { clusterName, changes, windowMs, phase, edgeNames, withoutActiveMs } = event;
  const whose = edgeNames ? `${edgeNames.join(', ')}: ` : '';
  const without =
    withoutActiveMs && withoutActiveMs.atMost > 0
      ? ` Without an active LB for ${durationRange(withoutActiveMs.atLeast, withoutActiveMs.atMost)} in all.`
      : '';
  return exact(
    phase === 'ended' ? `${clusterName} is no longer flapping` : `${clusterName} is flapping`,
    `${whose}${plural(changes, 'role change')} in ${duration(windowMs)}.${without}`,
    phase === 'ended' ? 'up' : 'degraded',
  );
}
