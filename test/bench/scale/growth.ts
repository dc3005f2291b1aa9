/** How a figure grows with a size. */
export type Growth = 'flat' | 'linear' | 'between flat and linear' | 'steeper than linear';

/** A figure that is this many times as large for the largest size as for the smallest is still flat: machines are noisy. */
const flatFactor = 1.5;
/**
 * What one more unit of size costs between the two largest sizes, as a multiple of what it costs below them. Beside a large fixed cost that multiple
 * is mostly noise, so a figure that grows by less than its size is never called steeper.
 */
const linearRates = { least: 0.5, most: 2 };

/**
 * Names the growth of a figure over sizes, smallest size first. A fixed cost and a cost of each unit are linear together: what counts is whether one
 * more unit costs the same at the largest sizes as below them.
 *
 * @throws RangeError where there are fewer than three points
 */
export function growthOf(points: readonly { size: number; value: number }[]): Growth {
  const [first, before, last] = [points[0], points.at(-2), points.at(-1)];
  if (!first || !before || !last || points.length < 3)
    throw new RangeError('Growth needs at least three sizes.');
  if (last.value / first.value < flatFactor) return 'flat';
  const rate = (from: typeof first, to: typeof first): number =>
    (to.value - from.value) / (to.size - from.size);
  const ratio = rate(before, last) / Math.max(rate(first, before), 0);
  const isFaster = last.value / before.value > last.size / before.size;
  if (ratio > linearRates.most && isFaster) return 'steeper than linear';
  return ratio >= linearRates.least ? 'linear' : 'between flat and linear';
}
