import { percent, signedPoints } from '../../../domain/words/amount';
import {
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
  type ChartConfiguration,
} from 'chart.js';
import annotationPlugin, { type AnnotationOptions } from 'chartjs-plugin-annotation';
import { tickWords } from '../../time/tick-labels';
import { clockTime, type TimeZoneChoice } from '../../../domain/words/clock';
import { ticksOf, type Tick } from '../../time/time-scale';
import { hatching, type ChartColours } from '../charts/chart-colours';
import { silenceWords } from '../charts/silence-words';
import { failoverBrackets, type FailoverBracket } from './failover-brackets';
import { edgeLabels, type EdgeLabel } from './band-labels';
import { offScale, shareDatasets, type ShareMode, type SharePoint } from './share-datasets';
import type { SharesOverTime } from './share-over-time';

Chart.register(LineController, LineElement, PointElement, LinearScale, Filler, Tooltip, annotationPlugin);

Chart.defaults.font.family = "'Inter Variable', sans-serif";
Chart.defaults.font.size = 11;

export interface ShareChartInput {
  shares: SharesOverTime;
  mode: ShareMode;
  labels: EdgeLabel[];
  brackets: FailoverBracket[];
  /** Time ranges in which Heron was not monitoring. */
  gaps: readonly { fromMs: number; toMs: number }[];
  /** Start of the history, UTC milliseconds; null: not known. */
  beganMs: number | null;
  colours: ChartColours;
  zone: TimeZoneChoice;
}

/** The chart: the edges' series, even split, missing readings hatched, failovers bracketed. */
export function shareChartConfig(
  input: ShareChartInput,
  context: CanvasRenderingContext2D,
): ChartConfiguration<'line', SharePoint[]> {
  const { shares, mode, colours, zone, labels, brackets } = input;
  const words = mode === 'share' ? percent : (off: number) => `${signedPoints(off)} points`;
  return {
    type: 'line',
    data: { datasets: shareDatasets(shares, mode, colours) },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      spanGaps: false,
      interaction: { mode: 'index', intersect: false },
      layout: { padding: { top: 32, right: 94 } },
      elements: { point: { radius: 0, hitRadius: 0, hoverRadius: 0 }, line: { tension: 0 } },
      scales: { x: timeAxis(input), y: mode === 'share' ? shareAxis(colours) : offAxis(shares, colours) },
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
            label: (item) => `${item.dataset.label ?? ''}  ${words(item.parsed.y ?? 0)}`,
          },
        },
        annotation: { annotations: silenceAnnotations(input, context) },
      },
    },
    plugins: [edgeLabels(labels, colours), failoverBrackets(brackets, colours)],
  };
}

function timeAxis({ shares, colours, zone }: ShareChartInput) {
  let stepMs = 0;
  let ticks: readonly Tick[] = [];
  return {
    type: 'linear' as const,
    min: shares.fromMs,
    max: shares.toMs,
    border: { display: false },
    grid: { display: false },
    ticks: {
      color: colours.quiet,
      maxRotation: 0,
      callback: (value: number | string) => {
        const tick = ticks.find(({ ms }) => ms === Number(value));
        return tick ? tickWords(tick, stepMs, shares.toMs, zone) : '';
      },
    },
    afterBuildTicks: (axis: { width: number; ticks: { value: number }[] }) => {
      const scale = { fromMs: shares.fromMs, toMs: shares.toMs, widthPx: Math.max(200, axis.width) };
      ({ ticks, stepMs } = ticksOf(scale, zone));
      axis.ticks = ticks.map(({ ms }) => ({ value: ms }));
    },
  };
}

function shareAxis(colours: ChartColours) {
  return {
    stacked: true,
    min: 0,
    max: 1,
    border: { display: false },
    grid: { color: colours.line, tickLength: 0, z: -1 },
    ticks: {
      color: colours.quiet,
      stepSize: 0.25,
      padding: 8,
      callback: (value: number | string) => `${Number(value) * 100}${value === 1 ? ' %' : ''}`,
    },
  };
}

/** The same scale above and below even. */
function offAxis(shares: SharesOverTime, colours: ChartColours) {
  const most = offScale(shares);
  return {
    stacked: false,
    min: -most,
    max: most,
    border: { display: false },
    grid: { color: colours.line, tickLength: 0, z: -1 },
    ticks: {
      color: colours.quiet,
      stepSize: most / 2,
      padding: 8,
      callback: (value: number | string) => signedPoints(Number(value)),
    },
  };
}

function silenceAnnotations(
  { shares, gaps, beganMs, colours }: ShareChartInput,
  context: CanvasRenderingContext2D,
): Record<string, AnnotationOptions<'box'>> {
  const ground = hatching(context, colours.hatch, colours.surface);
  const spanMs = shares.toMs - shares.fromMs;
  return Object.fromEntries(
    shares.silences.map(({ fromMs, toMs }, index) => [
      `silence-${index}`,
      {
        type: 'box' as const,
        // Starts at the last drawn point, since the time between it and the first unknown step is unknown too.
        xMin: fromMs - shares.stepMs,
        xMax: toMs,
        backgroundColor: ground as CanvasPattern,
        borderColor: colours.quiet,
        borderDash: [3, 3],
        borderWidth: 1,
        label: {
          // Too short for a label; the events list the gap.
          display: (toMs - fromMs) / spanMs > 0.035,
          content: silenceWords({ fromMs, toMs }, gaps, beganMs),
          rotation: (toMs - fromMs) / spanMs > 0.2 ? 0 : -90,
          color: colours.soft,
          font: { size: 11, weight: 500 },
        },
      },
    ]),
  );
}
