import { CarpElection, type RoleChange } from '../../../../demo/carp/election';
import type { CarpMemberSettings } from '../../../../demo/carp/member';

/** A CARP group under test with everything it reported. */
export interface TestGroup {
  election: CarpElection;
  changes: RoleChange[];
  advertisements: { from: string; atMs: number }[];
}

/** Members m0, m1, ... with these skews; addresses ascend with the number. */
export function members(advskews: readonly number[], advbase = 1): CarpMemberSettings[] {
  return advskews.map((advskew, i) => ({ name: `m${i}`, address: `10.0.0.${i + 1}`, advbase, advskew }));
}

/** A group from time 0; `up` starts every member at once. */
export function group(
  settings: CarpMemberSettings[],
  options: { preempt?: boolean; up?: boolean } = {},
): TestGroup {
  const changes: RoleChange[] = [];
  const advertisements: TestGroup['advertisements'] = [];
  const election = new CarpElection(
    { members: settings, preempt: options.preempt ?? true, latencyMs: 1, startMs: 0 },
    {
      roleChanged: (change) => changes.push(change),
      advertised: (from, _receivers, atMs) => advertisements.push({ from, atMs }),
    },
  );
  if (options.up ?? true) for (const { name } of settings) election.setInterfaceUp(name, true, 0);
  return { election, changes, advertisements };
}
