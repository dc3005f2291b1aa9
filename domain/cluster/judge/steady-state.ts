import type { Health, Reason } from '../../model/health';
import { thresholds } from '../../model/thresholds';
import { duration } from '../../words/duration';
import type { Steadiness } from '../observe/steadiness';
import type { Judgement } from './judge-edge';

/**
 * Turns an edge's judgements into a steady state: one that changes again and again is a state of its own until it has stayed the same
 * for a while. That is never down, because the edge answers now and then, and unknown where the edge was unknown now and then.
 */
export function steadyState(
  track: Steadiness,
  edgeName: string,
  judged: Judgement,
  nowMonotonicMs: number,
): { track: Steadiness; judged: Judgement } {
  const isSame = judged.health === track.judged;
  if (isSame && !track.isUnsteady) return { track, judged };
  if (track.judged === null || judged.health === 'disabled')
    return { track: { judged: judged.health, changes: [], isUnsteady: false }, judged };
  const longMs = nowMonotonicMs - thresholds.unsteadyLongWindowMs;
  const before = track.changes.filter(({ atMs }) => atMs > longMs);
  const changes = isSame
    ? before
    : [...before, { atMs: nowMonotonicMs, to: judged.health }].slice(-maxChanges);
  const isUnsteady = track.isUnsteady
    ? !isSteadyAgain(changes, nowMonotonicMs)
    : isOften(changes, nowMonotonicMs);
  const next = { judged: judged.health, changes, isUnsteady };
  return isUnsteady
    ? { track: next, judged: unsteady(edgeName, changes, judged, nowMonotonicMs) }
    : { track: next, judged };
}

const maxChanges = 64;

type Changes = Steadiness['changes'];

function isOften(changes: Changes, nowMs: number): boolean {
  const recent = changes.filter(({ atMs }) => nowMs - atMs <= thresholds.unsteadyWindowMs);
  return recent.length >= thresholds.unsteadyChanges || changes.length >= thresholds.unsteadyLongChanges;
}

function isSteadyAgain(changes: Changes, nowMs: number): boolean {
  const last = changes.at(-1);
  if (!last) return true;
  // An edge that has been down for that long is down, however often it changed before.
  const isLong = changes.length >= thresholds.unsteadyLongChanges && last.to !== 'down';
  return nowMs - last.atMs >= (isLong ? thresholds.longSteadyMs : thresholds.steadyMs);
}

function unsteady(edgeName: string, changes: Changes, judged: Judgement, nowMs: number): Judgement {
  const health: Health = changes.some(({ to }) => to === 'unknown') ? 'unknown' : 'degraded';
  const overMs = nowMs - (changes[0]?.atMs ?? nowMs);
  const [now] = judged.reasons;
  const reason: Reason = {
    code: 'unsteady',
    fact: `${edgeName} keeps changing its state: ${changes.length} times in ${duration(overMs, 'up')}.`,
    detail: now ? `Now: ${now.fact}` : 'Now: nothing is wrong.',
  };
  return { health, reasons: [reason], beganMs: null };
}
