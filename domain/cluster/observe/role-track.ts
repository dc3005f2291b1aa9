import type { LbRole, RoleWitness } from '../../model/role';
import { thresholds } from '../../model/thresholds';
import { noLoss, observeAnswer, pollsOfSilence, type PacketLoss } from './packet-loss';

/** An interval in both clocks: UTC for the record, monotonic for arithmetic. Milliseconds. */
export interface Interval {
  fromMs: number;
  toMs: number;
  fromMonotonicMs: number;
  toMonotonicMs: number;
}

/**
 * One observation of one LB. It had the role at some instant within the interval: from when the request was sent (minus how far a
 * caching agent may lag) to when the answer arrived. `silent`: no answer; role `unknown`: an answer that reports no role.
 */
export interface RoleObservation extends Interval {
  silent: boolean;
  role: LbRole;
  witnesses: RoleWitness[];
  /** The witness that reported its role is gone from an agent that goes on answering. */
  isSourceLost?: boolean;
}

/** A run of answers that reported no role: how many, the first and the last. */
export interface UnreportedRole {
  count: number;
  first: RoleObservation;
  last: RoleObservation;
  /** How many of the latest lacked the witness that reported before, and the first of those; see `isSourceLost`. */
  lostCount: number;
  firstLost: RoleObservation | null;
}

/** What is known of one LB: what bracketing its changes needs, and no more. */
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
  /** Its first report as master since `lastNotMaster`, short times without a report left out. */
  masterSince: RoleObservation | null;
  lastNotMaster: RoleObservation | null;
  /** The first answer after `lastMaster` that was not MASTER. */
  firstNotMaster: RoleObservation | null;
  /** Its role was unknown between its last report as master and its first other one. */
  lostWhileUnknown: boolean;
  /**
   * The first answer without MASTER since it may have been master: since it was, since a long silence, or since it stopped as a
   * BACKUP, which may have been after a take-over that no poll saw.
   */
  withoutMaster: RoleObservation | null;
  /** The same, or the first answer after the last poll that was not answered: an LB that is flapping may have been master meanwhile. */
  answeredWithoutMaster: RoleObservation | null;
  silentCount: number;
  /** The first unanswered poll of the present silence. */
  silence: RoleObservation | null;
  /** The one by whose end the LB was certainly silent: the first, where polls are rarely lost. */
  sureSilence: RoleObservation | null;
  /** The last unanswered poll, of this silence or an earlier one. */
  lastSilent: RoleObservation | null;
  /** How many recent polls were lost on the way. See packet-loss.ts. */
  loss: PacketLoss;
  /** Answers that reported no role since the last report. */
  unreported: UnreportedRole | null;
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
    masterSince: null,
    lastNotMaster: null,
    firstNotMaster: null,
    lostWhileUnknown: false,
    withoutMaster: null,
    answeredWithoutMaster: null,
    silentCount: 0,
    silence: null,
    sureSilence: null,
    lastSilent: null,
    loss: noLoss,
    unreported: null,
  };
}

/** Applies one observation. One that ended before the last one is late, and changes nothing. */
export function observeRole(track: RoleTrack, seen: RoleObservation): RoleTrack {
  const newest = track.silence ?? track.last;
  if (newest && seen.toMonotonicMs < newest.toMonotonicMs) return track;
  if (seen.silent) return observeSilence(track, seen);
  const loss = observeAnswer(track.loss, track.silentCount);
  const answered = { ...track, silentCount: 0, silence: null, sureSilence: null, loss };
  return seen.role === 'unknown'
    ? observeUnreported(track, answered, seen)
    : observeReported(track, answered, seen);
}

function observeSilence(track: RoleTrack, seen: RoleObservation): RoleTrack {
  const silentCount = track.silentCount + 1;
  const isSure = silentCount >= Math.min(thresholds.silentPolls, pollsOfSilence(track.loss));
  return {
    ...track,
    silentCount,
    silence: track.silence ?? seen,
    sureSilence: track.sureSilence ?? (isSure ? seen : null),
    lastSilent: seen,
  };
}

/** An answer that reports no role. */
function observeUnreported(track: RoleTrack, answered: RoleTrack, seen: RoleObservation): RoleTrack {
  const { count, first, lostCount, firstLost } = track.unreported ?? nothingUnreported(seen);
  // What was reported instead of a role (an error, "no traffic") is evidence too.
  const witnesses = seen.witnesses.length > 0 ? seen.witnesses : track.witnesses;
  const lost = seen.isSourceLost
    ? { lostCount: lostCount + 1, firstLost: firstLost ?? seen }
    : { lostCount: 0, firstLost: null };
  const unreported = { count: count + 1, first, last: seen, ...lost };
  // It ends a silence, and does not restore the role reported before that.
  const run = isRoleUnknown(track) ? { role: 'unknown' as const, first: null, count: 0 } : {};
  return { ...answered, ...run, witnesses, unreported };
}

function nothingUnreported(seen: RoleObservation): UnreportedRole {
  return { count: 0, first: seen, last: seen, lostCount: 0, firstLost: null };
}

function observeReported(track: RoleTrack, answered: RoleTrack, seen: RoleObservation): RoleTrack {
  // A role reported before an unknown time is not assumed to have continued through it.
  const broken = isRoleUnknown(track) || wasLongSilent(track, seen);
  const same = seen.role === track.role && !broken;
  const next = {
    ...answered,
    witnesses: seen.witnesses,
    unreported: null,
    role: seen.role,
    first: same ? (track.first ?? seen) : seen,
    last: seen,
    count: same ? track.count + 1 : 1,
  };
  if (seen.role === 'master') {
    const lost = {
      firstNotMaster: null,
      lostWhileUnknown: false,
      withoutMaster: null,
      answeredWithoutMaster: null,
    };
    const masterSince = isBridged(track, seen) ? (track.masterSince ?? seen) : seen;
    return { ...next, ...lost, lastMaster: seen, masterSince };
  }
  const justLost = track.lastMaster !== null && track.firstNotMaster === null;
  // Between two close reports without MASTER it was hardly master: a take-over alone takes 3 s.
  const stopped = track.role === 'backup' && seen.role !== 'backup';
  return {
    ...next,
    masterSince: null,
    lastNotMaster: seen,
    firstNotMaster: justLost ? seen : track.firstNotMaster,
    lostWhileUnknown: justLost ? broken : track.lostWhileUnknown,
    withoutMaster: broken || stopped ? seen : (track.withoutMaster ?? seen),
    answeredWithoutMaster:
      broken || stopped || track.silentCount > 0 ? seen : (track.answeredWithoutMaster ?? seen),
  };
}

/** Whether it was silent for longer than lost packets explain. */
function wasLongSilent({ silentCount, last }: RoleTrack, seen: RoleObservation): boolean {
  if (silentCount === 0 || !last) return false;
  return seen.fromMonotonicMs - last.toMonotonicMs >= thresholds.bridgedSilenceMs;
}

/** Whether its last report of a role is not longer ago than lost answers explain. */
function isBridged({ last }: RoleTrack, seen: RoleObservation): boolean {
  return last !== null && seen.fromMonotonicMs - last.toMonotonicMs < thresholds.bridgedSilenceMs;
}

/** Whether the LB's present role is unknown: it is silent, or its answers no longer report a role. */
export function isRoleUnknown(track: RoleTrack): boolean {
  return isSilent(track) || isRoleUnreported(track);
}

/** The role to show: the last one reported, until it is certain that the role is no longer known. */
export function shownRole(track: RoleTrack | undefined, enabled: boolean): LbRole {
  if (!track || !enabled) return 'not-applicable';
  return isRoleUnknown(track) ? 'unknown' : track.role;
}

/** Whether answers have reported no role long enough to discard the last reported one, or its source is gone. */
export function isRoleUnreported(track: RoleTrack): boolean {
  if (!track.unreported) return false;
  return track.unreported.lostCount >= thresholds.lostSourceAnswers || isLongUnreported(track);
}

/** Whether answers have reported no role for longer than a source of roles is away while its agent or it restarts. */
export function isLongUnreported({ unreported }: RoleTrack): boolean {
  if (!unreported || unreported.count < thresholds.unreportedAnswers) return false;
  return unreported.last.toMonotonicMs - unreported.first.fromMonotonicMs >= thresholds.unreportedMs;
}

/**
 * Whether the LB is silent, so that its present role is unknown. One lost packet is not silence; two polls with their repeats, or
 * three quick ones, over about two seconds are; more where polls are often lost.
 */
export function isSilent(track: RoleTrack): boolean {
  if (!track.silence || !track.lastSilent) return false;
  const lastedMs = track.lastSilent.toMonotonicMs - track.silence.fromMonotonicMs;
  if (track.silentCount < Math.max(thresholds.silentRolePolls, pollsOfSilence(track.loss)))
    return track.silentCount >= thresholds.silentPolls && lastedMs >= thresholds.longSilenceMs;
  return lastedMs >= thresholds.silentMs;
}

/** The LBs that report to be master. */
export function mastersOf(roles: readonly RoleTrack[]): RoleTrack[] {
  return roles.filter((role) => role.role === 'master' && !isRoleUnknown(role));
}
