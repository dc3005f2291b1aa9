import type { SourceTrial } from '../../domain/contract/inventory-contract';
import type { Clock } from '../base/clock';
import type { PrometheusApi, Sample, Series } from './api';
import { measureOffset } from './clock-offset';
import { columns } from './columns';

const mostListed = 6;
/** No name of an edge is longer in an inventory, and no job in a source. */
const longestName = 128;
/** Scrapes of this long tell the interval: its upper bound is 5 min. */
const scrapesForMs = 11 * 60_000;
const edgesForInterval = 3;

interface Dependencies {
  api: Pick<PrometheusApi, 'time' | 'query' | 'recent' | 'engine'>;
  clock: Clock;
}

/** Asks a metrics engine once what its job has of these edges. @throws MetricsFailure */
export async function trySource(
  job: string,
  edges: readonly string[],
  { api, clock }: Dependencies,
): Promise<SourceTrial> {
  const startedMs = clock.monotonicMs();
  const engine = await api.engine();
  const { offsetMs, uncertaintyMs, serverMs } = await measureOffset(clock, () => api.time());
  const ask = (query: string): Promise<Sample[]> => api.query(query, serverMs);
  const selector = `job=${JSON.stringify(job)},edge!=""`;
  const targets = await ask(`max by (edge, instance) (up{${selector}})`);
  const names = columns.map(({ metric }) => metric).join('|');
  const [series] = await ask(`count ({__name__=~"${names}",${selector}})`);
  const otherJobs = targets.length > 0 ? [] : await ask('count by (job) (up{edge!=""})');
  const sampled = targets.slice(0, edgesForInterval).map(({ labels }) => labels['instance'] ?? '');
  const scrapes =
    sampled.length === 0
      ? []
      : await api.recent(`up{${selector},instance=~${anyOf(sampled)}}`, scrapesForMs, serverMs);
  return {
    atMs: clock.nowMs(),
    tookMs: clock.monotonicMs() - startedMs,
    engine,
    clock: { offsetMs, uncertaintyMs },
    series: series?.value ?? 0,
    otherJobs: firstOf(otherJobs.map(({ labels }) => labels['job'] ?? '')),
    scrapeIntervalMs: intervalOf(scrapes),
    ...targetsFor(edges, targets),
  };
}

function targetsFor(
  edges: readonly string[],
  targets: readonly Sample[],
): Pick<SourceTrial, 'targets' | 'missing' | 'repeated' | 'others'> {
  const counts = new Map<string, number>();
  for (const { labels } of targets)
    counts.set(labels['edge'] ?? '', (counts.get(labels['edge'] ?? '') ?? 0) + 1);
  const wanted = new Set(edges);
  const failing = targets.filter(({ value }) => value === 0).map(({ labels }) => labels['edge'] ?? '');
  return {
    targets: { count: targets.length, failing: failing.length, failingEdges: firstOf(failing) },
    missing: listed(edges.filter((name) => !counts.has(name))),
    repeated: listed(
      [...counts].filter(([name, count]) => count > 1 && wanted.has(name)).map(([name]) => name),
    ),
    others: listed([...counts.keys()].filter((name) => !wanted.has(name))),
  };
}

function listed(all: readonly string[]): { count: number; edges: string[] } {
  return { count: all.length, edges: firstOf([...all].sort()) };
}

/** The first few names, cut: an engine may answer with any text. */
function firstOf(names: readonly string[]): string[] {
  return names.slice(0, mostListed).map((name) => name.slice(0, longestName));
}

/** The median distance of scrapes, to a tenth of a second; null: no series has two. */
function intervalOf(scrapes: readonly Series[]): number | null {
  const gaps = scrapes
    .flatMap(({ points }) => points.slice(1).map(({ atMs }, at) => atMs - (points[at]?.atMs ?? 0)))
    .sort((a, b) => a - b);
  const median = gaps[Math.floor(gaps.length / 2)];
  return median === undefined ? null : Math.round(median / 100) * 100;
}

/** A PromQL string that matches one of these texts literally. */
function anyOf(texts: readonly string[]): string {
  return JSON.stringify(texts.map((text) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'));
}
