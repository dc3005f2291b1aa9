import { expect, it } from 'vitest';
import { ClockSteps } from '../../../../db/model/clock-steps';

it('Steps of the wall clock are told apart from time that passes, and kept until they are recorded', () => {
  let wallMs = 1_000_000;
  let monotonicMs = 500;
  const pass = (ms: number, stepMs = 0): void => {
    wallMs += ms + stepMs;
    monotonicMs += ms;
  };
  const clock = new ClockSteps(
    () => wallMs,
    () => monotonicMs,
  );
  pass(60_000);
  expect(clock.compare()).toEqual([]);
  pass(5_000, 1_400);
  expect(clock.compare()).toEqual([]);
  pass(5_000, -3_600_000);
  const back = clock.compare();
  expect(back).toEqual([{ atMs: wallMs, byMs: -3_600_000 }]);
  pass(250, 2_000);
  const both = clock.compare();
  expect(both.map(({ byMs }) => byMs)).toEqual([-3_600_000, 2_000]);
  clock.recorded(back);
  pass(250);
  expect(clock.compare()).toEqual(both.slice(1));
});
