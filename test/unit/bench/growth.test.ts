import { describe, expect, test } from 'vitest';
import { growthOf, type Growth } from '../../bench/scale/growth';
import { growthSvg } from '../../bench/scale/growth-svg';

const sizes = [100, 1_000, 4_000, 16_000];

test.each<[string, (size: number) => number, Growth]>([
  ['a constant', () => 7, 'flat'],
  ['a constant with noise', (size) => 7 + (size % 3), 'flat'],
  ['in proportion', (size) => size / 50, 'linear'],
  ['a fixed cost and a share in proportion', (size) => 100 + size / 50, 'linear'],
  [
    'a small share beside a fixed cost and noise',
    (size) => 100 + size / 100 - (size === 4_000 ? 45 : 0),
    'linear',
  ],
  ['a root', (size) => Math.sqrt(size), 'between flat and linear'],
  ['a square', (size) => size * size, 'steeper than linear'],
])('%s', (_name, value, growth) => {
  expect(growthOf(sizes.map((size) => ({ size, value: value(size) })))).toBe(growth);
});

describe('growthSvg', () => {
  const curve = {
    title: 'Polling',
    unit: '% <CPU>',
    points: sizes.map((size) => ({ size, value: size / 7 })),
  };
  const svg = growthSvg('Costs', 'edges', [curve]);

  test('names the growth, and each point has its value', () => {
    expect(svg).toContain('linear');
    expect(svg.match(/<circle/g)).toHaveLength(sizes.length);
    for (const { value } of curve.points)
      expect(svg).toContain(value.toLocaleString('en-US', { maximumSignificantDigits: 3 }));
  });

  test('escapes text and draws within its frame', () => {
    expect(svg).toContain('% &lt;CPU&gt;');
    for (const [, y] of svg.matchAll(/cy="([\d.-]+)"/g)) expect(Number(y)).toBeGreaterThan(0);
    expect(svg).not.toContain('NaN');
  });
});
