import { describe, expect, it } from 'vitest';
import { roleChangeBracket } from '../../../../../domain/cluster/observe/role-bracket';
import { newRoleTrack, observeRole, type RoleTrack } from '../../../../../domain/cluster/observe/role-track';
import type { LbRole } from '../../../../../domain/model/role';

const look = (fromMs: number, role: LbRole | 'silent') => {
  const silent = role === 'silent';
  const toMs = fromMs + (silent ? 800 : 10);
  const times = { fromMs, toMs, fromMonotonicMs: fromMs, toMonotonicMs: toMs };
  return { ...times, silent, role: silent ? ('unknown' as const) : role, witnesses: [] };
};

/** The bracket of what the last look changed. */
function bracketOf(...looks: ReturnType<typeof look>[]): ReturnType<typeof roleChangeBracket> {
  const last = looks.at(-1)!;
  const before = looks.slice(0, -1).reduce<RoleTrack>(observeRole, newRoleTrack('a'));
  return roleChangeBracket(before, observeRole(before, last), last);
}

describe('the bracket of an LB’s role', () => {
  it('lies between the last look that told the old role and the first that told the new one', () => {
    expect(bracketOf(look(0, 'backup'), look(1_000, 'master'))).toEqual({ lastOldMs: 0, firstNewMs: 1_010 });
    expect(bracketOf(look(0, 'backup'))).toBeNull();
  });

  it('of a silence begins with the last answer and ends with the first poll without one', () => {
    const silence = [look(2_000, 'silent'), look(2_800, 'silent'), look(3_600, 'silent')];
    expect(bracketOf(look(1_000, 'master'), ...silence)).toEqual({ lastOldMs: 1_000, firstNewMs: 2_800 });
  });

  it('of a return begins with the last poll without an answer, not with what was said before the silence', () => {
    const silence = [look(2_000, 'silent'), look(2_800, 'silent'), look(9_000, 'silent')];
    expect(bracketOf(look(1_000, 'master'), ...silence, look(10_000, 'backup'))).toEqual({
      lastOldMs: 9_000,
      firstNewMs: 10_010,
    });
  });
});
