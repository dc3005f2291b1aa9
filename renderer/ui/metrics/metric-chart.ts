import type { MetricFigures } from '../../../domain/model/metric-history';

/** How a line of a chart is drawn. `faint`: thin, for what is not the chart's subject. */
export type LineLook = 'area' | 'line' | 'faint' | 'bars';

/** One line of a chart: a value for each step, null where it is not known. */
export interface ChartLine {
  /** What the table and the legend call it. */
  label: string;
  values: readonly (number | null)[];
  look: LineLook;
  /** The edge whose series colour it has; null: ink. */
  edgeNumber: number | null;
  figures: MetricFigures | null;
  /** Steps whose value is only a lower bound. */
  isPartial?: readonly boolean[];
  /** Whether the figures are lower bounds. */
  hasPartialFigures?: boolean;
}

/** A value beside the chart. `exceeded`: it breaks the chart's threshold. */
export interface ShownValue {
  words: string;
  exceeded: boolean;
}

/** One of the charts on a common time axis, with a scale of its own from 0. */
export interface MetricChart {
  id: string;
  title: string;
  /** What it measures, in a sentence. */
  tip: string;
  /** The unit of the scale's labels; empty where the values name it. */
  unit: string;
  /** The values at T. */
  now: readonly ShownValue[];
  lines: readonly ChartLine[];
  /** The end of the scale. */
  top: number;
  threshold: { value: number; words: string } | null;
  /** A value in words, without `unit`. */
  words(value: number): string;
}

const roundSteps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The end of a scale from 0: the next round number at or above the largest value, and at least `least`. */
export function scaleTop(lines: readonly Pick<ChartLine, 'values'>[], least: number): number {
  let most = least;
  for (const { values } of lines)
    for (const value of values) if (value !== null && value > most) most = value;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = roundSteps.find((one) => one * power >= most * (1 - 1e-9)) ?? 10;
  return step * power;
}
