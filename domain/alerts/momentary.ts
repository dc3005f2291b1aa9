import type { FailoverEvent, HeronEvent } from '../model/event';
import type { ClusterView } from '../model/snapshot';
import { alertTimes } from '../model/thresholds';
import { duration, durationRange } from '../words/duration';
import { causeWords } from '../words/causes';
import type { Condition } from './conditions';

/** Counts the failovers within the last hour. */
export class RecentFailovers {
  #times: number[] = [];

  /** The number of them up to this event. A failback is the end of one. */
  add(event: HeronEvent): number {
    if (event.type !== 'failover') return this.#times.length;
    this.#times = this.#times.filter((atMs) => event.recordedAtMs - atMs < alertTimes.repeatedWindowMs);
    this.#times.push(event.recordedAtMs);
    return this.#times.length;
  }
}

/** Whether a change of the active LB raises an alert: a failback that cost nothing is the end of a failover. */
export function raisesAlert({ type, gapMs }: FailoverEvent): boolean {
  return type === 'failover' || gapMs.atLeast > 0;
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
 * What an event is about that no state shows: a change of the active LB, a finding, a step of the clock. `failovers`: within the last
 * hour.
 */
export function momentaryOf(
  event: HeronEvent,
  failovers: number,
  view: ClusterView | null,
): Condition | null {
  switch (event.type) {
    case 'failover':
    case 'failback':
      return raisesAlert(event) ? moved(event, failovers, view) : null;
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

function moved(event: FailoverEvent, failovers: number, view: ClusterView | null): Condition {
  const { clusterId, clusterName, fromEdgeName, toEdgeName, gapMs, cause } = event;
  const isRepeated = event.type === 'failover' && failovers >= alertTimes.repeatedFailovers;
  const gap = durationRange(gapMs.atLeast, gapMs.atMost);
  const times = isRepeated ? `${failovers} failovers within an hour. ` : '';
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
