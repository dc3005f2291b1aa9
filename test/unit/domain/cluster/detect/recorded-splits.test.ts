import { describe, expect, it } from 'vitest';
import { every, moves, replay } from '../../../../fixtures/cluster/replay';

describe('a split brain that loses one of its masters for good', () => {
  it('leaves the role to the other, before another LB rises in the half that lost it', () => {
    const found = replay(
      [
        ...every('a', 0, 8, 'master'),
        ...every('a', 8.9, 26, 'silent'),
        ...every('b', 0.3, 3, 'backup'),
        ...every('b', 3.1, 15, 'master'),
        ...every('b', 15.2, 26, 'backup'),
        ...every('c', 0.4, 10.5, 'backup'),
        ...every('c', 10.7, 26, 'master'),
      ],
      { skews: { a: 0, b: 20, c: 10 } },
    );
    expect(moves(found)).toEqual(['split-brain', 'failover a to b', 'split-brain', 'failback b to c']);
    expect(found[1]).toMatchObject({ bracket: { lastOldMs: 6_595, firstNewMs: 10_700 } });
  });

  it('is known since the other one rose, also where the first was not heard for a while in between', () => {
    const found = replay(
      [
        ...every('a', 0, 4, 'master'),
        ...every('a', 4.9, 7, 'silent'),
        ...every('a', 7.2, 14, 'master'),
        ...every('b', 0.5, 3, 'backup'),
        ...every('b', 3.5, 14, 'master'),
      ],
      { skews: { a: 10, b: 0 } },
    );
    expect(moves(found)).toEqual(['split-brain']);
    expect(found[0]).toMatchObject({ bracket: { lastOldMs: 2_095 } });
  });
});

describe('a split brain that loses one of its masters, whose silence is known only after the next rise', () => {
  it('is over, and what the next rise begins is another', () => {
    const found = replay(
      [
        ...every('a', 0, 20, 'master'),
        ...every('b', 0.3, 2.5, 'backup'),
        ...every('b', 2.8, 7, 'master'),
        ...every('b', 8.3, 20, 'silent'),
        ...every('c', 0.5, 9, 'backup'),
        ...every('c', 9.25, 20, 'master'),
      ],
      { skews: { a: 0, b: 10, c: 20 } },
    );
    expect(moves(found)).toEqual(['split-brain', 'split-brain']);
    expect(found[1]).toMatchObject({ edgeIds: ['a', 'c'] });
  });
});
