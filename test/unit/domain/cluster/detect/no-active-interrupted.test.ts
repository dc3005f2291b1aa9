import { describe, expect, it } from 'vitest';
import { every, moves, replay, type Look } from '../../../../fixtures/cluster/replay';

/** Both LBs stop at 10 s; what a answers from then on, and b, which stays INIT. */
const stopped = (a: Look[], b = every('b', 10.2, 30, 'init')): Look[] => [
  ...every('a', 0, 10, 'master'),
  ...every('b', 0.2, 10, 'backup'),
  ...a,
  ...b,
];

describe('a time without an active LB in which answers are missing', () => {
  it('is one when the times on both sides of a silence are together longer than a take-over', () => {
    const found = replay(
      stopped([
        ...every('a', 10, 14, 'init'),
        ...every('a', 14.9, 20, 'silent'),
        ...every('a', 20, 24, 'init'),
      ]),
    );
    expect(found).toMatchObject([{ kind: 'no-active-lb', bracket: { firstNewMs: 10_200 } }]);
  });

  it('is one while the role of an LB was not reported for a moment, again and again', () => {
    const a = every('a', 10, 30, 'init').map((look, index): Look =>
      index % 4 === 3 ? [look[0], look[1], 'source-lost'] : look,
    );
    expect(moves(replay(stopped(a)))).toEqual(['no-active-lb']);
  });

  it('is none of one length when a backup stopped meanwhile: it may have taken over', () => {
    const found = replay(
      stopped(
        [...every('a', 10, 14, 'init'), ...every('a', 14.9, 17, 'silent'), ...every('a', 17, 20, 'init')],
        [...every('b', 10.2, 14, 'backup'), ...every('b', 16.3, 20, 'init')],
      ),
    );
    expect(moves(found)).toEqual([]);
  });

  it('begins anew with every report of a master', () => {
    const found = replay(
      stopped(
        Array.from({ length: 5 }, (_, round): Look[] => [
          ...every('a', 10 + 6 * round, 13 + 6 * round, 'init'),
          ['a', 14.9 + 6 * round, 'silent'],
          ['a', 15.1 + 6 * round, 'master'],
        ]).flat(),
        every('b', 10.2, 40, 'init'),
      ),
    );
    expect(moves(found)).not.toContain('no-active-lb');
  });
});
