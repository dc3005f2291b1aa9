import type { EdgeTrack } from '../../domain/cluster/observe/edge-track';
import type { Reading } from '../../domain/model/reading';

const healthDeadlineMs = 2_000;
const roleDeadlineMs = 800;
/** An edge that already left a poll unanswered is given up sooner: silence should be known soon. */
const failingDeadlineMs = 1_200;
/** An agent that is known to take its time is waited for so many times as long as its last full reading took. */
const timesAsUsual = 1.5;

/** How long a poll of an edge is waited for, milliseconds. A slow agent must not look like a silent one. */
export function pollDeadlineMs(kind: Reading['kind'], { snmp, answerTime }: EdgeTrack): number {
  if (kind === 'health' && snmp.failures === 0) return healthDeadlineMs;
  const leastMs = kind === 'health' ? failingDeadlineMs : roleDeadlineMs;
  return Math.min(healthDeadlineMs, Math.max(leastMs, timesAsUsual * (answerTime?.lastMs ?? 0)));
}
