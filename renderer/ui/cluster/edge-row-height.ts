import { isProblem } from '../../../domain/model/health';
import type { EdgeView } from '../../../domain/model/snapshot';

/** Height of the line with an edge's worst reason, below its row, pixels. */
export const reasonLinePx = 22;

/** Height of an edge's row with its reason, pixels, so that a picture beside the table can align with it. */
export function edgeRowHeightPx({ health, reasons }: EdgeView, rowPx: number): number {
  return isProblem(health) && reasons.length > 0 ? rowPx + reasonLinePx : rowPx;
}
