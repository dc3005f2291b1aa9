import type { EdgeWord } from '../../domain/assess/judge-cluster';
import type { ClusterTrack } from '../../domain/detection/cluster-track';
import type { RoleObservation } from '../../domain/detection/role-track';
import type { Cluster } from '../../domain/inventory/inventory';
import type { ActiveLb } from '../../domain/snapshot';

/**
 * The words on a cluster's edges, each the very same object while it says the same: a cluster is judged after every poll of its
 * up to 16 edges, and nearly always nothing has changed.
 */
export class ClusterWords {
  readonly #words = new Map<string, EdgeWord>();
  #judged: { cluster: Cluster; words: readonly EdgeWord[]; activeLb: ActiveLb } | null = null;

  take(word: EdgeWord): EdgeWord {
    const known = this.#words.get(word.id);
    const same =
      known?.health === word.health &&
      known.reasons === word.reasons &&
      known.role === word.role &&
      known.name === word.name;
    if (known && same) return known;
    this.#words.set(word.id, word);
    return word;
  }

  /** Whether judging this brings what judging brought last: the same words, and the same one active LB. */
  isSettled(cluster: Cluster, words: readonly EdgeWord[], activeLb: ActiveLb): boolean {
    const last = this.#judged;
    this.#judged = { cluster, words, activeLb };
    if (last?.cluster !== cluster || last.activeLb.kind !== 'one' || activeLb.kind !== 'one') return false;
    if (last.activeLb.edgeId !== activeLb.edgeId || last.activeLb.sinceMs !== activeLb.sinceMs) return false;
    return last.words.length === words.length && words.every((word, at) => word === last.words[at]);
  }

  /** What was said is judged anew. */
  unsettle(): void {
    this.#judged = null;
  }
}

/**
 * Whether a word on an LB meets a cluster in which anything is open: an LB that is silent or says nothing, none or several that
 * are master, or a role that changes. Else it cannot matter who is gone or unwell.
 */
export function isOpen(track: ClusterTrack, edgeId: string, seen: RoleObservation): boolean {
  if (seen.silent || track.roles[edgeId]?.role !== seen.role) return true;
  if (track.split || track.noActive || track.activeEdgeId === null) return true;
  let masters = 0;
  for (const { role, silentCount, untold } of Object.values(track.roles)) {
    if (silentCount > 0 || untold !== null || role === 'unknown') return true;
    if (role === 'master') masters += 1;
  }
  return masters !== 1 || track.roles[track.activeEdgeId]?.role !== 'master';
}
