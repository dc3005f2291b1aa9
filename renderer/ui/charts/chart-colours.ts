import { useMutationObserver } from '@vueuse/core';
import { shallowRef } from 'vue';

/** The colour tokens for canvases, which cannot use CSS variables. */
export interface ChartColours {
  series: string[];
  surface: string;
  text: string;
  soft: string;
  quiet: string;
  line: string;
  hatch: string;
  down: string;
  degraded: string;
  tip: string;
  /** Filled areas and their outline, and the strongest line. */
  area: string;
  areaLine: string;
  ink: string;
}

export function readChartColours(): ChartColours {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    series: Array.from({ length: 16 }, (_, index) => token(`--s${index + 1}`)),
    surface: token('--bg-1'),
    text: token('--t-1'),
    soft: token('--t-2'),
    quiet: token('--t-3'),
    line: token('--line-2'),
    hatch: token('--hatch'),
    down: token('--down'),
    degraded: token('--degraded'),
    tip: token('--bg-2'),
    area: token('--share-b'),
    areaLine: token('--share-a'),
    ink: token('--ink'),
  };
}

/** The current theme's colours; a new object after each change of theme. */
export function useChartColours() {
  const colours = shallowRef(readChartColours());
  useMutationObserver(
    document.documentElement,
    () => {
      colours.value = readChartColours();
    },
    { attributeFilter: ['data-theme'] },
  );
  return colours;
}

/** Diagonal hatching for unknown data. */
export function hatching(
  context: CanvasRenderingContext2D,
  colour: string,
  ground: string,
): CanvasPattern | string {
  const tile = document.createElement('canvas');
  tile.width = 8;
  tile.height = 8;
  const pen = tile.getContext('2d');
  if (!pen) return ground;
  pen.fillStyle = ground;
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = colour;
  pen.lineWidth = 1.2;
  pen.beginPath();
  for (const offset of [-8, 0, 8]) {
    pen.moveTo(offset - 1, 9);
    pen.lineTo(offset + 9, -1);
  }
  pen.stroke();
  return context.createPattern(tile, 'repeat') ?? ground;
}
