import { age, coarseDuration } from '../../../domain/words/duration';
import type { ClusterView } from '../../../domain/model/snapshot';
import { edgeLabel } from '../../words/edge-label';
import { shortMoment, type TimeZoneChoice } from '../../words/clock';

const hourMs = 3_600_000;

/** Who is the active LB, as short as it stays clear: "-05", "none", "-01 and -04", "was -02". */
export function activeWords({ name, activeLb }: ClusterView): string {
  switch (activeLb.kind) {
    case 'one':
      return edgeLabel(name, activeLb.edgeName);
    case 'none':
      return 'none';
    case 'several':
      return activeLb.edgeNames.map((edgeName) => edgeLabel(name, edgeName)).join(' and ');
    case 'unknown':
      return activeLb.lastEdgeName === null ? 'not known' : `was ${edgeLabel(name, activeLb.lastEdgeName)}`;
    case 'not-applicable':
      return 'no LB';
  }
}

/** The same as part of a sentence: "LB -05", "no LB". */
export function lbWords(cluster: ClusterView): string {
  return cluster.activeLb.kind === 'not-applicable' ? 'no LB' : `LB ${activeWords(cluster)}`;
}

/** Since when the active LB is that: "12 d". Empty where it is not known. */
export function activeSince({ activeLb }: ClusterView, atMs: number): string {
  return activeLb.kind === 'one' && activeLb.sinceMs !== null ? coarseDuration(atMs - activeLb.sinceMs) : '';
}

/** "7 of 8 up"; where that cannot be told, "of 8 edges, not known". */
export function edgesWords({ edgesUp, edgesTotal }: ClusterView): string {
  return edgesUp === null ? `${edgesTotal} edges, not known` : `${edgesUp} of ${edgesTotal} up`;
}

/** The same for a small tile: "7/8 up". */
export function edgesInShort({ edgesUp, edgesTotal }: ClusterView): string {
  return edgesUp === null ? `?/${edgesTotal} up` : `${edgesUp}/${edgesTotal} up`;
}

/** When the active LB last moved, or that no move was seen. */
export function lastMoveWords(
  { kind, lastFailover }: ClusterView,
  atMs: number,
  zone: TimeZoneChoice,
): string {
  if (kind === 'standalone') return 'none possible';
  return lastFailover === null ? 'none seen' : shortMoment(lastFailover.bracket.firstNewMs, atMs, zone);
}

/** "22 m" when the active LB moved within the last hour, else null: such a tile carries a bracket. */
export function recentMove({ lastFailover }: ClusterView, atMs: number): string | null {
  if (lastFailover === null) return null;
  const agoMs = atMs - lastFailover.bracket.firstNewMs;
  return agoMs >= 0 && agoMs < hourMs ? coarseDuration(agoMs) : null;
}

/** How old the oldest of its edges' answers is; "no answer yet" where there is none. */
export function dataAgeWords({ health, oldestAnswerMs }: ClusterView, atMs: number): string {
  if (health === 'disabled') return 'not watched';
  return oldestAnswerMs === null ? 'no answer yet' : age(atMs - oldestAnswerMs);
}

/** ", spare 3" behind the count of edges, where the capacity of an edge tells it. */
export function spareOnWall({ spare }: ClusterView): string {
  return spare?.canLose === null || spare === null ? '' : `, spare ${spare.canLose}`;
}
