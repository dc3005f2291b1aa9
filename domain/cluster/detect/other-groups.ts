import type { Edge } from '../../inventory/inventory';
import type { Reason } from '../../model/health';
import type { RoleWitness } from '../../model/role';
import { thresholds } from '../../model/thresholds';
import type { ClusterTrack } from '../observe/cluster-track';

/** One group other than the cluster's. Times are monotonic milliseconds. */
interface OtherGroup {
  name: string;
  masterOn: Map<string, boolean>;
  activeEdgeId: string | null;
  /** A move that may be part of a move of the cluster's group: keepalived moves the groups of a sync group together. */
  moved: { from: string; to: string; atMonotonicMs: number } | null;
}

/** Detects that a group other than the cluster's moved from one LB to another, alone. */
export class OtherGroups {
  readonly #groups = new Map<string, OtherGroup>();

  /** Applies what an LB reports of other groups; the findings that this settles. */
  observe(
    edge: Edge,
    words: readonly RoleWitness[],
    { roleChanges, activeEdgeId }: ClusterTrack,
    nowMonotonicMs: number,
    nameOf: (edgeId: string) => string,
  ): Reason[] {
    if (words.length === 0 && this.#groups.size === 0) return [];
    for (const word of words) this.#follow(edge.id, word, nowMonotonicMs);
    const found: Reason[] = [];
    for (const group of this.#groups.values()) {
      const { moved } = group;
      if (!moved || nowMonotonicMs - moved.atMonotonicMs < thresholds.groupMoveSettleMs) continue;
      group.moved = null;
      const isTogether = roleChanges.some(
        ({ toEdgeId, atMonotonicMs }) =>
          toEdgeId === moved.to &&
          Math.abs(atMonotonicMs - moved.atMonotonicMs) <= thresholds.groupMoveTogetherMs,
      );
      if (isTogether) continue;
      const active =
        activeEdgeId === null ? '' : ` The cluster’s own group stayed on ${nameOf(activeEdgeId)}.`;
      found.push({
        code: 'other-group-moved',
        fact: `${group.name} moved from ${nameOf(moved.from)} to ${nameOf(moved.to)}, alone.`,
        detail: `It is not the group of the cluster IP.${active}`,
      });
    }
    return found;
  }

  #follow(edgeId: string, word: RoleWitness, nowMonotonicMs: number): void {
    if (word.role === 'unknown') return;
    const key = `${word.vhid ?? ''} ${word.label ?? ''}`;
    const group = this.#groups.get(key) ?? newGroup(word);
    this.#groups.set(key, group);
    group.masterOn.set(edgeId, word.role === 'master');
    const masters = [...group.masterOn].filter(([, isMaster]) => isMaster).map(([id]) => id);
    const [only] = masters;
    if (masters.length !== 1 || only === undefined || only === group.activeEdgeId) return;
    if (group.activeEdgeId !== null) {
      const from = group.moved?.from ?? group.activeEdgeId;
      group.moved = from === only ? null : { from, to: only, atMonotonicMs: nowMonotonicMs };
    }
    group.activeEdgeId = only;
  }
}

function newGroup({ vhid, label }: RoleWitness): OtherGroup {
  const parts = [vhid === null ? null : `VHID ${vhid}`, label ? `(${label})` : null].filter(Boolean);
  return { name: `Group ${parts.join(' ')}`.trim(), masterOn: new Map(), activeEdgeId: null, moved: null };
}
