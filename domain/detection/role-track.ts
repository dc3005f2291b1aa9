import type { LbRole, RoleWitness } from '../role';
import { thresholds } from '../thresholds';

/** A stretch of time twice: UTC for the record, monotonic for arithmetic. Milliseconds. */
export interface Stretch {
  fromMs: number;
  toMs: number;
  fromMonotonicMs: number;
  toMonotonicMs: number;
}

/**
 * One look at one LB. Its role held at some instant within the stretch: from when the question left (minus what a caching
 * agent may be behind) to when the answer came. `silent`: no answer; `unknown` role: an answer without a word on the role.
 */
export interface RoleObservation extends Stretch {
  silent: boolean;
  role: LbRole;
  witnesses: RoleWitness[];
}

/** What is remembered of one LB: enough to bracket its changes, and no more. */
export interface RoleTrack {
  edgeId: string;
  /** The last role an answer gave; `unknown` until then and once silence is confirmed. */
  role: LbRole;
  witnesses: RoleWitness[];
  /** First and last observation of the present unbroken run of `role`, and how many. */
  first: RoleObservation | null;
  last: RoleObservation | null;
  count: number;
  lastMaster: RoleObservation | null;
  lastNotMaster: RoleObservation | null;
  /** The first answer after `lastMaster` that was not MASTER. */
  firstNotMaster: RoleObservation | null;
  silentCount: number;
  /** The first unanswered poll of the present silence. */
  silence: RoleObservation | null;
  /** The last unanswered poll, of this silence or an earlier one. */
  lastSilent: RoleObservation | null;
  /** Answers without a word on the role since the last word: how many, the first and the last. */
  untold: { count: number; first: RoleObservation; last: RoleObservation } | null;
}

export function newRoleTrack(edgeId: string): RoleTrack {
  return {
    edgeId,
    role: 'unknown',
    witnesses: [],
    first: null,
    last: null,
    count: 0,
    lastMaster: null,
    lastNotMaster: null,
    firstNotMaster: null,
    silentCount: 0,
    silence: null,
    lastSilent: null,
    untold: null,
  };
}

/** Takes one observation in. An observation that ended before the last one is late, and changes nothing. */
export function observeRole(track: RoleTrack, seen: RoleObservation): RoleTrack {
  const newest = track.silence ?? track.last;
  if (newest && seen.toMonotonicMs < newest.toMonotonicMs) return track;
  if (seen.silent) {
    return { ...track, silentCount: track.silentCount + 1, silence: track.silence ?? seen, lastSilent: seen };
  }
  if (seen.role === 'unknown') {
    const { count, first } = track.untold ?? { count: 0, first: seen };
    // What was said in place of a role (an error, "no traffic") is evidence too.
    const witnesses = seen.witnesses.length > 0 ? seen.witnesses : track.witnesses;
    const untold = { count: count + 1, first, last: seen };
    // An answer without a word ends a silence, and does not bring back what was said before it.
    const run = isUnheard(track) ? { role: 'unknown' as const, first: null, count: 0 } : {};
    return { ...track, ...run, witnesses, silentCount: 0, silence: null, untold };
  }
  // What an LB was before nothing was heard of it does not go on through that time.
  const same = seen.role === track.role && !isUnheard(track);
  const master = seen.role === 'master';
  return {
    ...track,
    role: seen.role,
    witnesses: seen.witnesses,
    first: same ? (track.first ?? seen) : seen,
    last: seen,
    count: same ? track.count + 1 : 1,
    lastMaster: master ? seen : track.lastMaster,
    lastNotMaster: master ? track.lastNotMaster : seen,
    firstNotMaster: master ? null : (track.firstNotMaster ?? (track.lastMaster ? seen : null)),
    silentCount: 0,
    silence: null,
    untold: null,
  };
}

/** What the LB does now is unknown: it is silent, or it answers and nobody tells its role any more. */
export function isUnheard(track: RoleTrack): boolean {
  return isSilent(track) || isUntold(track);
}

/** Whether answers have lacked a word on the role for so long that the last word counts no more. */
export function isUntold(track: RoleTrack): boolean {
  const { untold } = track;
  if (!untold || untold.count < thresholds.untoldAnswers) return false;
  return untold.last.toMonotonicMs - untold.first.fromMonotonicMs >= thresholds.untoldMs;
}

/**
 * Whether the LB is silent: what it does now is unknown, whatever it did before. One lost packet is not silence; two polls
 * with their repeats, or three quick ones, over about two seconds are.
 */
export function isSilent(track: RoleTrack): boolean {
  if (track.silentCount < thresholds.silentRolePolls || !track.silence || !track.lastSilent) return false;
  return track.lastSilent.toMonotonicMs - track.silence.fromMonotonicMs >= thresholds.silentMs;
}
