import type { Metric } from '../../../domain/model/history';
import type { EdgeHistory } from '../../../domain/model/metric-history';
import type { EdgeView } from '../../../domain/model/snapshot';
import { thresholds } from '../../../domain/model/thresholds';
import { count } from '../../../domain/words/amount';
import { scaleTop, type ChartLine, type LineLook, type MetricChart, type ShownValue } from './metric-chart';
import { milliseconds, rateUnit, shortNumber, wholePercent } from './metric-words';

/** The metrics that the charts of one edge show. */
export const edgeMetrics = [
  'proxyInBitsPerSecond',
  'proxyOutBitsPerSecond',
  'cpuPercent',
  'swapPercent',
  'sessions',
  'latencyMs',
] as const satisfies readonly Metric[];

/** The charts of one edge. `edge`: as it is at T, whose values stand beside them; null: not in the inventory at T. */
export function edgeCharts(history: EdgeHistory, edge: EdgeView | null): MetricChart[] {
  const line = (label: string, metric: Metric, look: LineLook): ChartLine => ({
    label,
    values: history.metrics[metric]?.avg ?? [],
    look,
    edgeNumber: null,
    figures: history.metrics[metric]?.figures ?? null,
  });
  return [
    throughputChart(
      [line('Out', 'proxyOutBitsPerSecond', 'area'), line('In', 'proxyInBitsPerSecond', 'line')],
      {
        out: edge?.proxyOutBitsPerSecond ?? null,
        in: edge?.proxyInBitsPerSecond ?? null,
        tip: 'Traffic of the proxy interface: out to users and servers, in from the active LB and servers.',
      },
    ),
    processorChart(
      [line('CPU', 'cpuPercent', 'area'), line('Swap', 'swapPercent', 'faint')],
      history.limits,
      edge,
    ),
    sessionsChart(line('Sessions', 'sessions', 'area'), edge?.sessions ?? null),
    answerTimeChart(line('Answer time', 'latencyMs', 'area'), edge?.latencyMs ?? null),
    lostPollsChart(history),
  ];
}

/** Throughput out, filled, and in, as a line, with their values at T; null: not known. */
export function throughputChart(
  lines: readonly ChartLine[],
  now: { out: number | null; in: number | null; tip: string; isPartial?: boolean },
): MetricChart {
  const top = scaleTop(lines, 1000);
  const unit = rateUnit(top);
  const words = (bits: number): string => shortNumber(bits / unit.bits);
  const shown = (bits: number | null, direction: string): ShownValue => ({
    words:
      bits === null ? `– ${direction}` : `${now.isPartial ? 'at least ' : ''}${words(bits)} ${direction}`,
    exceeded: false,
  });
  return {
    id: 'throughput',
    title: 'Throughput',
    tip: now.tip,
    unit: unit.words,
    now: [shown(now.out, 'out'), shown(now.in, 'in')],
    lines,
    top,
    threshold: null,
    words,
  };
}

function processorChart(
  lines: readonly ChartLine[],
  limits: EdgeHistory['limits'],
  edge: EdgeView | null,
): MetricChart {
  const shown = (value: number | null, limit: number, name: string): ShownValue => ({
    words: `${value === null ? '–' : wholePercent(value)}${name}`,
    exceeded: value !== null && value > limit,
  });
  return {
    ...cpuChart(lines, limits.cpuPercent),
    title: 'CPU, swap',
    tip: `CPU utilisation, filled, and swap in use, the thin line. Above ${limits.cpuPercent} % CPU or ${limits.swapPercent} % swap the edge is degraded.`,
    now: [
      shown(edge?.cpuPercent ?? null, limits.cpuPercent, ''),
      shown(edge?.swapPercent ?? null, limits.swapPercent, ' swap'),
    ],
  };
}

/** A chart of CPU utilisation. `limitPercent`: above it an edge is degraded; null: the edges' limits differ. */
export function cpuChart(lines: readonly ChartLine[], limitPercent: number | null): MetricChart {
  return {
    id: 'cpu',
    title: 'CPU',
    tip:
      limitPercent === null
        ? 'CPU utilisation. The limits of the edges differ.'
        : `CPU utilisation. Above ${limitPercent} % an edge is degraded.`,
    unit: '',
    now: [],
    lines,
    top: 100,
    threshold:
      limitPercent === null ? null : { value: limitPercent, words: `degraded above ${limitPercent} %` },
    words: wholePercent,
  };
}

function sessionsChart(line: ChartLine, now: number | null): MetricChart {
  return {
    id: 'sessions',
    title: 'Sessions',
    tip: 'Established TCP connections, as the edge reports them.',
    unit: '',
    now: [{ words: now === null ? '–' : count(now), exceeded: false }],
    lines: [line],
    top: scaleTop([line], 10),
    threshold: null,
    words: (value) => count(Math.round(value)),
  };
}

function answerTimeChart(line: ChartLine, now: number | null): MetricChart {
  return {
    id: 'answer-time',
    title: 'Answer time',
    tip: 'Time until the edge answered a poll: of SNMP, else of HTTP, else of TCP.',
    unit: '',
    now: [
      {
        words: now === null ? '–' : milliseconds(now),
        exceeded: now !== null && now > thresholds.slowAnswerMs,
      },
    ],
    lines: [line],
    top: scaleTop([line], 1),
    threshold: { value: thresholds.slowAnswerMs, words: `slow above ${thresholds.slowAnswerMs} ms` },
    words: milliseconds,
  };
}

/** Lost polls of each step, in percent; null where all were lost (no answer, which the other charts show) or none was sent. */
export function lostPercents({ answered, lost }: Pick<EdgeHistory, 'answered' | 'lost'>): (number | null)[] {
  return answered.map((count, step) => {
    const lostHere = lost[step] ?? 0;
    return count === 0 ? null : (100 * lostHere) / (count + lostHere);
  });
}

function lostPollsChart(history: EdgeHistory): MetricChart {
  const values = lostPercents(history);
  const line: ChartLine = { label: 'Polls lost', values, look: 'bars', edgeNumber: null, figures: null };
  const sum = (counts: readonly number[]): number => counts.reduce((total, one) => total + one, 0);
  const answering = history.answered.map((count, step) => (count > 0 ? (history.lost[step] ?? 0) : 0));
  const [lost, answered] = [sum(answering), sum(history.answered)];
  return {
    id: 'lost-polls',
    title: 'Polls lost',
    tip: 'Polls without any answer while others were answered. Packets that a repeated request made up for are not recorded.',
    unit: '',
    now: [
      {
        words: answered === 0 ? '–' : `${count(lost)} of ${count(lost + answered)}`,
        exceeded: false,
      },
    ],
    lines: [line],
    top: scaleTop([line], 10),
    threshold: null,
    words: (value) => `${shortNumber(value)} %`,
  };
}
