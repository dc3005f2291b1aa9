import { describe, expect, it } from 'vitest';
import type { LbRole } from '../../../../../domain/model/role';
import { every, moves, replay, type Look } from '../../../../fixtures/cluster/replay';

describe('a return to the better placed LB', () => {
  const back: Look[] = [
    ...every('a', 0, 5, 'master'),
    ...every('a', 5.1, 15, 'init'),
    ...every('b', 0.3, 8, 'backup'),
  ];

  it('is a failover when both were stopped and started: nobody was preempted', () => {
    const found = replay(
      [
        ...back,
        ...every('b', 8.3, 10, 'master'),
        ...every('b', 10.3, 18, 'init'),
        ...every('a', 15.1, 18, 'backup'),
        ...every('b', 18.3, 24, 'backup'),
        ...every('a', 18.9, 24, 'master'),
      ],
      { skews: { a: 0, b: 10 } },
    );
    expect(moves(found)).toEqual(['failover a to b', 'no-active-lb', 'failover b to a']);
  });

  it('is a failover when the worse one was not heard before it was BACKUP: its edge was away', () => {
    const found = replay(
      [
        ...back,
        ...every('b', 8.3, 10, 'master'),
        ...every('b', 11.1, 18, 'silent'),
        ...every('a', 15.1, 18, 'init'),
        ['b', 18.3, 'backup'],
        ['a', 18.4, 'backup'],
        ['a', 18.9, 'master'],
        ['b', 19.3, 'backup'],
      ],
      { skews: { a: 0, b: 10 } },
    );
    expect(moves(found)).toEqual(['failover a to b', 'failover b to a']);
  });

  const taken = (old: string, next: string, atSeconds: number, oldAfter: LbRole, gapSeconds = 0): Look[] => [
    [old, atSeconds, 'master'],
    [next, atSeconds + 0.1, 'backup'],
    [old, atSeconds + 1, oldAfter],
    [next, atSeconds + 1.05 + gapSeconds, 'master'],
    [old, atSeconds + 1.2 + gapSeconds, oldAfter],
  ];

  it('is a failback after two failovers, too, and a loss to one that was preempted before is none, without any skew', () => {
    const found = replay([
      ...taken('a', 'b', 0, 'init', 3),
      ...taken('b', 'c', 10, 'init', 3),
      ...taken('c', 'a', 20, 'backup'),
      // Demoted: it yields to one that it had preempted itself, and comes back.
      ...taken('a', 'c', 40, 'backup'),
      ...taken('c', 'a', 50, 'backup'),
    ]);
    expect(moves(found)).toEqual([
      'failover a to b',
      'failover b to c',
      'failback c to a',
      'failover a to c',
      'failback c to a',
      'flapping',
    ]);
  });

  it('is a failback by traffic alone, unless the edge that lost it is not well', () => {
    const looks = [...taken('a', 'b', 0, 'backup', 3), ...taken('b', 'a', 20, 'backup')];
    const words = { witness: 'traffic', cacheMs: 1_000 } as const;
    expect(moves(replay(looks, words))).toEqual(['failover a to b', 'failback b to a']);
    expect(moves(replay(looks, { ...words, unwell: ['b'] }))).toEqual(['failover a to b', 'failover b to a']);
  });
});

describe('polls that get lost', () => {
  /** Every third poll of a is lost, as was every third before. */
  const losing = (fromSeconds: number, toSeconds: number, role: LbRole): Look[] =>
    every('a', fromSeconds, toSeconds, role).map(([edge, at, said], i) => [
      edge,
      at,
      i % 3 === 2 ? 'silent' : said,
    ]);

  it('are no silence of an LB whose polls are often lost: two lost in a row move nothing', () => {
    const looks: Look[] = [
      ...losing(0, 60, 'master'),
      ...every('a', 60.8, 64, 'silent'),
      ...losing(64.8, 90, 'master'),
      ...every('b', 0.5, 62, 'backup'),
      ...every('b', 62.5, 64, 'master'),
      ...every('b', 64.5, 90, 'backup'),
    ];
    expect(moves(replay(looks))).toEqual([]);
    // The same silence of one whose polls never got lost is one.
    const sure = looks.filter(([edge, at, role]) => edge !== 'a' || at > 60 || role !== 'silent');
    expect(moves(replay(sure))[0]).toBe('failover a to b');
  });

  it('do not hide that nobody is active: each said so again and again for longer than a take-over', () => {
    const losses = (edge: string, shift: number): Look[] =>
      every(edge, 10 + shift, 25, 'init').map(([id, at, role], i) => [id, at, i % 3 === 1 ? 'silent' : role]);
    const found = replay([
      ...every('a', 0, 10, 'master'),
      ...every('b', 0.5, 10, 'backup'),
      ...losses('a', 0.2),
      ...losses('b', 1.5),
    ]);
    expect(moves(found)).toEqual(['no-active-lb']);
  });
});

describe('words from a cache', () => {
  it('that still say BACKUP do not make a time without a master: the LB may have taken over since', () => {
    const looks: Look[] = [
      ...every('a', 0, 6, 'master'),
      ...every('a', 6.5, 16, 'init'),
      ...every('b', 0.2, 13.5, 'backup'),
      ...every('b', 13.7, 16, 'master'),
    ];
    expect(moves(replay(looks, { cacheMs: 5_000 }))).toEqual(['failover a to b']);
    expect(moves(replay(looks))).toEqual(['no-active-lb', 'failover a to b']);
  });

  it('may have held on beyond the rise of another: the loss of one that fell silent lies before its silence was known', () => {
    const looks: Look[] = [
      ...every('a', 0, 8, 'master'),
      ...every('a', 8.9, 12, 'silent'),
      ...every('b', 0.2, 3, 'backup'),
      ...every('b', 3.2, 12, 'master'),
    ];
    const [move] = replay(looks, { cacheMs: 5_000 });
    expect(move).toMatchObject({ kind: 'failover', bracket: { firstNewMs: (move?.atSeconds ?? 0) * 1000 } });
  });
});

describe('an LB that stopped', () => {
  it('may have been master between two looks: the time without one begins at the latest when it was seen stopped', () => {
    const found = replay([
      ...every('a', 0, 5, 'master'),
      ...every('a', 5.1, 20, 'init'),
      ...every('b', 0.3, 8, 'backup'),
      ...every('b', 9.3, 20, 'init'),
    ]);
    expect(found).toMatchObject([{ kind: 'no-active-lb', bracket: { firstNewMs: 9_300 } }]);
  });
});
