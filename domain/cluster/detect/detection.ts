import type { Bracket } from '../../model/event';
import type { RoleChange } from './role-change';

/** What became certain about a cluster by an observation. */
export type Detection =
  | RoleChange
  | { kind: 'no-active-lb'; bracket: Bracket; lastActiveEdgeId: string | null }
  | { kind: 'split-brain'; edgeIds: string[]; bracket: Bracket; overlappingReadings: number }
  | {
      kind: 'flapping';
      phase: 'began' | 'continues' | 'ended';
      changes: number;
      windowMs: number;
      sinceMs: number;
      edgeIds: string[];
      withoutActiveMs: { atLeast: number; atMost: number };
    }
  /** An LB that is not active stops and starts again and again. */
  | { kind: 'lb-flapping'; edgeId: string; changes: number; windowMs: number };
