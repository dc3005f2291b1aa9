import type { Health } from '../../model/health';

/** How often an edge's judged state has been changing. Monotonic milliseconds. */
export interface Steadiness {
  /** The last judgement; null: none yet. */
  judged: Health | null;
  /** The changes of the last hour. */
  changes: readonly { atMs: number; to: Health }[];
  isUnsteady: boolean;
}

export const newSteadiness: Steadiness = { judged: null, changes: [], isUnsteady: false };
