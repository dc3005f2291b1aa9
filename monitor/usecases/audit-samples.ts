import { zonedIso } from '../../domain/calendar/zone';
import { metricSchema, type Metric, type SamplePage } from '../../domain/model/history';
import type { Cell } from '../../domain/report/table-text';
import type { HistoryReadable } from '../../db/client/history';
import type { Answer, QuestionScope } from './audit-answer';
import { configuredIn } from './collect-report';

const columnOf: Readonly<Record<Metric, string>> = {
  latencyMs: 'answer_time_ms',
  cpuPercent: 'cpu_percent',
  swapPercent: 'swap_percent',
  sessions: 'sessions',
  proxyInBitsPerSecond: 'proxy_in_bits_per_second',
  proxyOutBitsPerSecond: 'proxy_out_bits_per_second',
  lbInBitsPerSecond: 'lb_in_bits_per_second',
  lbOutBitsPerSecond: 'lb_out_bits_per_second',
};
const metrics = metricSchema.options;
const metricColumns = metrics.map((metric) => columnOf[metric]);

/** Every retained sample of the range, by hour, edge and time. Rows are read a page at a time. */
export async function samplesAnswer(history: HistoryReadable, scope: QuestionScope): Promise<Answer> {
  const { zone } = scope;
  const names = await edgeNames(history, scope);
  const local = zone === null ? [] : ['at_local'];
  return {
    columns: ['at_utc', ...local, 'cluster', 'edge', 'answered', ...metricColumns, ...(zone ? ['zone'] : [])],
    shown: [zone === null ? 'at_utc' : 'at_local', 'cluster', 'edge', 'answered', ...metricColumns],
    recordedColumn: 'at_utc',
    rows: rowsOf(history, scope, names),
    notes: [
      'This table has every sample that is retained. Where samples were pruned, only minutes and hours are left, which are not in it.',
    ],
  };
}

type EdgeNames = ReadonlyMap<string, { cluster: string | null; edge: string }>;

async function edgeNames(history: HistoryReadable, scope: QuestionScope): Promise<EdgeNames> {
  const rows = await configuredIn(history, scope);
  const names = new Map<string, { cluster: string | null; edge: string }>();
  for (const { kind, id, name, edges } of rows) {
    if (kind === 'standalone') names.set(id.replace(/^edge:/, ''), { cluster: null, edge: name });
    for (const edge of edges) names.set(edge.id, { cluster: name, edge: edge.name });
  }
  return names;
}

async function* rowsOf(
  history: HistoryReadable,
  { range, clusterIds, zone }: QuestionScope,
  names: EdgeNames,
): AsyncGenerator<Cell[]> {
  const edgeIds = clusterIds === null ? null : [...names.keys()];
  const ask = (after: SamplePage['next']): Promise<SamplePage> =>
    history.samples({ ...range, edgeIds, after });
  for (let waiting: Promise<SamplePage> | null = ask(null); waiting !== null;) {
    const { blocks, next }: SamplePage = await waiting;
    // The next page is read while this one is written.
    waiting = next === null ? null : ask(next);
    waiting?.catch(() => undefined);
    for (const { edgeId, timesMs, answered, values } of blocks) {
      const { cluster, edge } = names.get(edgeId) ?? { cluster: null, edge: edgeId };
      const columns = metrics.map((metric) => values[metric]);
      for (let row = 0; row < timesMs.length; row++) {
        const at = new Date(timesMs[row] ?? 0).toISOString();
        const cells: Cell[] = zone === null ? [at] : [at, zonedIso(Date.parse(at), zone)];
        cells.push(cluster, edge, answered[row] !== 0);
        for (const column of columns) {
          const value = column[row] ?? Number.NaN;
          cells.push(Number.isNaN(value) ? null : value);
        }
        if (zone !== null) cells.push(zone);
        yield cells;
      }
    }
  }
}
