import { thresholds } from '../../model/thresholds';
import type { ClusterTrack } from '../observe/cluster-track';
import type { LbRole } from '../../model/role';
import type { Detection } from './detection';
import type { Observed } from './active-changes';

const { flappingMoves, flappingWindowMs } = thresholds;

/**
 * Detects an LB that stops and starts again and again while another one is active: no outage, but it can hardly take over. It is
 * flapping until fewer than half as many stops are left in the window.
 */
export function detectFlappingLbs(track: ClusterTrack, detections: Detection[], at: Observed): void {
  const { before, seen } = at;
  const known = track.stops[before.edgeId];
  const stopped = !seen.silent && before.role === 'backup' && isStopped(seen.role);
  if (!known && !stopped) return;
  const recent = (known ?? []).filter((atMs) => seen.toMonotonicMs - atMs <= flappingWindowMs);
  if (stopped && before.edgeId !== track.activeEdgeId) recent.push(seen.toMonotonicMs);
  if (recent.length !== known?.length || stopped) track.stops = { ...track.stops, [before.edgeId]: recent };
  const isFlapping = track.flappingLbs.includes(before.edgeId);
  if (!isFlapping && recent.length >= flappingMoves) {
    track.flappingLbs = [...track.flappingLbs, before.edgeId];
    detections.push({
      kind: 'lb-flapping',
      edgeId: before.edgeId,
      changes: recent.length,
      windowMs: flappingWindowMs,
    });
  }
  if (isFlapping && recent.length < flappingMoves / 2)
    track.flappingLbs = track.flappingLbs.filter((id) => id !== before.edgeId);
}

function isStopped(role: LbRole): boolean {
  return role === 'init' || role === 'fault';
}
