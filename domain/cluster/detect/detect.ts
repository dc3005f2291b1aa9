import type { ClusterTrack } from '../observe/cluster-track';
import { detectRoleChange } from './detect-role-change';
import { detectNoActive } from './detect-no-active';
import { detectFlapping } from './detect-flapping';
import { detectFlappingLbs } from './detect-flapping-lbs';
import { detectSplit } from './detect-split';
import { observeActiveChange } from './active-changes';
import type { Detection } from './detection';
import { observeRole, type RoleObservation } from '../observe/role-track';

/**
 * Applies one observation of one LB to its cluster's track, and returns what became certain.
 *
 * `unreachable` contains LBs that do not answer and, as far as can be known, cannot be master, because their whole edge is down.
 * Any other silent LB may still be master: unknown is not "not master". `failed` contains LBs whose edges report that they cannot
 * serve (a stopped process, a link that is down), whatever role is reported for them.
 */
export function detect(
  track: ClusterTrack,
  edgeId: string,
  seen: RoleObservation,
  unreachable: ReadonlySet<string>,
  failed: ReadonlySet<string> = new Set(),
): { track: ClusterTrack; detections: Detection[] } {
  const before = track.roles[edgeId];
  if (!before) return { track, detections: [] };
  const roles = { ...track.roles, [edgeId]: observeRole(before, seen) };
  const next: ClusterTrack = { ...track, roles };
  const detections: Detection[] = [];
  detectSplit(next, detections, seen.toMonotonicMs);
  detectRoleChange(next, detections, seen, unreachable, failed);
  detectNoActive(next, detections, unreachable, seen.toMonotonicMs);
  const at = { before, seen, active: track.activeEdgeId, unreachable };
  observeActiveChange(next, detections, at);
  detectFlapping(next, detections, seen.toMonotonicMs);
  detectFlappingLbs(next, detections, at);
  return { track: next, detections };
}
