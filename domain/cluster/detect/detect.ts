import { thresholds } from '../../model/thresholds';
import type { ClusterTrack } from '../observe/cluster-track';
import { detectRoleChange } from './detect-role-change';
import { detectNoActive } from './detect-no-active';
import { detectSplit } from './detect-split';
import type { Detection } from './detection';
import { observeRole, type RoleObservation } from '../observe/role-track';

/**
 * Takes one observation of one LB into its cluster's track and says what became certain by it.
 *
 * `gone` names LBs that cannot be master as far as anybody can tell although they do not answer (their whole edge is
 * down). A silent LB that is not among them leaves the question open: unknown is not "not master". `failed` names LBs whose
 * edges tell that they cannot serve (a stopped process, a link that is cut), whatever is said of their role.
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
    (move) => nowMonotonicMs - move.atMonotonicMs <= thresholds.flappingWindowMs,
  );
  if (recent.length >= thresholds.flappingMoves && !track.flapping) {
    track.flapping = true;
    detections.push({ kind: 'flapping', changes: recent.length, windowMs: thresholds.flappingWindowMs });
  } else if (track.flapping && recent.length < Math.ceil(thresholds.flappingMoves / 2)) {
    track.flapping = false;
  }
}
