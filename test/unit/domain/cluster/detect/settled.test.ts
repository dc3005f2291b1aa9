import { describe, expect, it } from 'vitest';
import { newClusterTrack, type ClusterTrack } from '../../../../../domain/cluster/observe/cluster-track';
import { detect } from '../../../../../domain/cluster/detect/detect';
import { undecidedLbs } from '../../../../../domain/cluster/detect/settled';
import type { LbRole } from '../../../../../domain/model/role';

/** A cluster of a, b and c after looks at them, a second apart. `silent` is an unanswered poll. */
function after(...looks: [edge: string, role: LbRole | 'silent'][]): ClusterTrack {
  return looks.reduce(
    (track, [edge, role], i) => {
      const [fromMs, toMs] = [i * 1_000, i * 1_000 + 10];
      const silent = role === 'silent';
      const times = { fromMs, toMs, fromMonotonicMs: fromMs, toMonotonicMs: toMs };
      const seen = { ...times, silent, role: silent ? ('unknown' as const) : role, witnesses: [] };
      return detect(track, edge, seen, new Set()).track;
    },
    newClusterTrack(['a', 'b', 'c']),
  );
}

describe('the LBs worth another look', () => {
  it('are none while the active one alone says it is master, nor before there was one', () => {
    expect(undecidedLbs(after(['a', 'master'], ['b', 'backup'], ['c', 'backup']))).toEqual([]);
    expect(undecidedLbs(after(['a', 'backup'], ['b', 'backup']))).toEqual([]);
  });

  it('are the active one and all that answer when it is not master any more, or does not answer, or is not alone', () => {
    const settled = [
      ['a', 'master'],
      ['b', 'backup'],
      ['c', 'backup'],
    ] as [string, LbRole][];
    expect(undecidedLbs(after(...settled, ['a', 'init']))).toEqual(['a', 'b', 'c']);
    expect(undecidedLbs(after(...settled, ['a', 'silent']))).toEqual(['b', 'c', 'a']);
    expect(undecidedLbs(after(...settled, ['a', 'init'], ['c', 'silent']))).toEqual(['a', 'b']);
    expect(undecidedLbs(after(...settled, ['b', 'master']))).toEqual(['a', 'b', 'c']);
    expect(undecidedLbs(after(...settled, ['a', 'init'], ['b', 'master']))).toEqual([]);
  });
});
