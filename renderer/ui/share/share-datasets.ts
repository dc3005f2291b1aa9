import type { ChartDataset } from 'chart.js';
import type { ChartColours } from '../charts/chart-colours';
import { evenLines, type SharesOverTime } from './share-over-time';

/** What the chart shows: each edge's share, or its difference from an even split. */
export type ShareMode = 'share' | 'off';

export interface SharePoint {
  x: number;
  y: number | null;
}

type Dataset = ChartDataset<'line', SharePoint[]>;

/** The edges' series first, in their order, then the reference lines. */
export function shareDatasets(shares: SharesOverTime, mode: ShareMode, colours: ChartColours): Dataset[] {
  return mode === 'share'
    ? [...bands(shares, colours), ...evenDatasets(shares, colours)]
    : [...offLines(shares, colours), zeroLine(shares, colours)];
}

/** Range of the difference axis on both sides of even: the largest difference, at least 2 percentage points. */
export function offScale(shares: SharesOverTime): number {
  const furthest = shares.edges.reduce(
    (most, { off }) => off.reduce<number>((far, one) => Math.max(far, Math.abs(one ?? 0)), most),
    0,
  );
  const steps = [0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1];
  return steps.find((one) => one >= furthest) ?? 1;
}

function colourOf(number: number, colours: ChartColours): string {
  return colours.series[(number - 1) % 16] ?? colours.quiet;
}

function bands(shares: SharesOverTime, colours: ChartColours): Dataset[] {
  return shares.edges.map((edge, index) => ({
    label: edge.edgeName,
    // Unknown while others are known: the band has no height, and the label says when it ended.
    data: shares.times.map((x, step) => ({
      x,
      y: shares.carrying[step] === 0 ? null : (edge.parts[step] ?? 0),
    })),
    stack: 'share',
    backgroundColor: colourOf(edge.number, colours),
    borderColor: colours.surface,
    borderWidth: 1,
    fill: index === 0 ? 'origin' : '-1',
  }));
}

function evenDatasets(shares: SharesOverTime, colours: ChartColours): Dataset[] {
  return evenLines(shares.healthy).map((line, index) => ({
    label: `even ${index + 1}`,
    data: shares.times.map((x, step) => ({ x, y: line[step] ?? null })),
    stack: `even-${index}`,
    stepped: 'before' as const,
    borderColor: colours.text,
    borderWidth: 1,
    borderDash: [2, 3],
    fill: false,
    order: -1,
  }));
}

function offLines(shares: SharesOverTime, colours: ChartColours): Dataset[] {
  return shares.edges.map((edge) => ({
    label: edge.edgeName,
    data: shares.times.map((x, step) => ({ x, y: edge.off[step] ?? null })),
    backgroundColor: colourOf(edge.number, colours),
    borderColor: colourOf(edge.number, colours),
    borderWidth: 1.5,
    fill: false,
  }));
}

/** The even split, where it is known. */
function zeroLine(shares: SharesOverTime, colours: ChartColours): Dataset {
  return {
    label: 'even',
    data: shares.times.map((x, step) => ({ x, y: shares.healthy[step] ? 0 : null })),
    borderColor: colours.text,
    borderWidth: 1,
    borderDash: [2, 3],
    fill: false,
    order: -1,
  };
}
