import { thresholds } from '../../model/thresholds';
import type { ClusterTrack } from '../observe/cluster-track';
import { detectMove } from './detect-role-change';
import { detectNoActive } from './detect-no-active';
import { detectSplit } from './detect-split';
import type { Found } from './detection';
import { observeRole, type RoleObservation } from '../observe/role-track';

export type { Found } from './detection';

/**
 * Takes one observation of one LB into its cluster's track and says what became certain by it.
 *
 * `gone` names LBs that cannot be master as far as anybody can tell although they do not answer (their whole edge is
 * down). A silent LB that is not among them leaves the question open: unknown is not "not master". `unwell` names LBs whose
 * edges tell that they cannot serve (a stopped process, a link that is cut), whatever is said of their role.
 */
export function detect(
  track: ClusterTrack,
  edgeId: string,
  seen: RoleObservation,
  gone: ReadonlySet<string>,
  unwell: ReadonlySet<string> = new Set(),
): { track: ClusterTrack; found: Found[] } {
  const before = track.roles[edgeId];
  if (!before) return { track, found: [] };
  const roles = { ...track.roles, [edgeId]: observeRole(before, seen) };
  const next: ClusterTrack = { ...track, roles };
  const found: Found[] = [];
  detectSplit(next, found, seen.toMonotonicMs);
  detectMove(next, found, seen, gone, unwell);
  detectNoActive(next, found, gone);
  detectFlapping(next, found, seen.toMonotonicMs);
  return { track: next, found };
}

function detectFlapping(track: ClusterTrack, found: Found[], nowMonotonicMs: number): void {
  const recent = track.moves.filter(
    (move) => nowMonotonicMs - move.atMonotonicMs <= thresholds.flappingWindowMs,
  );
  if (recent.length >= thresholds.flappingMoves && !track.flapping) {
    track.flapping = true;
    found.push({ kind: 'flapping', changes: recent.length, windowMs: thresholds.flappingWindowMs });
  } else if (track.flapping && recent.length < Math.ceil(thresholds.flappingMoves / 2)) {
    track.flapping = false;
  }
}
