import { metrics, type Metric } from './sample-scale';

/* What writing and reading a chunk of version 2 share: see encode-chunk.ts. */

/** No chunk has more rows: a damaged one must not fill the memory. */
export const mostRows = 2 ** 20;

/** Which rows have a value of a metric, as its section's first byte says: those that were answered, or those in runs. */
export const answeredOnly = 1;
export const inRuns = 2;
/** Flag of that byte: the column has the differences from another metric. */
export const differs = 4;

const references: Partial<Record<Metric, Metric>> = {
  proxyOutBitsPerSecond: 'proxyInBitsPerSecond',
  lbInBitsPerSecond: 'proxyInBitsPerSecond',
  lbOutBitsPerSecond: 'proxyInBitsPerSecond',
};

/**
 * For each metric, the index of the metric that it may be stored as a difference from, or null. A proxy sends about as much as it receives, so that
 * difference is small.
 */
export const withReference: readonly (number | null)[] = metrics.map((metric) => {
  const reference = references[metric];
  return reference === undefined ? null : metrics.indexOf(reference);
});
