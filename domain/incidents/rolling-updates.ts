import type { HeronEvent } from '../model/event';
import { clock, rollingWords } from '../words/rolling-update';
import {
  isPending,
  newRollingTrack,
  observeRolling,
  rollingBefore,
  type RollingTrack,
} from './rolling-update';
import type { WatchedCluster } from '../cluster/cluster-monitor';

/** Recognises rolling updates, cluster by cluster, and names them in the causes of the moves that they bring about. */
export class RollingUpdates {
  readonly #tracks = new Map<string, RollingTrack>();

  /** Looks at a row after one of its edges was read. `changed`: a state changed. Answers what has become certain. */
  note(row: WatchedCluster, changed: boolean, nowMs: number): HeronEvent | null {
    const { cluster } = row;
    if (cluster === null) return null;
    const before = this.#tracks.get(cluster.id) ?? newRollingTrack;
    if (!changed && !isPending(before)) return null;
    const edges = row.edges.map(({ id, name, status }) => ({
      id,
      name,
      enabled: status === 'enabled' && cluster.status === 'enabled',
      track: row.track(id),
    }));
    const { track, found } = observeRolling(before, edges, nowMs);
    this.#tracks.set(cluster.id, track);
    if (!found) return null;
    const each = found.map(({ edgeName, fromMs, toMs }) => `${edgeName} ${clock(fromMs)} to ${clock(toMs)}`);
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

  /** The event as it is, or, where a move of the active LB seems to be part of a rolling update, with that as evidence. */
  explain(event: HeronEvent, row: WatchedCluster): HeronEvent {
    if (event.type !== 'failover' && event.type !== 'failback') return event;
    const track = this.#tracks.get(row.cluster?.id ?? '');
    const goes = event.type === 'failover' ? event.fromEdgeId : event.toEdgeId;
    const before = track ? rollingBefore(track, goes, event.recordedAtMs) : [];
    const [first] = before;
    if (!first) return event;
    const line =
      before.length > 1
        ? rollingWords(before)
        : `${first.edgeName} restarted before it (${clock(first.fromMs)} to ${clock(first.toMs)} UTC): perhaps a rolling update.`;
    return { ...event, cause: { ...event.cause, evidence: [...event.cause.evidence, line] } };
  }
}
