import type { LbRole, RoleWitness } from '../../model/role';
import { thresholds } from '../../model/thresholds';
import { noLoss, observeAnswer, pollsOfSilence, type PacketLoss } from './packet-loss';

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
  /** It was not heard between its last word as master and its first other one. */
  lostWhileUnknown: boolean;
  /**
   * The first answer without MASTER since it may have been master: since it was, since it was not heard for long, or since it
   * stopped as a BACKUP, which it may have done after a take-over that no poll saw.
   */
  withoutMaster: RoleObservation | null;
  silentCount: number;
  /** The first unanswered poll of the present silence. */
  silence: RoleObservation | null;
  /** The one of them by whose end the LB was surely silent: the first, where polls are hardly ever lost. */
  sureSilence: RoleObservation | null;
  /** The last unanswered poll, of this silence or an earlier one. */
  lastSilent: RoleObservation | null;
  /** How many polls of late were lost on the way: one of an answering LB. See packet-loss.ts. */
  loss: PacketLoss;
  /** Answers without a word on the role since the last word: how many, the first and the last. */
  unreported: { count: number; first: RoleObservation; last: RoleObservation } | null;
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
    lostWhileUnknown: false,
    withoutMaster: null,
    silentCount: 0,
    silence: null,
    sureSilence: null,
    lastSilent: null,
    loss: noLoss,
    unreported: null,
  };
}

/** Takes one observation in. An observation that ended before the last one is late, and changes nothing. */
export function observeRole(track: RoleTrack, seen: RoleObservation): RoleTrack {
  const newest = track.silence ?? track.last;
  if (newest && seen.toMonotonicMs < newest.toMonotonicMs) return track;
  if (seen.silent) {
    const silentCount = track.silentCount + 1;
    const sure = silentCount >= Math.min(thresholds.silentPolls, pollsOfSilence(track.loss));
    return {
      ...track,
      silentCount,
      silence: track.silence ?? seen,
      sureSilence: track.sureSilence ?? (sure ? seen : null),
      lastSilent: seen,
    };
  }
  const loss = observeAnswer(track.loss, track.silentCount);
  if (seen.role === 'unknown') {
    const { count, first } = track.unreported ?? { count: 0, first: seen };
    // What was said in place of a role (an error, "no traffic") is evidence too.
    const witnesses = seen.witnesses.length > 0 ? seen.witnesses : track.witnesses;
    const unreported = { count: count + 1, first, last: seen };
    // An answer without a word ends a silence, and does not bring back what was said before it.
    const run = isRoleUnknown(track) ? { role: 'unknown' as const, first: null, count: 0 } : {};
    return {
      ...track,
      ...run,
      witnesses,
      silentCount: 0,
      silence: null,
      sureSilence: null,
      loss,
      unreported,
    };
  }
  // What an LB was before nothing was heard of it does not go on through that time.
  const broken = isRoleUnknown(track) || wasLongSilent(track, seen);
  const same = seen.role === track.role && !broken;
  const ran = {
    witnesses: seen.witnesses,
    silentCount: 0,
    silence: null,
    sureSilence: null,
    loss,
    unreported: null,
  };
  const run = {
    role: seen.role,
    first: same ? (track.first ?? seen) : seen,
    last: seen,
    count: same ? track.count + 1 : 1,
  };
  if (seen.role === 'master') {
    const lost = { firstNotMaster: null, lostWhileUnknown: false, withoutMaster: null };
    return { ...track, ...ran, ...run, ...lost, lastMaster: seen };
  }
  const justLost = track.lastMaster !== null && track.firstNotMaster === null;
  // Between two words without MASTER that are not far apart it hardly was: a take-over alone takes 3 s.
  const stopped = track.role === 'backup' && seen.role !== 'backup';
  return {
    ...track,
    ...ran,
    ...run,
    lastNotMaster: seen,
    firstNotMaster: justLost ? seen : track.firstNotMaster,
    lostWhileUnknown: justLost ? broken : track.lostWhileUnknown,
    withoutMaster: broken || stopped ? seen : (track.withoutMaster ?? seen),
  };
}

/** Nothing was heard of it for longer than lost packets explain. */
function wasLongSilent({ silentCount, last }: RoleTrack, seen: RoleObservation): boolean {
  if (silentCount === 0 || !last) return false;
  return seen.fromMonotonicMs - last.toMonotonicMs >= thresholds.bridgedSilenceMs;
}

/** What the LB does now is unknown: it is silent, or it answers and nobody tells its role any more. */
export function isRoleUnknown(track: RoleTrack): boolean {
  return isSilent(track) || isRoleUnreported(track);
}

/** The role to show: the last one reported, until it is certain that the LB is not heard of any more. */
export function shownRole(track: RoleTrack | undefined, enabled: boolean): LbRole {
  if (!track || !enabled) return 'not-applicable';
  return isRoleUnknown(track) ? 'unknown' : track.role;
}

/** Whether answers have lacked a word on the role for so long that the last word counts no more. */
export function isRoleUnreported(track: RoleTrack): boolean {
  const { unreported } = track;
  if (!unreported || unreported.count < thresholds.unreportedAnswers) return false;
  return unreported.last.toMonotonicMs - unreported.first.fromMonotonicMs >= thresholds.unreportedMs;
}

/**
 * Whether the LB is silent: what it does now is unknown, whatever it did before. One lost packet is not silence; two polls
 * with their repeats, or three quick ones, over about two seconds are; more where polls are often lost.
 */
export function isSilent(track: RoleTrack): boolean {
  if (!track.silence || !track.lastSilent) return false;
  const lastedMs = track.lastSilent.toMonotonicMs - track.silence.fromMonotonicMs;
  if (track.silentCount < Math.max(thresholds.silentRolePolls, pollsOfSilence(track.loss)))
    return track.silentCount >= thresholds.silentPolls && lastedMs >= thresholds.longSilenceMs;
  return lastedMs >= thresholds.silentMs;
}

/** The LBs that are heard to be master. */
export function mastersOf(roles: Readonly<Record<string, RoleTrack>>): RoleTrack[] {
  return Object.values(roles).filter((role) => role.role === 'master' && !isRoleUnknown(role));
}
