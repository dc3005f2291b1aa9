import type { MetricHistory } from '../../../domain/model/metric-history';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const roundStepsMs = [
  ...[1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30].map((count) => count * secondMs),
  ...[1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30].map((count) => count * minuteMs),
  ...[1, 2, 3, 4, 6, 8, 12, 24].map((count) => count * hourMs),
];
/** Assumed while the poll interval is unknown. */
const usualIntervalMs = 10_000;
/** A step every few pixels: closer ones cannot be told apart. */
const pixelsPerStep = 3;
const mostPoints = 480;
const leastPoints = 60;

/**
 * The number of steps for a range, so that a step has a round length. Each spans two polls, since a step without a poll would look
 * like missing readings. `intervalMs`: the poll interval; 0: unknown.
 */
export function metricPoints(lengthMs: number, intervalMs: number, widthPx: number): number {
  const most = Math.min(mostPoints, Math.max(leastPoints, widthPx / pixelsPerStep));
  const leastMs = Math.max(2 * (intervalMs > 0 ? intervalMs : usualIntervalMs), lengthMs / most);
  const stepMs = roundStepsMs.find((ms) => ms >= leastMs) ?? leastMs;
  return Math.max(2, Math.floor(lengthMs / stepMs));
}

/**
 * The usual time between two polls as the steps show it, of the edge that is polled least often, milliseconds: an edge may have an
 * interval of its own. 0: too few polls to tell.
 */
export function pollSpacingMs({ edges, stepMs }: Pick<MetricHistory, 'edges' | 'stepMs'>): number {
  return edges.reduce((longest, { answered, lost }) => {
    const polled = answered.flatMap((count, step) => (count + (lost[step] ?? 0) > 0 ? [step] : []));
    const apart = polled.slice(1).map((step, index) => step - (polled[index] ?? step));
    const median = apart.length < 2 ? 0 : (apart.sort((a, b) => a - b)[Math.floor(apart.length / 2)] ?? 0);
    return Math.max(longest, median * stepMs);
  }, 0);
}
