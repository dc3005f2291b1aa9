import fc from 'fast-check';
import { expect, test } from 'vitest';
import { trendOf } from '../../bench/soak/trend';

test('a straight line has its slope and no margin', () => {
  const finite = fc.integer({ min: -1_000, max: 1_000 });
  fc.assert(
    fc.property(finite, finite, fc.integer({ min: 3, max: 50 }), (slope, offset, count) => {
      const points = Array.from({ length: count }, (_, x) => [x, offset + slope * x] as const);
      const trend = trendOf(points);
      expect(trend.slope).toBeCloseTo(slope, 6);
      expect(trend.margin).toBeCloseTo(0, 6);
    }),
  );
});

test('the interval of a known example', () => {
  // Slope 0.6, residuals -0.2, 0.6, -0.4... : standard error 0.2828, t of 3 degrees of freedom 3.18.
  const { slope, margin, mean } = trendOf([
    [1, 2],
    [2, 4],
    [3, 5],
    [4, 4],
    [5, 5],
  ]);
  expect(slope).toBeCloseTo(0.6);
  expect(mean).toBe(4);
  expect(margin).toBeCloseTo(3.18 * 0.2828, 2);
});

test('two points have no interval', () => {
  expect(() =>
    trendOf([
      [1, 1],
      [2, 2],
    ]),
  ).toThrow(RangeError);
});
