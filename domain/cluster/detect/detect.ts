import type { ClusterTrack } from '../observe/cluster-track';
import { detectRoleChange } from './detect-role-change';
import { detectNoActive } from './detect-no-active';
import { detectFlapping } from './detect-flapping';
import { detectFlappingLbs } from './detect-flapping-lbs';
import { detectSplit } from './detect-split';
import { observeActiveChange } from './active-changes';
import type { Detection } from './detection';
import { observeRole, type RoleObservation } from '../observe/role-track';
import { isSettled } from './settled';

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
  const at = track.roles.findIndex((role) => role.edgeId === edgeId);
  const before = track.roles[at];
  if (!before) return { track, detections: [] };
  const roles = track.roles.with(at, observeRole(before, seen));
  const next: ClusterTrack = { ...track, roles };
  const detections: Detection[] = [];
  detectSplit(next, detections, seen.toMonotonicMs);
  detectRoleChange(next, detections, seen, unreachable, failed);
  detectNoActive(next, detections, unreachable, seen.toMonotonicMs);
  const observed = { before, seen, active: track.activeEdgeId, unreachable };
  observeActiveChange(next, detections, observed);
  detectFlapping(next, detections, seen.toMonotonicMs);
  detectFlappingLbs(next, detections, observed);
  return { track: next, detections };
}

/**
 * The track after an observation that repeats what is known of a settled cluster in which nothing changed within the last hour: what
 * `detect` would return, without its work. Null: the observation may lead to more. Nearly all observations are like that.
 */
export function repeat(track: ClusterTrack, edgeId: string, seen: RoleObservation): ClusterTrack | null {
  const at = track.roles.findIndex((role) => role.edgeId === edgeId);
  const before = track.roles[at];
  const isQuiet = track.activeChanges.length === 0 && track.stops[edgeId] === undefined;
  if (!before || !isQuiet) return null;
  if (before.role === 'master' && before.firstNotMaster !== null) return null;
  if (!isSettled(track, edgeId, seen)) return null;
  return { ...track, roles: track.roles.with(at, observeRole(before, seen)), withoutMaster: null };
}
