import type { Edge } from '../../inventory/inventory';
import type { SnmpReading } from '../../model/reading';
import { thresholds } from '../../model/thresholds';
import { currentDevice, isOwnFailure, type EdgeTrack, type SourceTrack } from './edge-track';

/** Whether a source has failed often and long enough to count as silent: one lost packet is not an outage. */
export function isSourceSilent(source: SourceTrack, lastPollMonotonicMs: number | null): boolean {
  return (
    !(source.lastFailure && isOwnFailure(source.lastFailure)) &&
    source.failures >= thresholds.silentPolls &&
    (lastPollMonotonicMs ?? 0) - (source.firstFailureMonotonicMs ?? Infinity) >= thresholds.silentMs
  );
}

/** Whether an edge answered its latest poll, by any source. */
export function isAnswered({ snmp, http, tcp }: EdgeTrack): boolean {
  return isAnswering(snmp) || isAnswering(http) || isAnswering(tcp);
}

function isAnswering({ asked, failures }: SourceTrack): boolean {
  return asked && failures === 0;
}

/** Whether its latest poll failed, by any source. */
function isFailing({ snmp, http, tcp }: EdgeTrack): boolean {
  return snmp.failures > 0 || http.failures > 0 || tcp.failures > 0;
}

/** The sources that poll an edge's service (health page, TCP port) and have been polled. */
export function serviceSources(edge: Edge, track: EdgeTrack): SourceTrack[] {
  return [edge.http ? [track.http] : [], edge.tcp ? [track.tcp] : []].flat().filter(({ asked }) => asked);
}

/** When the service last answered, monotonic milliseconds, if its latest poll was answered; null otherwise. */
export function serviceAnsweredMs(edge: Edge, track: EdgeTrack): number | null {
  const times = serviceSources(edge, track).flatMap((source) =>
    source.failures === 0 ? (source.lastAnswerMonotonicMs ?? []) : [],
  );
  return times.length > 0 ? Math.max(...times) : null;
}

/** Whether every source of the service failed repeatedly. A refused connection is an answer. */
function isServiceUnreachable(edge: Edge, track: EdgeTrack): boolean {
  const sources = serviceSources(edge, track);
  const refuses = edge.tcp && track.tcp.lastFailure?.code === 'refused';
  return sources.length > 0 && !refuses && sources.every(({ failures }) => failures > 1);
}

/**
 * Edges that are disabled, or unreachable both by SNMP and by their service: as far as can be known, their LBs cannot be master.
 */
export function unreachableEdges(
  edges: readonly Edge[],
  tracks: ReadonlyMap<string, EdgeTrack>,
  isEnabled: (edge: Edge) => boolean,
): Set<string> {
  const unreachable = new Set<string>();
  for (const edge of edges) {
    const track = tracks.get(edge.id);
    const silent =
      track !== undefined &&
      isSourceSilent(track.snmp, track.lastPollMonotonicMs) &&
      isServiceUnreachable(edge, track);
    if (silent || !isEnabled(edge)) unreachable.add(edge.id);
  }
  return unreachable;
}

/**
 * LBs whose edges do not answer, or last reported that the LB cannot serve. Needed for roles inferred from traffic, which does
 * not distinguish a stopped LB from a backup.
 */
export function failedLbs(tracks: ReadonlyMap<string, EdgeTrack>): Set<string> {
  const failed = [...tracks].filter(([, track]) => {
    const device = currentDevice(track);
    return track.snmp.failures > 0 || (device !== null && cannotServe(device));
  });
  return new Set(failed.map(([id]) => id));
}

/** Its LB or proxy interface is down or disabled, or a process that the edge monitors is not running. */
function cannotServe({ interfaces, interfaceUse, watched }: SnmpReading): boolean {
  const { proxy, loadBalancer } = interfaceUse;
  const isDown = interfaces.some(
    ({ index, adminUp, operUp }) =>
      (index === proxy || index === loadBalancer) && (adminUp === false || operUp === false),
  );
  return isDown || watched.some(({ table, failed }) => table === 'process' && failed);
}

/**
 * When other edges on the same path last answered, monotonic milliseconds: those of its cluster, or for a row of one edge those
 * of other rows (`answeredElsewhereMs`). Null: none did, or the edge itself answers and it does not matter.
 */
export function othersAnsweredMs(
  tracks: ReadonlyMap<string, EdgeTrack>,
  track: EdgeTrack,
  answeredElsewhereMs: number | null,
): number | null {
  if (!isFailing(track)) return null;
  if (tracks.size < 2) return answeredElsewhereMs;
  let latestMs: number | null = null;
  for (const [id, { snmp, http, tcp }] of tracks) {
    if (id === track.edgeId) continue;
    const answeredMs = Math.max(
      snmp.lastAnswerMonotonicMs ?? -Infinity,
      http.lastAnswerMonotonicMs ?? -Infinity,
      tcp.lastAnswerMonotonicMs ?? -Infinity,
    );
    if (answeredMs > (latestMs ?? -Infinity)) latestMs = answeredMs;
  }
  return latestMs;
}

/**
 * Notes that other edges on the same path answered while this one was already failing. `othersAnsweredAtMs` and `nowMs` are
 * monotonic milliseconds.
 */
export function noteOthersAnswered(
  track: EdgeTrack,
  othersAnsweredAtMs: number | null,
  nowMs: number,
): EdgeTrack {
  const { snmp, http, tcp } = track;
  const failingSinceMs =
    snmp.firstFailureMonotonicMs ?? http.firstFailureMonotonicMs ?? tcp.firstFailureMonotonicMs;
  if (failingSinceMs === null)
    return track.othersNotedMonotonicMs === null ? track : { ...track, othersNotedMonotonicMs: null };
  if (othersAnsweredAtMs === null || othersAnsweredAtMs < failingSinceMs + thresholds.sureOutageMs)
    return track;
  return { ...track, othersNotedMonotonicMs: track.othersNotedMonotonicMs ?? nowMs };
}

/** It failed again after others were seen to answer: only this edge is silent, so the path is not to blame. */
export function isOnlyOneSilent(track: EdgeTrack): boolean {
  const { othersNotedMonotonicMs: notedMs, lastPollStartedMonotonicMs: polledMs } = track;
  return notedMs !== null && polledMs !== null && polledMs >= notedMs;
}
