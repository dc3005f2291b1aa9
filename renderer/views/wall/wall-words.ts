import { age, coarseDuration } from '../../../domain/words/duration';
import type { ClusterView } from '../../../domain/model/snapshot';
import { edgeLabel } from '../../../domain/words/edge-label';
import { shortMoment, type TimeZoneChoice } from '../../../domain/words/clock';

const hourMs = 3_600_000;

/** The active LB in a few characters: "-05", "none", "-01 and -04", "was -02". */
export function activeWords({ name, activeLb }: ClusterView): string {
  switch (activeLb.kind) {
    case 'one':
      return edgeLabel(name, activeLb.edgeName);
    case 'none':
      return 'none';
    case 'several':
      return activeLb.edgeNames.map((edgeName) => edgeLabel(name, edgeName)).join(' and ');
    case 'unknown':
      return activeLb.lastEdgeName === null ? 'unknown' : `was ${edgeLabel(name, activeLb.lastEdgeName)}`;
    case 'not-applicable':
      return 'no LB';
  }
}

/** The same with its label: "LB -05", "no LB". */
export function lbWords(cluster: ClusterView): string {
  return cluster.activeLb.kind === 'not-applicable' ? 'no LB' : `LB ${activeWords(cluster)}`;
}

/** How long the active LB has been active: "12 d"; empty where unknown. */
export function activeSince({ activeLb }: ClusterView, atMs: number): string {
  return activeLb.kind === 'one' && activeLb.sinceMs !== null ? coarseDuration(atMs - activeLb.sinceMs) : '';
}

/** "7 of 8 up", or "8 edges, unknown". */
export function edgesWords({ edgesUp, edgesTotal }: ClusterView): string {
  return edgesUp === null ? `${edgesTotal} edges, unknown` : `${edgesUp} of ${edgesTotal} up`;
}

/** The same for a small tile: "7/8 up". */
export function edgesInShort({ edgesUp, edgesTotal }: ClusterView): string {
  return edgesUp === null ? `?/${edgesTotal} up` : `${edgesUp}/${edgesTotal} up`;
}

/** When the active LB last moved. */
export function lastMoveWords(
  { kind, lastFailover }: ClusterView,
  atMs: number,
  zone: TimeZoneChoice,
): string {
  if (kind === 'standalone') return 'not possible';
  return lastFailover === null ? 'none' : shortMoment(lastFailover.bracket.firstNewMs, atMs, zone);
}

/** "22 m" when the active LB moved within the last hour, which the tile marks with a bracket; otherwise null. */
export function recentMove({ lastFailover }: ClusterView, atMs: number): string | null {
  if (lastFailover === null) return null;
  const agoMs = atMs - lastFailover.bracket.firstNewMs;
  return agoMs >= 0 && agoMs < hourMs ? coarseDuration(agoMs) : null;
}

/** The same with its label, inside a line: "data 44 s". */
export function dataAgePhrase(cluster: ClusterView, atMs: number): string {
  const words = dataAgeWords(cluster, atMs);
  return cluster.oldestAnswerMs === null || cluster.health === 'disabled' ? words : `data ${words}`;
}

/** Age of the oldest answer among its edges, or "no answer yet". */
export function dataAgeWords({ health, oldestAnswerMs }: ClusterView, atMs: number): string {
  if (health === 'disabled') return 'not monitored';
  return oldestAnswerMs === null ? 'no answer yet' : age(atMs - oldestAnswerMs);
}

/** ", spare 3" after the count of edges, where edge capacity is set. */
export function spareOnWall({ spare }: ClusterView): string {
  return spare?.canLose === null || spare === null ? '' : `, spare ${spare.canLose}`;
}
