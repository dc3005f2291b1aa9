import type { EdgeTrack, SourceTrack } from '../observe/edge-track';
import { isSourceSilent, type Judgement } from './judge-edge';
import { isServiceGone } from './judge-service';
import type { RoleTrack } from '../observe/role-track';
import type { Edge } from '../../inventory/inventory';

/** An LB that became INIT in passing (a restart, a take-over) is not "stopped" yet. */
const lbStoppedAfterMs = 3_000;

/** Whether an edge answered its latest poll in any of the ways it was asked. */
export function answers({ snmp, http, tcp }: EdgeTrack): boolean {
  return isAnswering(snmp) || isAnswering(http) || isAnswering(tcp);
}

function isAnswering({ asked, failures }: SourceTrack): boolean {
  return asked && failures === 0;
}

/** Whether its latest poll was not answered in one of the ways it was asked. */
function isFailing({ snmp, http, tcp }: EdgeTrack): boolean {
  return snmp.failures > 0 || http.failures > 0 || tcp.failures > 0;
}

/** An edge that was unknown from the start and stays so, for a reason now known: that is news too, once. */
export function isFirstWord(track: EdgeTrack, judged: Judgement): boolean {
  return (
    track.sinceMs === null &&
    judged.reasons.every(({ code }) => code !== 'not-read-yet' && code !== 'no-source')
  );
}

/**
 * When others that share an edge's path last answered: its cluster's, else the fleet's (`fleetAnsweredMs`). Null: nobody did, or
 * the edge answers itself, and then it does not matter.
 */
export function othersAnsweredMs(
  tracks: ReadonlyMap<string, EdgeTrack>,
  seen: EdgeTrack,
  fleetAnsweredMs: number | null,
): number | null {
  if (!isFailing(seen)) return null;
  return tracks.size > 1 ? othersAnsweredMonotonicMs(tracks, seen.edgeId) : fleetAnsweredMs;
}

/** When any edge but `except` last answered, on the monotonic clock; null: none ever did. */
function othersAnsweredMonotonicMs(tracks: ReadonlyMap<string, EdgeTrack>, except: string): number | null {
  let latestMs: number | null = null;
  for (const [id, { snmp, http, tcp }] of tracks) {
    if (id === except) continue;
    const answeredMs = Math.max(
      snmp.lastAnswerMonotonicMs ?? -Infinity,
      http.lastAnswerMonotonicMs ?? -Infinity,
      tcp.lastAnswerMonotonicMs ?? -Infinity,
    );
    if (answeredMs > (latestMs ?? -Infinity)) latestMs = answeredMs;
  }
  return latestMs;
}

/** LBs whose whole edge is silent, asked in two ways: they cannot serve as master as far as anybody can tell. */
export function goneEdges(
  edges: readonly Edge[],
  tracks: ReadonlyMap<string, EdgeTrack>,
  isEnabled: (edge: Edge) => boolean,
): Set<string> {
  const gone = new Set<string>();
  for (const edge of edges) {
    const track = tracks.get(edge.id);
    const silent =
      track !== undefined &&
      isSourceSilent(track.snmp, track.lastPollMonotonicMs) &&
      isServiceGone(edge, track);
    if (silent || !isEnabled(edge)) gone.add(edge.id);
  }
  return gone;
}

/** Whether an LB has been INIT or FAULT for so long that it is stopped. */
export function isLbStopped(role: RoleTrack | undefined): boolean {
  if (!role?.first || !role.last || (role.role !== 'init' && role.role !== 'fault')) return false;
  return role.last.toMonotonicMs - role.first.fromMonotonicMs >= lbStoppedAfterMs;
}
