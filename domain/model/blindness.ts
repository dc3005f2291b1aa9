/**
 * What keeps Heron from seeing all clusters, or a part of them. `clusterIds`: the rows it is blind to, `standaloneEdges` of which are no
 * clusters. `edges`: how many of theirs;
 * `ofEdges`: how many are monitored. Times are UTC milliseconds.
 */
export interface Blindness {
  /** Whether nothing at all is seen. */
  isTotal: boolean;
  cause: BlindCause;
  clusterIds: string[];
  standaloneEdges: number;
  edges: number;
  ofEdges: number;
  /** Since when there has been no answer; null: there was none. */
  sinceMs: number | null;
  /** Within what time the last answers of the edges ended; null: not known of each. */
  withinMs: number | null;
}

/**
 * The common cause, as far as the readings show one. `silent`: all at once, so the path is suspected first; `never`: none has answered
 * yet; `no-agent`: the hosts answer that no agent runs; `names`: their names have no known address; `refused`: the agents answer and
 * refuse the credential; `mixed`: several of these.
 */
export type BlindCause =
  | { kind: 'demo-ended' }
  /** `words`: which interface, and what is behind it. */
  | { kind: 'own-interface'; words: string }
  /** Metrics sources that have no current metrics, and why. */
  | { kind: 'source'; sources: string[]; words: string }
  /** `gateway`: this computer's own, where it answers. */
  | { kind: 'silent'; gateway: string | null }
  | { kind: 'never' | 'no-agent' | 'names' | 'mixed' }
  | { kind: 'site'; site: string }
  | { kind: 'subnet'; subnet: string }
  /** `detail`: what an agent answered. */
  | { kind: 'refused'; credentials: string[]; detail: string };
