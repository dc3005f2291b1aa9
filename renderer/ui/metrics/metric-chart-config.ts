import type { ChartConfiguration, ChartDataset } from 'chart.js';
import type { ChartColours } from '../charts/chart-colours';
import type { ChartLine, MetricChart } from './metric-chart';

/** The time axis that all charts of a stack share. */
export interface MetricAxis {
  fromMs: number;
  toMs: number;
  stepMs: number;
  /** Start of each step, UTC milliseconds. */
  times: readonly number[];
  widthPx: number;
}

type Dataset = ChartDataset<'line' | 'bar', { x: number; y: number | null }[]>;

/** A chart whose drawing area is the whole canvas, so that a time has the same place in each of a stack. */
export function metricChartConfig(
  chart: MetricChart,
  axis: MetricAxis,
  colours: ChartColours,
): ChartConfiguration<'line' | 'bar', { x: number; y: number | null }[]> {
  const lines = chart.lines.map((line) => datasetOf(line, axis, colours));
  const threshold = chart.threshold && chart.threshold.value <= chart.top ? chart.threshold.value : null;
  return {
    type: 'line',
    data: { datasets: threshold === null ? lines : [...lines, thresholdLine(threshold, axis, colours)] },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      events: [],
      layout: { padding: 0, autoPadding: false },
      elements: { line: { tension: 0 } },
      scales: {
        x: { type: 'linear', display: false, min: axis.fromMs, max: axis.toMs },
        y: { type: 'linear', display: false, min: 0, max: chart.top },
      },
      plugins: { tooltip: { enabled: false }, annotation: { annotations: {} } },
    },
  };
}

function datasetOf(line: ChartLine, axis: MetricAxis, colours: ChartColours): Dataset {
  // A value is of the whole step: it is drawn at its middle.
  const data = axis.times.map((ms, step) => ({ x: ms + axis.stepMs / 2, y: line.values[step] ?? null }));
  const colour = colourOf(line, colours);
  if (line.look === 'bars') {
    const stepPx = (axis.stepMs / Math.max(1, axis.toMs - axis.fromMs)) * axis.widthPx;
    const barThickness = Math.max(2, Math.round(stepPx * 0.7));
    const bars = data.map(({ x, y }) => ({ x, y: y === 0 ? null : y }));
    return { type: 'bar', label: line.label, data: bars, backgroundColor: colours.text, barThickness };
  }
  return {
    type: 'line',
    label: line.label,
    data,
    spanGaps: false,
    borderColor: colour,
    borderWidth: line.look === 'faint' ? 1 : 1.5,
    backgroundColor: line.look === 'area' ? colours.area : 'transparent',
    fill: line.look === 'area' ? 'origin' : false,
    // A value between two unknown ones has no line.
    pointRadius: line.values.map((value, step) => (isAlone(line.values, step) && value !== null ? 1.5 : 0)),
    // A lower bound.
    segment: { borderDash: ({ p1DataIndex }) => (line.isPartial?.[p1DataIndex] ? [2, 2] : undefined) },
    pointBackgroundColor: colour,
    pointBorderWidth: 0,
    order: line.look === 'area' ? 1 : 0,
  };
}

function isAlone(values: ChartLine['values'], step: number): boolean {
  return (values[step - 1] ?? null) === null && (values[step + 1] ?? null) === null;
}

function colourOf(line: ChartLine, colours: ChartColours): string {
  if (line.edgeNumber !== null) return colours.series[(line.edgeNumber - 1) % 16] ?? colours.quiet;
  return line.look === 'line' ? colours.ink : line.look === 'area' ? colours.areaLine : colours.soft;
}

function thresholdLine(value: number, { fromMs, toMs }: MetricAxis, colours: ChartColours): Dataset {
  return {
    type: 'line',
    label: 'threshold',
    data: [
      { x: fromMs, y: value },
      { x: toMs, y: value },
    ],
    borderColor: colours.degraded,
    borderWidth: 1,
    borderDash: [4, 3],
    pointRadius: 0,
    fill: false,
    order: -1,
  };
}
