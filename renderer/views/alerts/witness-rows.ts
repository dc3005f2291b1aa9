import type { LbRole, RoleWitness } from '../../../domain/model/role';
import { roleWords, witnessWords } from '../../../domain/words/roles';

/** What each kind of source reports, over the LBs that it was read of: "MASTER on 1, BACKUP on 3 of 4 edges". */
export function witnessRows(witnesses: readonly RoleWitness[]): { name: string; words: string }[] {
  const byKind = new Map<RoleWitness['witness'], Map<LbRole, number>>();
  for (const { witness, role } of witnesses) {
    const roles = byKind.get(witness) ?? new Map<LbRole, number>();
    byKind.set(witness, roles.set(role, (roles.get(role) ?? 0) + 1));
  }
  return [...byKind].map(([kind, roles]) => {
    const total = [...roles.values()].reduce((sum, count) => sum + count, 0);
    const words = [...roles]
      .sort(([, some], [, other]) => some - other)
      .map(([role, count]) => `${roleWords[role]} on ${count}`);
    const name = witnessWords[kind];
    return {
      name: name.charAt(0).toUpperCase() + name.slice(1),
      words: `${words.join(', ')} of ${total} ${total === 1 ? 'edge' : 'edges'}`,
    };
  });
}
