/** A chart's axis of time as it is drawn: where it begins and ends, pixels from the left, and which times those are. */
export interface DrawnAxis {
  leftPx: number;
  rightPx: number;
  fromMs: number;
  toMs: number;
}

/** What is chosen while a pointer is dragged. */
export interface DragSpan {
  leftPx: number;
  widthPx: number;
  fromMs: number;
  toMs: number;
}

/** Less than this is a click that slipped. */
export const leastDragPx = 6;
/** Closer than a few polls there is nothing to see. */
export const leastZoomMs = 10_000;

/**
 * The span between where a drag began and where it is, in whole milliseconds, whichever came first; never beyond the axis.
 * Null while it is too short to mean one.
 */
export function dragSpan(axis: DrawnAxis, startPx: number, endPx: number): DragSpan | null {
  const within = (px: number): number => Math.min(axis.rightPx, Math.max(axis.leftPx, px));
  const [leftPx, rightPx] = [within(Math.min(startPx, endPx)), within(Math.max(startPx, endPx))];
  if (rightPx - leftPx < leastDragPx || axis.rightPx <= axis.leftPx) return null;
  const msOf = (px: number): number =>
    Math.round(axis.fromMs + ((px - axis.leftPx) / (axis.rightPx - axis.leftPx)) * (axis.toMs - axis.fromMs));
  return { leftPx, widthPx: rightPx - leftPx, fromMs: msOf(leftPx), toMs: msOf(rightPx) };
}
