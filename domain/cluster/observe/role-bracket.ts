import type { Bracket } from '../../model/event';
import { isRoleUnknown, type RoleObservation, type RoleTrack } from './role-track';

/**
 * Between which looks the role that is known of an LB changed, by `seen`; null when nothing was known before. Silence is a
 * state of its own: it begins between the last look that was answered and the first that surely was not, and ends between
 * the last one that was not answered and the first that was.
 */
export function roleChangeBracket(
  before: RoleTrack,
  after: RoleTrack,
  seen: RoleObservation,
): Bracket | null {
  const unheard = (before.silence ? before.lastSilent : null) ?? before.unreported?.last ?? null;
  const lastOld = before.role === 'unknown' || isRoleUnknown(before) ? unheard : before.last;
  if (!lastOld) return null;
  const firstNew = isRoleUnknown(after) ? (after.sureSilence ?? after.unreported?.first ?? seen) : seen;
  return { lastOldMs: Math.round(lastOld.fromMs), firstNewMs: Math.round(firstNew.toMs) };
}
