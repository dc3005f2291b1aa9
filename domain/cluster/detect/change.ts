import type { Edge } from '../../inventory/inventory';
import type { Bracket } from '../../model/event';
import type { Health, Reason } from '../../model/health';
import type { LbRole } from '../../model/role';
import type { RoleObservation } from '../observe/role-track';
import type { Detection } from './detection';

/** A change that a reading caused. `atMs`: when it began as far as the evidence shows, UTC milliseconds. */
export type Change =
  | {
      kind: 'edge-state';
      edge: Edge;
      from: Health;
      to: Health;
      reasons: Reason[];
      /** Where it is down, or was. */
      bracket?: Bracket;
      atMs: number;
    }
  /** The same state for other reasons. */
  | { kind: 'edge-reasons'; edge: Edge; health: Health; reasons: Reason[]; atMs: number }
  | {
      kind: 'lb-role';
      edge: Edge;
      from: LbRole;
      to: LbRole;
      seen: RoleObservation;
      bracket: Bracket | null;
      atMs: number;
    }
  | { kind: 'cluster-state'; from: Health; to: Health; reasons: Reason[]; bracket?: Bracket; atMs: number }
  | { kind: 'cluster-reasons'; health: Health; reasons: Reason[]; atMs: number }
  /** Something worth knowing about the cluster that changes no state. */
  | { kind: 'finding'; reason: Reason; atMs: number }
  | { kind: 'detected'; detection: Detection };
