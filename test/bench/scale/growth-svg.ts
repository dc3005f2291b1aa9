import { html, styleElement, type Html } from '../../../domain/report/html';
import { growthOf } from './growth';

/** One figure against size. */
export interface Curve {
  title: string;
  unit: string;
  points: readonly { size: number; value: number }[];
}

const panel = { widthPx: 320, heightPx: 230, leftPx: 54, rightPx: 14, topPx: 44, bottomPx: 34 };
const columns = 3;
const headPx = 46;
/** Free space above and below the points, in decades. */
const headroom = 0.25;
const leastDecades = 1.5;

const style = styleElement(`
  svg { background: #ffffff; font: 12px system-ui, sans-serif; }
  text { fill: #1f2a33; }
  .title { font-weight: 600; font-size: 13px; }
  .quiet { fill: #55636e; }
  .axis { stroke: #9aa7b0; }
  .grid { stroke: #e3e8ec; }
  .linear { stroke: #9aa7b0; stroke-dasharray: 4 4; }
  .curve { fill: none; stroke: #0b6bcb; stroke-width: 2; }
  .point { fill: #0b6bcb; }
  @media (prefers-color-scheme: dark) {
    svg { background: #11181d; }
    text { fill: #e6edf2; }
    .quiet { fill: #9fb0bb; }
    .axis, .linear { stroke: #5d6c77; }
    .grid { stroke: #26323a; }
    .curve { stroke: #5fb0ff; }
    .point { fill: #5fb0ff; }
  }
`);

/**
 * Figures against size as small charts with logarithmic axes, as one SVG. A dashed line through the first point shows what growth in
 * proportion would be.
 */
export function growthSvg(title: string, sizeName: string, curves: readonly Curve[]): string {
  const rows = Math.ceil(curves.length / columns);
  const widthPx = columns * panel.widthPx;
  const heightPx = headPx + rows * panel.heightPx;
  const panels = curves.map((curve, index) => {
    const x = (index % columns) * panel.widthPx;
    const y = headPx + Math.floor(index / columns) * panel.heightPx;
    return html`<g transform="translate(${x} ${y})">${panelOf(curve, sizeName)}</g>`;
  });
  return `${html`<svg
    xmlns="http://www.w3.org/2000/svg"
    viewBox="0 0 ${widthPx} ${heightPx}"
    width="${widthPx}"
    height="${heightPx}"
    role="img"
    aria-label="${title}"
  >
    ${style}
    <text class="title" x="16" y="22">${title}</text>
    <text class="quiet" x="16" y="39">Both axes are logarithmic; dashed: growth in proportion to size.</text>
    ${panels}
  </svg>`}\n`;
}

function panelOf({ title, unit, points }: Curve, sizeName: string): Html[] {
  const sizes = points.map(({ size }) => size);
  const decades = points.map(({ value }) => Math.log10(value));
  const middle = (Math.min(...decades) + Math.max(...decades)) / 2;
  const spread = Math.max(leastDecades, Math.max(...decades) - Math.min(...decades) + 2 * headroom);
  const bottom = middle - spread / 2;
  const plot = {
    widthPx: panel.widthPx - panel.leftPx - panel.rightPx,
    heightPx: panel.heightPx - panel.topPx - panel.bottomPx,
  };
  const [least = 1, most = 1] = [sizes[0], sizes.at(-1)];
  const inset = 12;
  const xOf = (size: number): number =>
    panel.leftPx + inset + (Math.log(size / least) / Math.log(most / least)) * (plot.widthPx - 2 * inset);
  const yOfDecade = (decade: number): number =>
    panel.topPx + plot.heightPx * (1 - (decade - bottom) / spread);
  const yOf = (value: number): number => yOfDecade(Math.log10(value));
  const marks = range(Math.ceil(bottom), Math.floor(bottom + spread));
  const baseY = panel.topPx + plot.heightPx;
  const rightX = panel.widthPx - panel.rightPx;
  const firstValue = points[0]?.value ?? 1;
  const end = Math.min(most, least * 10 ** (bottom + spread - Math.log10(firstValue)));
  const path = points.map(({ size, value }) => `${px(xOf(size))},${px(yOf(value))}`).join(' ');
  return [
    html`<text class="title" x="${panel.leftPx}" y="18">${title}</text>`,
    html`<text class="quiet" x="${panel.leftPx}" y="34">${unit}: ${growthOf(points)}</text>`,
    ...marks.map(
      (decade) =>
        html`<line
            class="grid"
            x1="${panel.leftPx}"
            x2="${rightX}"
            y1="${px(yOfDecade(decade))}"
            y2="${px(yOfDecade(decade))}"
          />
          <text class="quiet" x="${panel.leftPx - 6}" y="${px(yOfDecade(decade) + 4)}" text-anchor="end"
            >${number(10 ** decade)}</text
          >`,
    ),
    html`<line class="axis" x1="${panel.leftPx}" x2="${rightX}" y1="${baseY}" y2="${baseY}" />`,
    ...sizes.map(
      (size) =>
        html`<text class="quiet" x="${px(xOf(size))}" y="${baseY + 16}" text-anchor="middle"
          >${number(size)}</text
        >`,
    ),
    html`<text class="quiet" x="${rightX}" y="${baseY + 30}" text-anchor="end">${sizeName}</text>`,
    html`<line
      class="linear"
      x1="${px(xOf(least))}"
      y1="${px(yOf(firstValue))}"
      x2="${px(xOf(end))}"
      y2="${px(yOf((firstValue * end) / least))}"
    />`,
    html`<polyline class="curve" points="${path}" />`,
    ...points.map(
      ({ size, value }) =>
        html`<circle class="point" cx="${px(xOf(size))}" cy="${px(yOf(value))}" r="3" />
          <text x="${px(xOf(size))}" y="${px(yOf(value) - 8)}" text-anchor="middle">${number(value)}</text>`,
    ),
  ];
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

function px(value: number): string {
  return value.toFixed(1);
}

function number(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}
