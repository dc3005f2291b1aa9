import type { HeronEvent } from '../model/event';
import { rollingUpdateWords } from '../words/rolling-update';
import { utcTimeOfDay } from '../words/time';
import type { MonitoredRow } from './cluster-events';
import {
  isPending,
  newRollingTrack,
  observeRolling,
  rollingBefore,
  type RollingTrack,
} from './detect/rolling-update';

/** Detects rolling updates of one cluster, and names them in the causes of the failovers they lead to. */
export class RollingUpdates {
  #track: RollingTrack = newRollingTrack;

  retainFrom(previous: RollingUpdates): void {
    this.#track = previous.#track;
  }

  /** Checks the row after one of its edges was read; `hasChanged`: a state changed. The event to report, or null. */
  apply(row: MonitoredRow, hasChanged: boolean, nowMs: number): HeronEvent | null {
    const { cluster } = row;
    if (cluster === null || (!hasChanged && !isPending(this.#track))) return null;
    const edges = row.edges.map(({ id, name, status }) => ({
      id,
      name,
      enabled: status === 'enabled' && cluster.status === 'enabled',
      track: row.track(id),
    }));
    const { track, found } = observeRolling(this.#track, edges, nowMs);
    this.#track = track;
    if (!found) return null;
    const each = found.map(
      ({ edgeName, fromMs, toMs }) => `${edgeName} ${utcTimeOfDay(fromMs)} to ${utcTimeOfDay(toMs)}`,
    );
    return {
      type: 'finding',
      timeMs: Math.round(found.at(-1)?.toMs ?? nowMs),
      recordedAtMs: Math.round(nowMs),
      clusterId: cluster.id,
      clusterName: cluster.name,
      edgeId: null,
      edgeName: null,
      reason: {
        code: 'rolling-update',
        fact: `A rolling update of ${cluster.name}: ${found.length} of ${edges.length} edges so far.`,
        detail: `Away one after another, each back and renewed before the next went (UTC): ${each.join(', ')}.`,
      },
      absences: found,
    };
  }

  /** The event, with the rolling update that it seems to be part of added to its cause's evidence. */
  explain(event: HeronEvent): HeronEvent {
    if (event.type !== 'failover' && event.type !== 'failback') return event;
    const goes = event.type === 'failover' ? event.fromEdgeId : event.toEdgeId;
    const before = rollingBefore(this.#track, goes, event.recordedAtMs);
    const [first] = before;
    if (!first) return event;
    const line =
      before.length > 1
        ? rollingUpdateWords(before)
        : `${first.edgeName} restarted before it (${utcTimeOfDay(first.fromMs)} to ${utcTimeOfDay(first.toMs)} UTC): perhaps a rolling update.`;
    return { ...event, cause: { ...event.cause, evidence: [...event.cause.evidence, line] } };
  }
}
