import type { Bracket } from '../../model/event';
import type { RoleChange } from './role-change';

/** What became certain about a cluster by an observation. */
export type Detection =
  | RoleChange
  | { kind: 'no-active-lb'; bracket: Bracket; lastActiveEdgeId: string | null }
  | { kind: 'split-brain'; edgeIds: string[]; bracket: Bracket; overlappingReadings: number }
  | { kind: 'flapping'; changes: number; windowMs: number };
