import type { Bracket } from '../model/event';
import type { Found } from './detect/detect';
import type { RoleObservation } from './observe/role-track';
import type { Health, Reason } from '../model/health';
import type { Edge } from '../inventory/inventory';
import type { LbRole } from '../model/role';

/** A change that a reading brought about. Times are UTC milliseconds: when it began, as far as the evidence tells. */
export type Change =
  | { kind: 'edge-state'; edge: Edge; from: Health; to: Health; reasons: Reason[]; atMs: number }
  /** Still in the same state, but for other reasons. */
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
  | { kind: 'cluster-state'; from: Health; to: Health; reasons: Reason[]; atMs: number }
  | { kind: 'cluster-reasons'; health: Health; reasons: Reason[]; atMs: number }
  | { kind: 'found'; found: Found };
