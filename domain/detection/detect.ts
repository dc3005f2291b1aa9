import type { Bracket } from '../event';
import { thresholds } from '../thresholds';
import type { ClusterTrack } from './cluster-track';
import { describeMove, mayHavePreempted, skewOf, type MoveFound } from './move';
import {
  isSilent,
  isUnheard,
  isUntold,
  observeRole,
  type RoleObservation,
  type RoleTrack,
} from './role-track';

/** What an observation made certain about a cluster. */
export type Found =
  | MoveFound
  | { kind: 'no-active-lb'; bracket: Bracket; lastActiveEdgeId: string | null }
  | { kind: 'split-brain'; edgeIds: string[]; bracket: Bracket; overlappingReadings: number }
  | { kind: 'flapping'; changes: number; windowMs: number };

/**
 * Takes one observation of one LB into its cluster's track and says what became certain by it.
 *
 * `gone` names LBs that cannot be master as far as anybody can tell although they do not answer (their whole edge is
 * down). A silent LB that is not among them leaves the question open: unknown is not "not master".
 */
export function detect(
  track: ClusterTrack,
  edgeId: string,
  seen: RoleObservation,
  gone: ReadonlySet<string>,
): { track: ClusterTrack; found: Found[] } {
  const before = track.roles[edgeId];
  if (!before) return { track, found: [] };
  const roles = { ...track.roles, [edgeId]: observeRole(before, seen) };
  const next: ClusterTrack = { ...track, roles };
  const found: Found[] = [];
  detectSplit(next, found, seen.toMonotonicMs);
  detectMove(next, found, seen, gone);
  detectNoActive(next, found, seen.toMonotonicMs, gone);
  detectFlapping(next, found, seen.toMonotonicMs);
  return { track: next, found };
}

function mastersOf(track: ClusterTrack): RoleTrack[] {
  return Object.values(track.roles).filter((role) => role.role === 'master' && !isUnheard(role));
}

/** Two masters at one instant are normal while CARP takes over; a sure overlap of some seconds is not. */
function detectSplit(track: ClusterTrack, found: Found[], nowMonotonicMs: number): void {
  const masters = mastersOf(track).sort((a, b) => started(a) - started(b));
  const [first, second] = masters;
  if (!first || !second) {
    if (!first || !hasUnheardHeir(track, nowMonotonicMs)) track.split = null;
    return;
  }
  if (track.split) {
    track.split = { ...track.split, edgeIds: masters.map((role) => role.edgeId) };
    return;
  }
  const sureFrom = Math.max(started(first), started(second));
  const sureTo = Math.min(first.last?.fromMonotonicMs ?? 0, second.last?.fromMonotonicMs ?? 0);
  const readings = Math.min(first.count, second.count);
  if (sureTo - sureFrom < thresholds.splitOverlapMs || readings < thresholds.splitReadings) return;
  const opens = second.lastNotMaster ?? second.first;
  track.split = { edgeIds: masters.map((role) => role.edgeId), sinceMs: second.first?.toMs ?? 0 };
  found.push({
    kind: 'split-brain',
    edgeIds: track.split.edgeIds,
    bracket: {
      lastOldMs: Math.round((opens?.fromMs ?? 0) - thresholds.agentLagMs),
      firstNewMs: Math.round(second.first?.toMs ?? 0),
    },
    overlappingReadings: readings,
  });
}

/**
 * When a master of a split brain yields, it may be to another of its own half: until the others were heard since, the split
 * brain is not known to be over.
 */
function hasUnheardHeir(track: ClusterTrack, nowMonotonicMs: number): boolean {
  const of = track.split?.edgeIds ?? [];
  const yieldedMs = Math.max(...of.map((id) => track.roles[id]?.firstNotMaster?.toMonotonicMs ?? -Infinity));
  if (nowMonotonicMs - yieldedMs >= thresholds.takeOverAllowanceMs) return false;
  return Object.values(track.roles).some(
    ({ edgeId, role, silentCount, last }) =>
      role === 'backup' &&
      silentCount === 0 &&
      !of.includes(edgeId) &&
      (last?.fromMonotonicMs ?? 0) < yieldedMs,
  );
}

function started(role: RoleTrack): number {
  return role.first?.toMonotonicMs ?? Infinity;
}

function detectMove(
  track: ClusterTrack,
  found: Found[],
  seen: RoleObservation,
  gone: ReadonlySet<string>,
): void {
  const old = track.activeEdgeId === null ? undefined : track.roles[track.activeEdgeId];
  const masters = mastersOf(track);
  const others = masters.filter((role) => role !== old);
  const [only] = others;
  if (!only || others.length > 1) {
    if (old?.role === 'master' && track.noActive) track.activeSinceMs = old.first?.toMs ?? seen.toMs;
    return;
  }
  if (!old) {
    track.activeEdgeId = only.edgeId;
    track.activeSinceMs = only.lastNotMaster ? (only.first?.toMs ?? seen.toMs) : null;
    return;
  }
  const silent =
    isUntold(old) ||
    (isSilent(old) &&
      (gone.has(old.edgeId) ||
        old.silentCount >= thresholds.silentPollsInDoubt ||
        !inDoubt(track, old, only)));
  // One that answers again and has not said its role yet will say it, or be silent about it for long enough.
  if (!silent && (old.role === 'master' || old.role === 'unknown')) return;
  if (track.split) return;
  const waitsSinceMs = seen.toMonotonicMs - (only.first?.toMonotonicMs ?? 0);
  if (waitsSinceMs < thresholds.takeOverAllowanceMs && aBetterMayHaveRisen(track, old, only)) return;
  const move = describeMove(track, old, only, silent, seen);
  found.push(move);
  track.activeEdgeId = only.edgeId;
  track.activeSinceMs = move.bracket.firstNewMs;
  track.moves = [
    ...track.moves,
    { fromEdgeId: old.edgeId, toEdgeId: only.edgeId, atMonotonicMs: only.first?.toMonotonicMs ?? 0 },
  ].slice(-50);
}

/**
 * Several backups may take over within a tenth of a second of each other, and the best placed of them keeps the role
 * (seen with ucarp). A worse placed one that was merely polled first is not the new LB before the better ones were heard to
 * stay BACKUP for longer than that.
 */
function aBetterMayHaveRisen(track: ClusterTrack, old: RoleTrack, next: RoleTrack): boolean {
  const nextSkew = skewOf(next) ?? 0;
  const risenMs = next.first?.toMonotonicMs ?? 0;
  return Object.values(track.roles).some((role) => {
    if (role === old || role === next || role.role !== 'backup' || role.silentCount > 0) return false;
    return (
      (skewOf(role) ?? Infinity) < nextSkew &&
      (role.last?.fromMonotonicMs ?? Infinity) < risenMs + thresholds.rivalsMs
    );
  });
}

/** The old master was seen beside the new one, or may just have been preempted: its silence may be lost packets. */
function inDoubt(track: ClusterTrack, old: RoleTrack, next: RoleTrack): boolean {
  const seenBeside = (old.lastMaster?.fromMonotonicMs ?? -Infinity) > (next.first?.toMonotonicMs ?? Infinity);
  return seenBeside || mayHavePreempted(track, old, next);
}

/** No LB is master, surely: there is an instant at which every one of them answered something else. */
function detectNoActive(
  track: ClusterTrack,
  found: Found[],
  nowMonotonicMs: number,
  gone: ReadonlySet<string>,
): void {
  const asked = Object.values(track.roles).filter((role) => !gone.has(role.edgeId));
  // A BACKUP that waits longer than a take-over hears somebody advertise (carp(4)): perhaps one that we cannot ask.
  const heardByBackup = gone.size > 0 && asked.some((role) => role.role === 'backup');
  const open =
    heardByBackup ||
    asked.some(
      (role) =>
        role.role === 'master' || role.role === 'unknown' || role.silentCount > 0 || role.untold !== null,
    );
  if (asked.length === 0 || open) {
    if (asked.some((role) => role.role === 'master' && role.silentCount === 0)) track.noActive = null;
    return;
  }
  const sureFrom = Math.max(...asked.map((role) => withoutMasterSince(role)));
  const sureTo = Math.min(...asked.map((role) => role.last?.fromMonotonicMs ?? 0));
  if (sureFrom > sureTo) return;
  const active = track.activeEdgeId === null ? undefined : track.roles[track.activeEdgeId];
  const seen = active?.firstNotMaster ?? asked[0]?.first;
  track.noActive ??= { sinceMs: active?.silence?.fromMs ?? seen?.toMs ?? 0, reported: false };
  // One that is gone was master until it fell silent, as far as anybody can tell.
  const lostMs = active && gone.has(active.edgeId) ? (active.silence?.fromMonotonicMs ?? 0) : 0;
  if (track.noActive.reported || nowMonotonicMs - Math.max(sureFrom, lostMs) < longestTakeOverMs(track))
    return;
  track.noActive = { ...track.noActive, reported: true };
  const opens = active?.lastMaster ?? seen;
  found.push({
    kind: 'no-active-lb',
    bracket: {
      lastOldMs: Math.round((opens?.fromMs ?? 0) - thresholds.agentLagMs),
      firstNewMs: Math.round(Math.max(opens?.fromMs ?? 0, track.noActive.sinceMs)),
    },
    lastActiveEdgeId: track.activeEdgeId,
  });
}

/** When an LB was first seen without the role, in its present run without it. */
function withoutMasterSince(role: RoleTrack): number {
  return role.firstNotMaster?.toMonotonicMs ?? role.first?.toMonotonicMs ?? Infinity;
}

/** Three missed advertisements of the slowest LB (carp(4)) and an allowance for the poll. */
function longestTakeOverMs(track: ClusterTrack): number {
  const intervals = Object.values(track.roles).flatMap((role) =>
    role.witnesses.map(
      (word) => (word.advbase ?? thresholds.defaultAdvbaseSeconds) + (word.advskew ?? 0) / 256,
    ),
  );
  return 3_000 * Math.max(thresholds.defaultAdvbaseSeconds, ...intervals) + thresholds.takeOverAllowanceMs;
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
