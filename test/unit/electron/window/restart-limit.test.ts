import { expect, it } from 'vitest';
import { RestartLimit } from '../../../../electron/window/restart-limit';

it('allows three in a minute, and again when the minute is over', () => {
  const limit = new RestartLimit(3, 60_000);
  expect([0, 1000, 2000, 3000, 59_999].map((ms) => limit.allows(ms))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  expect(limit.allows(60_000)).toBe(true);
  expect(limit.allows(60_500)).toBe(false);
});
