/**
 * How many of the elements, from the first, fit side by side into `roomPx`. Where not all fit, `morePx` of the room is needed
 * for the control that leads to the others.
 */
export function fittingCount(
  widthsPx: readonly number[],
  gapPx: number,
  roomPx: number,
  morePx: number,
): number {
  const ends: number[] = [];
  for (const width of widthsPx) ends.push((ends.at(-1) ?? -gapPx) + gapPx + width);
  if ((ends.at(-1) ?? 0) <= roomPx) return widthsPx.length;
  const first = ends.findIndex((end) => end > roomPx - morePx - gapPx);
  return first === -1 ? widthsPx.length : first;
}
