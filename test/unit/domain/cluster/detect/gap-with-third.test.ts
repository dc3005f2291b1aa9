import { expect, it } from 'vitest';
import { every, replay, type Look } from '../../../../fixtures/cluster/replay';

/** a stops at 10 s, c takes over at 17 s; what b answers from 12 s on. */
const gapWith = (b: Look[]) => {
  const looks = [
    ...every('a', 0, 10, 'master'),
    ...every('a', 10, 20, 'init'),
    ...every('b', 0.2, 12, 'backup'),
    ...b,
    ...every('c', 0.4, 17, 'backup'),
    ...every('c', 17.4, 20, 'master'),
  ];
  const move = replay(looks).find((one) => 'gapMs' in one);
  return move && 'gapMs' in move ? move.gapMs : null;
};

it('a gap leaves out the time in which a third LB may have been master', () => {
  expect(gapWith(every('b', 12.2, 20, 'backup'))?.atLeast).toBeGreaterThan(5_000);
  const hidden = gapWith([...every('b', 12.8, 15.5, 'silent'), ...every('b', 15.7, 20, 'init')]);
  // It was read as INIT at 15.7 s, and c as BACKUP for the last time at 16.4 s.
  expect(hidden?.atLeast).toBeLessThanOrEqual(700);
  expect(hidden?.atMost).toBeGreaterThanOrEqual(7_000);
});
