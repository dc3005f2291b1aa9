import {
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
  type ChartConfiguration,
  type ChartDataset,
} from 'chart.js';
import annotationPlugin, { type AnnotationOptions } from 'chartjs-plugin-annotation';
import { percent } from '../format/amount';
import { duration } from '../format/duration';
import { clockMinutes, clockTime, type TimeZoneChoice } from '../format/time';
import { hatching, type ChartColours } from './chart-colours';
import { failoverBrackets, type FailoverBracket } from './failover-brackets';
import { edgeLabels, type EdgeLabel } from './edge-labels';
import { evenLines, type SharesOverTime } from './share-over-time';

Chart.register(LineController, LineElement, PointElement, LinearScale, Filler, Tooltip, annotationPlugin);

Chart.defaults.font.family = "'Inter Variable', sans-serif";
Chart.defaults.font.size = 11;

export interface ShareChartInput {
  shares: SharesOverTime;
  labels: EdgeLabel[];
  brackets: FailoverBracket[];
  /** Stretches in which Heron itself did not watch. */
  gaps: readonly { fromMs: number; toMs: number }[];
  colours: ChartColours;
  zone: TimeZoneChoice;
}

type Point = { x: number; y: number | null };
const minuteMs = 60_000;

/** Everything the chart shows: stacked parts to 100 %, even lines, silences hatched, failovers bracketed. */
export function shareChartConfig(
  input: ShareChartInput,
  context: CanvasRenderingContext2D,
): ChartConfiguration<'line', Point[]> {
  const { shares, colours, zone, labels, brackets } = input;
  return {
    type: 'line',
    data: { datasets: [...edgeDatasets(input), ...evenDatasets(shares, colours)] },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      spanGaps: false,
      interaction: { mode: 'index', intersect: false },
      layout: { padding: { top: 24, right: 92 } },
      elements: { point: { radius: 0, hitRadius: 0, hoverRadius: 0 }, line: { tension: 0 } },
      scales: {
        x: {
          type: 'linear',
          min: shares.fromMs,
          max: shares.toMs,
          border: { display: false },
          grid: { display: false },
          ticks: {
            color: colours.quiet,
            maxRotation: 0,
            callback: (value) => clockMinutes(Number(value), zone),
          },
          afterBuildTicks: (axis) => {
            axis.ticks = roundTimes(shares.fromMs, shares.toMs, 5 * minuteMs).map((value) => ({ value }));
          },
        },
        y: {
          stacked: true,
          min: 0,
          max: 1,
          border: { display: false },
          grid: { color: colours.line, tickLength: 0, z: -1 },
          ticks: {
            color: colours.quiet,
            stepSize: 0.25,
            padding: 8,
            callback: (value) => `${Number(value) * 100}${value === 1 ? ' %' : ''}`,
          },
        },
      },
      plugins: {
        tooltip: {
          backgroundColor: colours.tip,
          borderColor: colours.line,
          borderWidth: 1,
          titleColor: colours.text,
          bodyColor: colours.soft,
          itemSort: (a, b) => b.datasetIndex - a.datasetIndex,
          filter: (item) =>
            item.datasetIndex < shares.edges.length &&
            (shares.edges[item.datasetIndex]?.parts[item.dataIndex] ?? null) !== null,
          callbacks: {
            title: (items) => (items[0] ? clockTime(items[0].parsed.x ?? 0, zone) : ''),
            label: (item) => `${item.dataset.label ?? ''}  ${percent(item.parsed.y ?? 0)}`,
          },
        },
        annotation: { annotations: silenceAnnotations(input, context) },
      },
    },
    plugins: [edgeLabels(labels, colours), failoverBrackets(brackets, colours)],
  };
}

function edgeDatasets({ shares, colours }: ShareChartInput): ChartDataset<'line', Point[]>[] {
  return shares.edges.map((edge, index) => ({
    label: edge.edgeName,
    // Where others are known and this one is not, its band has no height; the label says until when it was there.
    data: shares.times.map((x, step) => ({
      x,
      y: shares.carrying[step] === 0 ? null : (edge.parts[step] ?? 0),
    })),
    stack: 'share',
    backgroundColor: colours.series[(edge.number - 1) % 16] ?? colours.quiet,
    borderColor: colours.surface,
    borderWidth: 1,
    fill: index === 0 ? 'origin' : '-1',
  }));
}

function evenDatasets(shares: SharesOverTime, colours: ChartColours): ChartDataset<'line', Point[]>[] {
  return evenLines(shares.carrying).map((line, index) => ({
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

function silenceAnnotations(
  { shares, gaps, colours }: ShareChartInput,
  context: CanvasRenderingContext2D,
): Record<string, AnnotationOptions<'box'>> {
  const ground = hatching(context, colours.hatch, colours.surface);
  const spanMs = shares.toMs - shares.fromMs;
  return Object.fromEntries(
    shares.silences.map(({ fromMs, toMs }, index) => [
      `silence-${index}`,
      {
        type: 'box' as const,
        // From the last point that is drawn: what lies between it and the first unknown step is not known either.
        xMin: fromMs - shares.stepMs,
        xMax: toMs,
        backgroundColor: ground as CanvasPattern,
        borderColor: colours.quiet,
        borderDash: [3, 3],
        borderWidth: 1,
        label: {
          // Words need room: a stretch too short for them is told by the events beside the chart.
          display: (toMs - fromMs) / spanMs > 0.035,
          content: silenceWords({ fromMs, toMs }, gaps),
          rotation: (toMs - fromMs) / spanMs > 0.2 ? 0 : -90,
          color: colours.soft,
          font: { size: 11, weight: 500 },
        },
      },
    ]),
  );
}

/** What is missing, and how long: a gap's own length is exact, the chart's steps are not. */
export function silenceWords(
  silence: { fromMs: number; toMs: number },
  gaps: readonly { fromMs: number; toMs: number }[],
): string[] {
  const gap = gaps.find(({ fromMs, toMs }) => fromMs < silence.toMs && toMs > silence.fromMs);
  if (gap) return ['Nobody watched', duration(gap.toMs - gap.fromMs)];
  return ['No readings', duration(silence.toMs - silence.fromMs)];
}

/** Round times between two, for the ticks. */
export function roundTimes(fromMs: number, toMs: number, everyMs: number): number[] {
  const times: number[] = [];
  for (let at = Math.ceil(fromMs / everyMs) * everyMs; at <= toMs; at += everyMs) times.push(at);
  return times;
}
