import type { Metric } from '../../../domain/model/history';
import type { ClusterMetric, EdgeHistory, MetricHistory } from '../../../domain/model/metric-history';
import type { ClusterView, EdgeView } from '../../../domain/model/snapshot';
import { edgeLabel } from '../../../domain/words/edge-label';
import { cpuChart, throughputChart } from './edge-charts';
import { scaleTop, type ChartLine, type LineLook, type MetricChart } from './metric-chart';
import { rateUnit, shortNumber, wholePercent } from './metric-words';
import { sumOfKnown } from '../cluster/known-sum';

/** The metrics that the charts of a cluster show. */
export const clusterMetrics = [
  'proxyInBitsPerSecond',
  'proxyOutBitsPerSecond',
  'cpuPercent',
] as const satisfies readonly Metric[];

/** The charts of all edges together: throughput as sums, and the highest CPU utilisation. */
export function clusterCharts(history: MetricHistory, cluster: ClusterView): MetricChart[] {
  const out = sumOfKnown(cluster.edges, 'proxyOutBitsPerSecond');
  const inward = sumOfKnown(cluster.edges, 'proxyInBitsPerSecond');
  const cpu = cluster.edges.flatMap((edge) => edge.cpuPercent ?? []);
  const highest = cpu.length === 0 ? null : Math.max(...cpu);
  const processor = cpuChart(
    [clusterLine('Highest CPU', history.cluster.cpuPercent, 'area')],
    commonLimit(history),
  );
  return [
    throughputChart(
      [
        clusterLine('Out', history.cluster.proxyOutBitsPerSecond, 'area'),
        clusterLine('In', history.cluster.proxyInBitsPerSecond, 'line'),
      ],
      {
        out: out.sum,
        in: inward.sum,
        isPartial: out.isPartial || inward.isPartial,
        tip: 'Traffic of the proxy interfaces of all edges: out to users and servers, in from the active LB and servers.',
      },
    ),
    {
      ...processor,
      title: 'Highest CPU',
      tip: `CPU utilisation of the edge with the highest. ${processor.tip}`,
      now: [
        {
          words: highest === null ? '–' : wholePercent(highest),
          exceeded: highest !== null && highest > (processor.threshold?.value ?? Infinity),
        },
      ],
    },
  ];
}

/** The CPU limit of all edges; null where they differ. */
function commonLimit({ edges }: MetricHistory): number | null {
  const limits = new Set(edges.map((edge) => edge.limits.cpuPercent));
  return limits.size === 1 ? ([...limits][0] ?? null) : null;
}

function clusterLine(label: string, metric: ClusterMetric | undefined, look: LineLook): ChartLine {
  return {
    label,
    values: metric?.values ?? [],
    look,
    edgeNumber: null,
    figures: metric?.figures ?? null,
    isPartial: metric?.values.map((_, step) => (metric.known[step] ?? 0) < (metric.polled[step] ?? 0)) ?? [],
    hasPartialFigures: metric?.isPartial ?? false,
  };
}

/** The same metrics with a line for each edge. */
export function perEdgeCharts(history: MetricHistory, cluster: ClusterView): MetricChart[] {
  const lines = (metric: Metric): ChartLine[] =>
    history.edges.map((edge) => edgeLine(edge, metric, edgeLabel(cluster.name, edge.edgeName)));
  return [
    ratesChart('out', 'Out', lines('proxyOutBitsPerSecond')),
    ratesChart('in', 'In', lines('proxyInBitsPerSecond')),
    {
      ...cpuChart(lines('cpuPercent'), commonLimit(history)),
      now: rangeNow(cluster.edges, 'cpuPercent', wholePercent),
    },
  ];

  function ratesChart(id: string, title: string, edgeLines: readonly ChartLine[]): MetricChart {
    const top = scaleTop(edgeLines, 1000);
    const unit = rateUnit(top);
    const words = (bits: number): string => shortNumber(bits / unit.bits);
    const metric = id === 'out' ? 'proxyOutBitsPerSecond' : 'proxyInBitsPerSecond';
    return {
      id,
      title: `${title}, each edge`,
      tip: `Traffic ${id} at the proxy interface of each edge.`,
      unit: unit.words,
      now: rangeNow(cluster.edges, metric, words),
      lines: edgeLines,
      top,
      threshold: null,
      words,
    };
  }
}

function edgeLine(edge: EdgeHistory, metric: Metric, label: string): ChartLine {
  return {
    label,
    values: edge.metrics[metric]?.avg ?? [],
    look: 'line',
    edgeNumber: edge.number,
    figures: edge.metrics[metric]?.figures ?? null,
  };
}

/** "38 to 47 %", of the edges whose value is known. */
function rangeNow(
  edges: readonly EdgeView[],
  metric: 'proxyInBitsPerSecond' | 'proxyOutBitsPerSecond' | 'cpuPercent',
  words: (value: number) => string,
): MetricChart['now'] {
  const known = edges.flatMap((edge) => edge[metric] ?? []);
  if (known.length === 0) return [{ words: '–', exceeded: false }];
  const [least, most] = [words(Math.min(...known)), words(Math.max(...known))];
  return [{ words: least === most ? most : `${least.replace(' %', '')} to ${most}`, exceeded: false }];
}
