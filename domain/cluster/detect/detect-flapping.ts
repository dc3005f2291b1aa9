import { thresholds } from '../../model/thresholds';
import type { ClusterTrack, Flapping, ActiveChange } from '../observe/cluster-track';
import type { Detection } from './detection';

const windows = [
  { changes: thresholds.flappingMoves, windowMs: thresholds.flappingWindowMs },
  { changes: thresholds.slowFlappingMoves, windowMs: thresholds.slowFlappingWindowMs },
];

/**
 * Detects that the active LB changes again and again. It is reported when it begins, again whenever the number of changes has doubled,
 * and when it has ended, each time with all changes so far and the summed time without an active LB.
 */
export function detectFlapping(track: ClusterTrack, detections: Detection[], nowMonotonicMs: number): void {
  const newest = track.activeChanges.at(-1);
  if (!newest) return;
  const within = (windowMs: number): ActiveChange[] =>
    track.activeChanges.filter(({ atMonotonicMs }) => nowMonotonicMs - atMonotonicMs <= windowMs);
  const { flapping } = track;
  const isNew = newest.atMonotonicMs === nowMonotonicMs;
  if (!flapping) {
    if (!isNew) return;
    const window = windows.find(({ changes, windowMs }) => within(windowMs).length >= changes);
    if (!window) return;
    track.flapping = begun(within(window.windowMs), window.windowMs);
    detections.push(reported(track.flapping, 'began'));
    return;
  }
  if (isNew) {
    track.flapping = continued(flapping, newest);
    if (track.flapping.changes >= 2 * flapping.reportedChanges) {
      track.flapping = { ...track.flapping, reportedChanges: track.flapping.changes };
      detections.push(reported(track.flapping, 'continues'));
    }
    return;
  }
  if (
    windows.some(
      ({ changes, windowMs }) => within(windowMs).length >= changes / 2 && windowMs <= flapping.windowMs,
    )
  )
    return;
  track.flapping = null;
  detections.push(reported(flapping, 'ended'));
}

function begun(recent: readonly ActiveChange[], windowMs: number): Flapping {
  const [first, ...rest] = recent;
  if (!first) throw new Error('flapping has changes');
  const start: Flapping = {
    sinceMs: first.atMs,
    lastMs: first.atMs,
    changes: 1,
    reportedChanges: recent.length,
    windowMs,
    edgeIds: first.edgeIds,
    withoutActiveMs: first.withoutActiveMs,
  };
  return rest.reduce(continued, start);
}

function continued(flapping: Flapping, { atMs, edgeIds, withoutActiveMs }: ActiveChange): Flapping {
  const { atLeast, atMost } = flapping.withoutActiveMs;
  return {
    ...flapping,
    lastMs: atMs,
    changes: flapping.changes + 1,
    edgeIds: [...new Set([...flapping.edgeIds, ...edgeIds])],
    withoutActiveMs: {
      atLeast: atLeast + withoutActiveMs.atLeast,
      atMost: atMost + withoutActiveMs.atMost,
    },
  };
}

function reported(flapping: Flapping, phase: 'began' | 'continues' | 'ended'): Detection {
  const { changes, windowMs, sinceMs, lastMs, edgeIds, withoutActiveMs } = flapping;
  return {
    kind: 'flapping',
    phase,
    changes,
    windowMs: phase === 'began' ? windowMs : Math.max(windowMs, lastMs - sinceMs),
    sinceMs,
    edgeIds,
    withoutActiveMs,
  };
}
