import { metrics } from './sample-scale';

/** A row of `samples` of one edge: milliseconds within its hour, answered (0 or 1), then the metrics in their order. */
export type SampleCells = readonly (number | null)[];

/** Cells before the metrics. */
export const leadingCells = 2;

/** The sections of a chunk before the metrics: times, answered. */
export const leadingSections = 2;

export const sectionOf = Object.fromEntries(
  metrics.map((metric, index) => [metric, leadingSections + index]),
) as Record<(typeof metrics)[number], number>;
