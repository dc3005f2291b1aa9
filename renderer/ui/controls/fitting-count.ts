/**
 * How many of the elements, from the first, fit into `roomPx`. `endsPx`: where each ends. Where not all fit, `morePx` of the room is
 * needed for the control that leads to the others.
 */
export function fittingCount(endsPx: readonly number[], roomPx: number, morePx: number): number {
  if ((endsPx.at(-1) ?? 0) <= roomPx) return endsPx.length;
  const first = endsPx.findIndex((end) => end > roomPx - morePx);
  return first === -1 ? endsPx.length : first;
}
