/** One value of a metric, with its labels. */
export interface MetricSample {
  labels: Readonly<Record<string, string>>;
  value: number;
  /** Of a summary: which of its two values. */
  part?: 'sum' | 'count';
}

/** A metric. Names of counters have no `_total`, those of `info` no `_info`: each form of the text adds what it wants. */
export interface Metric {
  name: string;
  type: 'gauge' | 'counter' | 'info' | 'summary';
  /** The base unit that its name ends with, if it has one. */
  unit?: 'seconds' | 'ratio';
  help: string;
  samples: readonly MetricSample[];
}

/** The forms that scrapers ask for, by their media types. */
export const metricForms = {
  openMetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
  prometheus: 'text/plain; version=0.0.4; charset=utf-8',
} as const;
export type MetricForm = keyof typeof metricForms;

/**
 * Metrics as OpenMetrics 1.0 (https://prometheus.io/docs/specs/om/open_metrics_spec/) or in Prometheus' older text format. A set of labels that
 * comes twice is written once, because a scraper would refuse all of it.
 */
export function metricsText(metrics: readonly Metric[], form: MetricForm): string {
  const isOpen = form === 'openMetrics';
  const lines = metrics.flatMap((metric) => {
    const sampleName = `${metric.name}${suffixes[metric.type]}`;
    // OpenMetrics describes the family, the older format what each line is called.
    const described = isOpen || metric.type === 'summary' ? metric.name : sampleName;
    const type = !isOpen && metric.type === 'info' ? 'gauge' : metric.type;
    return [
      `# HELP ${described} ${escaped(metric.help, isOpen)}`,
      `# TYPE ${described} ${type}`,
      ...(isOpen && metric.unit ? [`# UNIT ${described} ${metric.unit}`] : []),
      ...new Map(
        metric.samples.map((sample) => {
          const { part, labels, value } = sample;
          const key = `${sampleName}${part ? `_${part}` : ''}${labelText(labels)}`;
          return [key, `${key} ${numberText(value)}`];
        }),
      ).values(),
    ];
  });
  return `${[...lines, ...(isOpen ? ['# EOF'] : [])].join('\n')}\n`;
}

const suffixes = { gauge: '', counter: '_total', info: '_info', summary: '' } as const;

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value, true)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

/** `quotes`: whether quotation marks are escaped, too, which the help of the older format does not allow. */
function escaped(text: string, quotes: boolean): string {
  const lines = text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n');
  return quotes ? lines.replace(/"/g, '\\"') : lines;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : '-Inf';
}
