/** How a figure changes over time: a straight line fitted by least squares. */
export interface Trend {
  /** Change of the figure in one unit of time. */
  slope: number;
  /** Half the width of the 95 % confidence interval of the slope. */
  margin: number;
  mean: number;
}

/** 97.5th percentiles of Student's t distribution by degrees of freedom; beyond 30, that of the normal distribution is near enough. */
const quantiles = [
  12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.2, 2.18, 2.16, 2.14, 2.13, 2.12, 2.11, 2.1,
  2.09, 2.09, 2.08, 2.07, 2.07, 2.06, 2.06, 2.06, 2.05, 2.05, 2.05, 2.04,
];
const normalQuantile = 1.96;

/**
 * The trend of points of time and value, of which there are at least three. The margin takes the points' deviations from the line as independent, so
 * it is too narrow for a figure that drifts slowly.
 *
 * @throws RangeError where there are fewer points
 */
export function trendOf(points: readonly (readonly [number, number])[]): Trend {
  if (points.length < 3) throw new RangeError('A trend needs at least three points.');
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanX = mean(points.map(([x]) => x));
  const meanY = mean(points.map(([, y]) => y));
  const squares = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const slope = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / squares;
  const freedom = points.length - 2;
  const residuals = points.reduce((sum, [x, y]) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0);
  const quantile = quantiles[freedom - 1] ?? normalQuantile;
  return { slope, margin: quantile * Math.sqrt(residuals / freedom / squares), mean: meanY };
}
