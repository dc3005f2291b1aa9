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

const leastWidthPx = 9;
const capPx = 4;

/** Draws each bracket [ ] over the full height, hatched inside; the newest is labelled in the margin above. */
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
      ctx.save();
      for (const bracket of visible) {
        const [left, right] = atLeastWide(
          x.getPixelForValue(bracket.fromMs),
          x.getPixelForValue(bracket.toMs),
        );
        ctx.fillStyle = hatching(ctx, colours.down, colours.surface);
        ctx.fillRect(left, area.top, right - left, area.height);
        drawBracket(ctx, left, right, area.top - 6, area.bottom, colours.text);
      }
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

function drawBracket(
  ctx: CanvasRenderingContext2D,
  left: number,
  right: number,
  top: number,
  bottom: number,
  colour: string,
): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.6;
  ctx.setLineDash([]);
  ctx.beginPath();
  for (const [edge, inward] of [
    [left, capPx],
    [right, -capPx],
  ] as const) {
    ctx.moveTo(edge + inward, top);
    ctx.lineTo(edge, top);
    ctx.lineTo(edge, bottom);
    ctx.lineTo(edge + inward, bottom);
  }
  ctx.stroke();
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
  const baseline = area.top - 12;
  ctx.font = strong;
  ctx.fillStyle = colours.text;
  ctx.fillText(`${title}, `, left, baseline);
  ctx.font = plain;
  ctx.fillStyle = colours.soft;
  ctx.fillText(aside, left + titleWidth, baseline);
}
