import type { Plugin } from 'chart.js';
import { hatching, type ChartColours } from '../charts/chart-colours';

/** A change of the active LB at an unknown time between the two. */
export interface FailoverBracket {
  fromMs: number;
  toMs: number;
  /** "Failover 14:02:11.2 to 14:02:13.4". */
  title: string;
  /** "fra-02-03 to fra-02-05". */
  aside: string;
}

/** Brackets that share pixels, drawn as one mark with their count. */
export interface BracketMark {
  leftPx: number;
  rightPx: number;
  count: number;
}

const leastWidthPx = 9;
const capPx = 4;
/** Height of a mark above the data. */
const markPx = 9;

/**
 * Draws each bracket [ ] above the data, with its true extent hatched over the data, or a thin line where that is less than a mark's
 * width: many moves in a long range must not hide what they are about. The newest is labelled in the margin above.
 */
export function failoverBrackets(
  brackets: readonly FailoverBracket[],
  colours: ChartColours,
): Plugin<'line'> {
  return {
    id: 'failoverBrackets',
    afterDatasetsDraw: ({ ctx, chartArea: area, scales }) => {
      const x = scales['x'];
      if (!x) return;
      const visible = brackets.filter(({ fromMs, toMs }) => toMs >= Number(x.min) && fromMs <= Number(x.max));
      const extents = visible.map(({ fromMs, toMs }): [number, number] => [
        x.getPixelForValue(fromMs),
        x.getPixelForValue(toMs),
      ]);
      ctx.save();
      for (const [left, right] of extents) drawExtent(ctx, left, right, area, colours);
      for (const mark of bracketMarks(extents)) drawMark(ctx, mark, area.top, colours);
      const newest = visible.at(-1);
      if (newest) drawLabel(ctx, newest, x.getPixelForValue(newest.toMs), area, colours);
      ctx.restore();
    },
  };
}

/** Widens a bracket around its middle to the least visible width. */
export function atLeastWide(leftPx: number, rightPx: number): [number, number] {
  if (rightPx - leftPx >= leastWidthPx) return [leftPx, rightPx];
  const middle = (leftPx + rightPx) / 2;
  return [middle - leastWidthPx / 2, middle + leastWidthPx / 2];
}

/** The marks of brackets with these extents, left to right. Those that would overlap are one. */
export function bracketMarks(extents: readonly (readonly [number, number])[]): BracketMark[] {
  const marks: BracketMark[] = [];
  for (const [left, right] of [...extents].sort((a, b) => a[0] - b[0])) {
    const [leftPx, rightPx] = atLeastWide(left, right);
    const last = marks.at(-1);
    if (last && leftPx < last.rightPx) {
      last.rightPx = Math.max(last.rightPx, rightPx);
      last.count += 1;
    } else marks.push({ leftPx, rightPx, count: 1 });
  }
  return marks;
}

function drawExtent(
  ctx: CanvasRenderingContext2D,
  left: number,
  right: number,
  area: { top: number; bottom: number; height: number },
  colours: ChartColours,
): void {
  if (right - left >= leastWidthPx) {
    ctx.fillStyle = hatching(ctx, colours.down, 'transparent');
    ctx.fillRect(left, area.top, right - left, area.height);
  }
  ctx.strokeStyle = colours.text;
  ctx.lineWidth = 1;
  ctx.setLineDash([]);
  ctx.beginPath();
  for (const at of right - left >= leastWidthPx ? [left, right] : [(left + right) / 2]) {
    ctx.moveTo(at, area.top);
    ctx.lineTo(at, area.bottom);
  }
  ctx.stroke();
}

function drawMark(
  ctx: CanvasRenderingContext2D,
  { leftPx, rightPx, count }: BracketMark,
  areaTop: number,
  colours: ChartColours,
): void {
  const [top, bottom] = [areaTop - markPx - 1, areaTop - 1];
  ctx.strokeStyle = colours.text;
  ctx.lineWidth = 1.6;
  ctx.setLineDash([]);
  ctx.beginPath();
  for (const [edge, inward] of [
    [leftPx, capPx - 1],
    [rightPx, 1 - capPx],
  ] as const) {
    ctx.moveTo(edge + inward, top);
    ctx.lineTo(edge, top);
    ctx.lineTo(edge, bottom);
    ctx.lineTo(edge + inward, bottom);
  }
  ctx.stroke();
  if (count === 1) return;
  ctx.font = "500 9px 'Inter Variable', sans-serif";
  ctx.fillStyle = colours.text;
  ctx.textBaseline = 'middle';
  ctx.fillText(String(count), rightPx + 2, (top + bottom) / 2);
}

function drawLabel(
  ctx: CanvasRenderingContext2D,
  { title, aside }: FailoverBracket,
  anchorPx: number,
  area: { left: number; right: number; top: number },
  colours: ChartColours,
): void {
  const strong = "600 11px 'Inter Variable', sans-serif";
  const plain = "400 11px 'Inter Variable', sans-serif";
  ctx.font = strong;
  const titleWidth = ctx.measureText(`${title}, `).width;
  ctx.font = plain;
  const width = titleWidth + ctx.measureText(aside).width;
  const left = Math.min(Math.max(area.left, anchorPx - width), area.right + 80 - width);
  const baseline = area.top - 18;
  ctx.textBaseline = 'alphabetic';
  ctx.font = strong;
  ctx.fillStyle = colours.text;
  ctx.fillText(`${title}, `, left, baseline);
  ctx.font = plain;
  ctx.fillStyle = colours.soft;
  ctx.fillText(aside, left + titleWidth, baseline);
}
