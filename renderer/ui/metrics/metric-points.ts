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
