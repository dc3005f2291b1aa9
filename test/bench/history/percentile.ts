/** The value that so large a part of the values is no larger than, to a tenth; part 1 is the largest. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
  return Math.round(value * 10) / 10;
}
