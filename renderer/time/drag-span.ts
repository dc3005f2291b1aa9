/** A chart's time axis as drawn: its ends in pixels from the left, and their times. */
export interface DrawnAxis {
  leftPx: number;
  rightPx: number;
  fromMs: number;
  toMs: number;
}

/** The span selected by dragging. */
export interface DragSpan {
  leftPx: number;
  widthPx: number;
  fromMs: number;
  toMs: number;
}

/** Shorter drags count as clicks. */
export const leastDragPx = 6;
/** A window shorter than a few polls shows nothing. */
export const leastZoomMs = 10_000;

/**
 * The span between where a drag began and where it is, in whole milliseconds, in either direction; never beyond the axis.
 * Null while it is too short to count.
 */
export function dragSpan(axis: DrawnAxis, startPx: number, endPx: number): DragSpan | null {
  const within = (px: number): number => Math.min(axis.rightPx, Math.max(axis.leftPx, px));
  const [leftPx, rightPx] = [within(Math.min(startPx, endPx)), within(Math.max(startPx, endPx))];
  if (rightPx - leftPx < leastDragPx || axis.rightPx <= axis.leftPx) return null;
  const msOf = (px: number): number =>
    Math.round(axis.fromMs + ((px - axis.leftPx) / (axis.rightPx - axis.leftPx)) * (axis.toMs - axis.fromMs));
  return { leftPx, widthPx: rightPx - leftPx, fromMs: msOf(leftPx), toMs: msOf(rightPx) };
}
