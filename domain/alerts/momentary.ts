import type { FailoverEvent, HeronEvent } from '../model/event';
import type { ClusterView } from '../model/snapshot';
import { alertTimes } from '../model/thresholds';
import { duration, durationRange } from '../words/duration';
import { causeWords } from '../words/causes';
import type { Condition } from './conditions';

/** Counts changes of the active LB within the last hour. */
export class RecentMoves {
  #times: number[] = [];

  /** The number of failovers and failbacks up to this event. */
  add(event: HeronEvent): number {
    if (event.type !== 'failover' && event.type !== 'failback') return this.#times.length;
    this.#times = this.#times.filter((atMs) => event.recordedAtMs - atMs < alertTimes.repeatedWindowMs);
    this.#times.push(event.recordedAtMs);
    return this.#times.length;
  }
}

/** Findings that detection reports, and not the inventory: the person who edits that sees those. */
const detectedFindings = new Set([
  'carp-equal-priority',
  'carp-not-allowed',
  'group-missing',
  'group-undecided',
  'other-group-moved',
  'shared-engine-id',
  'cluster-ip-not-answering',
  'cluster-ip-intercepted',
]);

/**
 * What an event is about that no state shows: a change of the active LB, a finding, a step of the clock. `moves`: changes of the active LB
 * within the last hour. A failback that cost nothing is the end of a failover.
 */
export function momentaryOf(event: HeronEvent, moves: number, view: ClusterView | null): Condition | null {
  switch (event.type) {
    case 'failover':
      return moved(event, moves, view);
    case 'failback':
      return event.gapMs.atLeast > 0 || moves >= alertTimes.repeatedFailovers
        ? moved(event, moves, view)
        : null;
    case 'finding': {
      const { clusterId, edgeId, edgeName, clusterName, reason } = event;
      if (!detectedFindings.has(reason.code)) return null;
      return {
        rule: 'configuration',
        rowId: clusterId ?? (edgeId === null ? null : `edge:${edgeId}`),
        name: clusterName ?? edgeName ?? 'Heron',
        site: view?.site ?? null,
        edgeId: clusterId === null ? null : edgeId,
        edgeName: clusterId === null ? null : edgeName,
        words: reason.fact,
        detail: reason.detail,
        facts: [],
        sinceMs: event.timeMs,
        faults: [],
      };
    }
    case 'gap':
      if (event.reason !== 'clock-stepped') return null;
      return {
        rule: 'clock',
        ...{ rowId: null, name: 'Heron', site: null, edgeId: null, edgeName: null },
        words: 'The clock of this computer was set.',
        detail: `${event.words} Times around it are uncertain by ${duration(Math.abs(event.toMs - event.fromMs), 'up')}.`,
        facts: [],
        sinceMs: event.timeMs,
        faults: [],
      };
    default:
      return null;
  }
}

function moved(event: FailoverEvent, moves: number, view: ClusterView | null): Condition {
  const { clusterId, clusterName, fromEdgeName, toEdgeName, gapMs, cause } = event;
  const isRepeated = moves >= alertTimes.repeatedFailovers;
  const gap = durationRange(gapMs.atLeast, gapMs.atMost);
  const times = isRepeated ? `The active LB changed ${moves} times within an hour. ` : '';
  return {
    rule: 'failover',
    rowId: clusterId,
    name: clusterName,
    site: view?.site ?? null,
    edgeId: null,
    edgeName: null,
    words: `${times}${clusterName} had no active LB for ${gap}.`,
    detail: `${toEdgeName} took over from ${fromEdgeName}. Cause: ${causeWords[cause.kind]}.`,
    facts: cause.evidence.slice(0, 5),
    sinceMs: event.timeMs,
    faults: [],
    ...(isRepeated ? { severity: 'warning' as const } : {}),
  };
}
