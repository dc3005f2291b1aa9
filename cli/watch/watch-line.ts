import type { AlertEvent, Bracket, HeronEvent } from '../../domain/model/event';
import type { ReadingLine } from './reading-line';

/** One printed line: what happened (`type`), when (`time`), and when it was recorded (`recordedAt`), both ISO 8601 UTC. */
export type WatchLine = { type: string; time: string; recordedAt: string } & Record<string, unknown>;

/**
 * An event as `heron watch` prints it: names instead of ids, ISO times instead of milliseconds, `cluster` and `edge` where
 * they apply. `reading`: the readings of an edge's first `edge-state`.
 */
export function watchLine(event: HeronEvent, reading: ReadingLine | null = null): WatchLine {
  return {
    type: event.type,
    time: iso(event.timeMs),
    recordedAt: iso(event.recordedAtMs),
    ...about(event),
    ...facts(event, reading),
  };
}

function about(event: HeronEvent): Record<string, unknown> {
  return {
    ...('clusterName' in event ? { cluster: event.clusterName } : {}),
    ...('edgeName' in event ? { edge: event.edgeName } : {}),
  };
}

type EventOf<T extends HeronEvent['type']> = Extract<HeronEvent, { type: T }>;

function facts(event: HeronEvent, reading: ReadingLine | null): Record<string, unknown> {
  switch (event.type) {
    case 'start':
      return { version: event.version, clusters: event.clusters, edges: event.edges };
    case 'edge-state':
      return { ...changed(event), ...datedBy(event), ...(reading ? { reading } : {}) };
    case 'cluster-state':
      return { ...changed(event), ...datedBy(event) };
    case 'acknowledged':
      return { by: event.by, words: event.words, ended: event.ended, covers: event.covers?.faults ?? null };
    case 'note': {
      const { about: subject, author, text, replaces, withdrawn } = event;
      return { about: subject, author, text, replaces, withdrawn };
    }
    case 'maintenance-planned':
    case 'maintenance-changed':
    case 'maintenance-cancelled':
    case 'maintenance':
      return maintenanceFacts(event);
    case 'gap':
      return gapFacts(event);
    case 'alert':
    case 'alert-changed':
    case 'alert-cleared':
      return alertFacts(event);
    case 'silence': {
      const { silenceId, matcher, author, text, endsMs } = event;
      return { silence: silenceId, matcher, author, reason: text, ends: iso(endsMs) };
    }
    case 'silence-ended':
      return { silence: event.silenceId, by: event.by, held: event.held };
    case 'finding':
      return findingFacts(event);
    case 'users-gap':
      return {
        target: event.target,
        bracket: bracketLine(event.bracket),
        restored: event.restored && bracketLine(event.restored),
        usersGapMs: event.usersGapMs,
        failedProbes: event.failedProbes,
      };
    default:
      return roleFacts(event);
  }
}

/** Events about who is the active LB. */
function roleFacts(
  event: EventOf<
    'lb-role' | 'failover' | 'failback' | 'cause-corrected' | 'no-active-lb' | 'split-brain' | 'flapping'
  >,
): Record<string, unknown> {
  switch (event.type) {
    case 'lb-role':
      return {
        ...changed(event),
        bracket: event.bracket && bracketLine(event.bracket),
        witnesses: event.witnesses,
      };
    case 'failover':
    case 'failback':
      return {
        from: event.fromEdgeName,
        to: event.toEdgeName,
        bracket: bracketLine(event.bracket),
        gapMs: event.gapMs,
        ...(event.usersGapMs ? { usersGapMs: event.usersGapMs } : {}),
        cause: event.cause,
        oldRoleAfter: event.oldRoleAfter,
        witnesses: event.witnesses,
        pollIntervalMs: event.pollIntervalMs,
      };
    case 'cause-corrected':
      return {
        failover: { time: iso(event.failoverMs), from: event.fromEdgeName, to: event.toEdgeName },
        previousCause: event.previousCause,
        cause: event.cause,
      };
    case 'no-active-lb':
      return {
        lastActiveEdge: event.lastActiveEdgeName,
        bracket: bracketLine(event.bracket),
        ...(event.usersGapMs ? { usersGapMs: event.usersGapMs } : {}),
        reasons: event.reasons,
      };
    case 'split-brain':
      return {
        edges: event.edgeNames,
        bracket: bracketLine(event.bracket),
        overlappingReadings: event.overlappingReadings,
      };
    case 'flapping':
      return flappingFacts(event);
  }
}

function flappingFacts(event: EventOf<'flapping'>): Record<string, unknown> {
  const { changes, windowMs, phase, sinceMs, edgeNames, withoutActiveMs } = event;
  return {
    changes,
    windowMs,
    ...(phase ? { phase } : {}),
    ...(sinceMs === undefined ? {} : { since: iso(sinceMs) }),
    ...(edgeNames ? { edges: edgeNames } : {}),
    ...(withoutActiveMs ? { withoutActiveMs } : {}),
  };
}

function gapFacts({ fromMs, toMs, reason, words, clusters }: EventOf<'gap'>): Record<string, unknown> {
  const names = clusters?.map(({ name }) => name);
  return { from: iso(fromMs), to: iso(toMs), reason, words, ...(names ? { clusters: names } : {}) };
}

function alertFacts(event: AlertEvent): Record<string, unknown> {
  const { rule, severity, alertId, groupId, suppressed, words, detail } = event;
  const alert = { rule, severity, id: alertId, group: groupId, words, detail, suppressed };
  if (event.type === 'alert-cleared') {
    const { openedMs, ended, isOver, symptoms } = event;
    const listed = symptoms.map((symptom) => ({
      rule: symptom.rule,
      cluster: symptom.clusterName,
      edge: symptom.edgeName,
      words: symptom.words,
    }));
    return { ...alert, opened: iso(openedMs), ended, over: isOver, symptoms: listed };
  }
  const { bracket, gapMs, usersGapMs, cause, witnesses, detectionMs } = event;
  return {
    ...alert,
    ...(event.type === 'alert-changed' ? { opened: iso(event.openedMs), phase: event.phase } : {}),
    bracket: bracket && bracketLine(bracket),
    ...(gapMs ? { gapMs } : {}),
    ...(usersGapMs ? { usersGapMs } : {}),
    cause: cause ?? null,
    witnesses,
    detectionMs,
  };
}

function maintenanceFacts(
  event: EventOf<'maintenance-planned' | 'maintenance-changed' | 'maintenance-cancelled' | 'maintenance'>,
): Record<string, unknown> {
  switch (event.type) {
    case 'maintenance-planned':
      return { window: event.window };
    case 'maintenance-changed':
      return { by: event.by, window: event.window, endsNow: event.endsNow };
    case 'maintenance-cancelled':
      return { by: event.by, windowId: event.windowId, purpose: event.purpose };
    case 'maintenance': {
      const windows = event.windows.map(({ fromMs, untilMs, edges, ...rest }) => ({
        ...rest,
        from: iso(fromMs),
        until: iso(untilMs),
        edges: edges?.map(({ edgeName }) => edgeName) ?? null,
      }));
      return { phase: event.phase, windows, by: event.by, observed: event.observed };
    }
  }
}

function findingFacts({ reason, absences }: EventOf<'finding'>): Record<string, unknown> {
  const away = absences?.map(({ edgeName, fromMs, toMs }) => ({
    edge: edgeName,
    from: iso(fromMs),
    to: iso(toMs),
  }));
  return { reason, ...(away ? { absences: away } : {}) };
}

function changed(event: Extract<HeronEvent, { from: unknown; reasons: unknown }>): Record<string, unknown> {
  return { from: event.from, to: event.to, reasons: event.reasons };
}

function datedBy({ stateBracket }: EventOf<'edge-state' | 'cluster-state'>): Record<string, unknown> {
  return stateBracket ? { bracket: bracketLine(stateBracket) } : {};
}

function bracketLine({ lastOldMs, firstNewMs }: Bracket): { lastOld: string; firstNew: string } {
  return { lastOld: iso(lastOldMs), firstNew: iso(firstNewMs) };
}

/** Milliseconds as ISO 8601 UTC. */
export function iso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
