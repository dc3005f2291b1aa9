import { describe, expect, it } from 'vitest';
import { every, moves, replay, type Look } from '../../../../fixtures/cluster/replay';

/** A split brain of a, which was the active LB, and b from 10 s on. */
const split = (untilSeconds: number): Look[] => [
  ...every('a', 0, untilSeconds, 'master'),
  ...every('b', 0.2, 10, 'backup'),
  ...every('b', 10.2, untilSeconds, 'master'),
];

describe('a master of a split brain whose agent loses the source of its role', () => {
  const lost = (untilSeconds: number): Look[] => [
    ...split(16),
    ...every('a', 16, untilSeconds, 'source-lost'),
    ...every('b', 16.2, untilSeconds, 'master'),
  ];

  it('has not lost the role because of that: the other one was master before', () => {
    const found = replay([...lost(20), ...every('a', 20, 26, 'master'), ...every('b', 20.2, 26, 'backup')]);
    expect(moves(found)).toEqual(['split-brain']);
  });

  it('has lost it when it stays so', () => {
    expect(moves(replay(lost(30)))).toEqual(['split-brain', 'failover a to b']);
  });

  it('has lost it two polls later where the other one rose after its last report', () => {
    const found = replay([
      ...every('a', 0, 10, 'master'),
      ...every('a', 10, 20, 'source-lost'),
      ...every('b', 0.2, 10, 'backup'),
      ...every('b', 10.2, 20, 'master'),
    ]);
    expect(moves(found)).toEqual(['failover a to b']);
    expect(found[0]?.atSeconds).toBeLessThanOrEqual(11.2);
  });
});

describe('a master of a split brain that is silent for two seconds', () => {
  it('has not lost the role to the heir of the other half', () => {
    const found = replay([
      ...split(16),
      ...every('b', 16.2, 26, 'backup'),
      ...every('c', 0.4, 16, 'backup'),
      ...every('c', 16.4, 26, 'master'),
      ['a', 16.9, 'silent'],
      ['a', 17.9, 'silent'],
      ['a', 18.8, 'silent'],
      ...every('a', 19.1, 26, 'master'),
    ]);
    expect(moves(found)).toEqual(['split-brain']);
  });
});

describe('two masters that are hidden together for a moment', () => {
  const both = (until: number, again: Look[]): Look[] => [
    ...every('a', 0, 12.5, 'master'),
    ...every('b', 0.2, 10, 'backup'),
    ...every('b', 10.2, 12.5, 'master'),
    ...again,
    ...every('a', until, 24, 'master'),
    ...every('b', until - 0.1, 24, 'master'),
  ];

  it('are still masters, whichever is read first afterwards', () => {
    const lost = ['a', 'b'].flatMap((edge) => every(edge, 12.6, 15, 'source-lost'));
    expect(moves(replay(both(15.2, lost)))).toEqual(['split-brain']);
    const silent = ['a', 'b'].flatMap((edge) => every(edge, 13.4, 16, 'silent'));
    expect(moves(replay(both(16.2, silent)))).toEqual(['split-brain']);
  });
});

it('a third master that is silent for a moment may be the one that is left', () => {
  const found = replay([
    ...every('a', 0, 12, 'master'),
    ...every('b', 0.2, 10, 'backup'),
    ...every('b', 10.2, 12, 'master'),
    ...every('c', 0.4, 12, 'backup'),
    ...['a', 'b', 'c'].flatMap((edge) => every(edge, 12.9, 15, 'silent')),
    ['a', 15, 'backup'],
    ['c', 15.05, 'master'],
    ['b', 15.1, 'master'],
    ...every('a', 16, 22, 'backup'),
    ...every('b', 16.1, 22, 'master'),
    ...every('c', 16.2, 22, 'backup'),
  ]);
  expect(moves(found)).toEqual(['failover a to b']);
});
