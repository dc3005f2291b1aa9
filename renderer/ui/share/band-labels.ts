import type { Plugin } from 'chart.js';
import type { ChartColours } from '../charts/chart-colours';
import { spreadLabels } from './share-over-time';

/** A label at the right end of an edge's band. `middle` is the band's middle, 0..1 from below. */
export interface EdgeLabel {
  words: string;
  strong: boolean;
  colour: string;
  middle: number;
}

const gapPx = 13;
/** Room for the lines from bands to labels that had to move. */
const leaderPx = 12;

/** Labels each band at its end, because more than eight series cannot be told apart by colour. A label that had to move is led to. */
export function edgeLabels(labels: readonly EdgeLabel[], colours: ChartColours): Plugin<'line'> {
  return {
    id: 'edgeLabels',
    afterDraw: ({ ctx, chartArea: area }) => {
      const fromTop = [...labels].sort((a, b) => b.middle - a.middle);
      const wanted = fromTop.map((label) => area.top + (1 - label.middle) * area.height);
      const places = spreadLabels(wanted, gapPx, area.top + 6, area.bottom - 6);
      ctx.save();
      ctx.textBaseline = 'middle';
      ctx.setLineDash([]);
      ctx.lineWidth = 1;
      fromTop.forEach((label, index) => {
        const y = places[index] ?? area.top;
        ctx.strokeStyle = label.colour;
        ctx.beginPath();
        ctx.moveTo(area.right + 1, wanted[index] ?? y);
        ctx.lineTo(area.right + leaderPx, y);
        ctx.stroke();
        ctx.fillStyle = label.colour;
        ctx.fillRect(area.right + leaderPx, y - 5, 10, 10);
        ctx.fillStyle = label.strong ? colours.text : colours.soft;
        ctx.font = `${label.strong ? 600 : 400} 11px 'Inter Variable', sans-serif`;
        ctx.fillText(label.words, area.right + leaderPx + 15, y, 66);
      });
      ctx.restore();
    },
  };
}
