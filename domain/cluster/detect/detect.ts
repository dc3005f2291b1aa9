import { thresholds } from '../../model/thresholds';
import type { ClusterTrack } from '../observe/cluster-track';
import { detectRoleChange } from './detect-role-change';
import { detectNoActive } from './detect-no-active';
import { detectSplit } from './detect-split';
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
  detectNoActive(next, detections, unreachable);
  detectFlapping(next, detections, seen.toMonotonicMs);
  return { track: next, detections };
}

function detectFlapping(track: ClusterTrack, detections: Detection[], nowMonotonicMs: number): void {
  const recent = track.roleChanges.filter(
    ({ atMonotonicMs }) => nowMonotonicMs - atMonotonicMs <= thresholds.flappingWindowMs,
  );
  if (recent.length >= thresholds.flappingMoves && !track.flapping) {
    track.flapping = true;
    detections.push({ kind: 'flapping', changes: recent.length, windowMs: thresholds.flappingWindowMs });
  } else if (track.flapping && recent.length < Math.ceil(thresholds.flappingMoves / 2)) {
    track.flapping = false;
  }
}
