import type { Bracket } from '../../model/event';
import { isRoleUnknown, type RoleObservation, type RoleTrack } from './role-track';

/**
 * Between which readings the known role of an LB changed, `seen` being the latest; null when no role was known before. Silence is a
 * separate state: it starts between the last answered poll and the first that was certainly not answered, and ends between the
 * last unanswered poll and the first answered one.
 */
export function roleChangeBracket(
  before: RoleTrack,
  after: RoleTrack,
  seen: RoleObservation,
): Bracket | null {
  const lastUnknown = (before.silence ? before.lastSilent : null) ?? before.unreported?.last ?? null;
  const lastOld = before.role === 'unknown' || isRoleUnknown(before) ? lastUnknown : before.last;
  if (!lastOld) return null;
  const firstNew = isRoleUnknown(after) ? (after.sureSilence ?? after.unreported?.first ?? seen) : seen;
  return { lastOldMs: Math.floor(lastOld.fromMs), firstNewMs: Math.ceil(firstNew.toMs) };
}
