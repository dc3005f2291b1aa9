import type { TimeRange } from '../../domain/model/history';

/** Space after now, as a part of the range, so that now can be seen as the end. */
const afterNow = 0.03;
/** T of the past stands this part of the range before its end. */
const afterPast = 0.35;
/** A history that has just begun is shown on at least this much, or the window if that is shorter. */
const leastMs = 60_000;

/**
 * The range that a timeline opens on: the time window up to now, or around `travelMs`. It begins at `firstMs`, the first reading of the
 * history, if the window begins earlier, so that what is shown is what there is. Null: no first reading is known.
 */
export function dataRange(
  { nowMs, travelMs, windowMs }: { nowMs: number; travelMs: number | null; windowMs: number },
  firstMs: number | null,
): TimeRange {
  const anchorMs = travelMs ?? nowMs;
  const after = travelMs === null ? afterNow : afterPast;
  const toMs = anchorMs + windowMs * after;
  const fromMs = toMs - windowMs;
  if (firstMs === null || firstMs <= fromMs || firstMs > anchorMs) return { fromMs, toMs };
  const lengthMs = Math.max((nowMs - firstMs) * (1 + afterNow), Math.min(leastMs, windowMs));
  const endMs = travelMs === null ? firstMs + lengthMs : Math.min(toMs, firstMs + lengthMs);
  return { fromMs: firstMs, toMs: Math.max(endMs, anchorMs + 1) };
}
