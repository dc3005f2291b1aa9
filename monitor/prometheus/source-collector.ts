import type { Edge } from '../../domain/inventory/inventory';
import type { MetricsSource } from '../../domain/inventory/metrics-source';
import type { Reason } from '../../domain/model/health';
import { duration } from '../../domain/words/duration';
import type { Clock } from '../base/clock';
import type { Varbind } from '../snmp/codec/varbind';
import type { CollectorSink } from '../poll/reading-collector';
import type { PrometheusApi, Sample } from './api';
import { columnsByMetric } from './columns';
import { measureOffset, type ClockOffset } from './clock-offset';
import { CollectedEdge, type Scrape } from './collected-edge';
import { inPairs } from './in-pairs';
import { MetricsFailure } from './metrics-failure';
import { metricRow } from './metric-rows';
import { Queries } from './queries';

/** Refreshes are at least this far apart, and take at most the second part of the time. */
const leastApartMs = 1_000;
const busyPart = 0.2;
/** Refreshes of a scrape interval: what changed is known a part of the interval after its scrape. */
const refreshesPerInterval = 5;
/** What seldom changes is read this often, and no more often where edges were added. */
const learnEveryMs = 5 * 60_000;
const learnLeastMs = 30_000;
/** A difference of clocks that is a finding: far above what NTP leaves. */
const clockFindingMs = 30_000;
const clockAgreesMs = 10_000;

interface Dependencies {
  api: Pick<PrometheusApi, 'time' | 'query' | 'requests'>;
  clock: Clock;
  sink: CollectorSink;
}

/** Collects the edges of one source. */
export class SourceCollector {
  readonly #queries: Queries;
  #edges = new Map<string, CollectedEdge>();
  #cancel: (() => void) | null = null;
  #running: Promise<void> | null = null;
  #isStopped = false;
  #learnedMs = -Infinity;
  /** Live metrics that this fleet has no need of. */
  #without: ReadonlySet<string> = new Set();
  #failing: MetricsFailure['code'] | null = null;
  #isClockOff = false;
  /** Of the last refresh, for measurements. */
  lastRefresh: { tookMs: number; queries: number } | null = null;

  constructor(
    readonly source: MetricsSource,
    private readonly dependencies: Dependencies,
  ) {
    this.#queries = new Queries(source);
  }

  /** Collects these edges from now on. What is known of unchanged ones is retained. */
  retarget(edges: readonly Edge[]): void {
    const before = new Map([...this.#edges.values()].map((one) => [one.edge, one]));
    const nowMs = this.dependencies.clock.monotonicMs();
    this.#edges = new Map(
      edges.map((edge) => [edge.name, before.get(edge) ?? new CollectedEdge(edge, this.source, nowMs)]),
    );
  }

  start(): void {
    this.#arm(0);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel?.();
    await this.#running;
  }

  /** Refreshes once; a refresh under way is that one. Never rejects. */
  refresh(): Promise<void> {
    this.#running ??= this.#refresh().finally(() => (this.#running = null));
    return this.#running;
  }

  #arm(delayMs: number): void {
    this.#cancel = this.dependencies.clock.after(delayMs, () => {
      const startedMs = this.dependencies.clock.monotonicMs();
      void this.refresh().finally(() => {
        if (this.#isStopped) return;
        const tookMs = this.dependencies.clock.monotonicMs() - startedMs;
        const everyMs = this.source.scrapeIntervalMs / refreshesPerInterval;
        // A slow engine is spared, but within each scrape interval what is stale is found.
        const pauseMs = Math.max(leastApartMs, everyMs - tookMs, tookMs / busyPart);
        this.#arm(Math.min(pauseMs, this.source.scrapeIntervalMs));
      });
    });
  }
  /** Until when the engine asked to be left alone, monotonic milliseconds, and why. */
  #wait: { untilMs: number; failure: MetricsFailure } | null = null;

  async #refresh(): Promise<void> {
    const { api, clock, sink } = this.dependencies;
    const startedMs = clock.monotonicMs();
    if (this.#wait && startedMs < this.#wait.untilMs) {
      this.#deliverFailure(this.#wait.failure);
      return;
    }
    const requestsBefore = api.requests;
    try {
      await this.#learn();
      const queriesBefore = api.requests;
      const readStartedMs = clock.monotonicMs();
      await this.#read();
      this.lastRefresh = {
        tookMs: clock.monotonicMs() - readStartedMs,
        queries: api.requests - queriesBefore,
      };
      this.#failing = null;
      this.#wait = null;
      if (!this.#isStopped) sink.onRefresh(this.source, null);
    } catch (fault) {
      if (!(fault instanceof MetricsFailure)) throw fault;
      this.lastRefresh = { tookMs: clock.monotonicMs() - startedMs, queries: api.requests - requestsBefore };
      this.#fail(fault);
    }
  }

  async #read(): Promise<void> {
    const { api, clock, sink } = this.dependencies;
    const offset = await measureOffset(clock, () => api.time());
    this.#checkClock(offset);
    const ask = (query: string): Promise<Sample[]> => api.query(query, offset.serverMs);
    const scraped = await ask(this.#queries.scrapes);
    for (const one of this.#edges.values()) one.metrics.begin();
    let hasFailedRow = false;
    // Rows of one answer are added while the engine makes the next one.
    const live = this.#queries.live(this.#without).map((query) => async (): Promise<Sample[]> => {
      hasFailedRow = this.#addRows(await ask(query)) || hasFailedRow;
      return [];
    });
    const [failed = [], durations = []] = await inPairs(
      [() => ask(this.#queries.failed), () => ask(this.#queries.durations), ...live],
      (run) => run(),
    );
    if (hasFailedRow) this.#addRows(await ask(this.#queries.messages));
    // A scrape that ended meanwhile is part of some answers only: its edge is left to the next refresh.
    const scrapedNow = new Map((await ask(this.#queries.scrapes)).map((one) => [targetKey(one), one.value]));
    const settled = scraped.filter((one) => scrapedNow.get(targetKey(one)) === one.value);
    const unsettled = new Set(
      scraped.filter((one) => !settled.includes(one)).map(({ labels }) => labels['edge'] ?? ''),
    );
    const scrapes = scrapesOf(settled, failed, durations);
    if (this.#isStopped) return;
    for (const [name, one] of this.#edges) {
      if (unsettled.has(name)) continue;
      for (const reading of one.readings(scrapes.get(name), offset, clock.monotonicMs()))
        sink.onReading(one.edge.id, reading);
    }
  }

  /** Adds rows to their edges; whether a watched row has failed. */
  #addRows(samples: readonly Sample[]): boolean {
    let hasFailedRow = false;
    for (const sample of samples) {
      const found = metricRow(sample);
      if (!found) continue;
      this.#edges.get(found.edge)?.metrics.add(found);
      hasFailedRow ||= sample.value === 1 && (sample.labels['__name__']?.endsWith('_failed') ?? false);
    }
    return hasFailedRow;
  }

  /** Reads what seldom changes, when that is due. */
  async #learn(): Promise<void> {
    const { api, clock } = this.dependencies;
    const sinceMs = clock.monotonicMs() - this.#learnedMs;
    const isNew = [...this.#edges.values()].some(({ metrics }) => !metrics.isLearned);
    if (sinceMs < (isNew ? learnLeastMs : learnEveryMs)) return;
    const atMs = await api.time();
    const optional = this.#queries.optional;
    const needs = await inPairs(
      optional.map(({ needed }) => needed),
      (query) => api.query(query, atMs),
    );
    const answers = await inPairs(this.#queries.learned, (query) => api.query(query, atMs));
    this.#learnedMs = clock.monotonicMs();
    this.#without = new Set(optional.filter((_, at) => needs[at]?.length === 0).map(({ metric }) => metric));
    const rows = new Map<string, Varbind[]>();
    for (const sample of answers.flat()) {
      const found = metricRow(asNormal(sample));
      const own = found && (rows.get(found.edge) ?? []);
      if (own) {
        own.push(found.row);
        rows.set(found.edge, own);
      }
    }
    for (const [name, one] of this.#edges) one.metrics.learn(rows.get(name) ?? []);
  }

  #fail(failure: MetricsFailure): void {
    const { clock, sink } = this.dependencies;
    if (this.#isStopped) return;
    const { retryAfterMs } = failure;
    this.#wait = retryAfterMs === null ? null : { untilMs: clock.monotonicMs() + retryAfterMs, failure };
    if (this.#failing !== failure.code) sink.onFinding(findingOf(failure));
    this.#failing = failure.code;
    this.#deliverFailure(failure);
  }

  /** The readings of edges whose metrics are stale while the engine cannot be read. */
  #deliverFailure({ what, todo }: MetricsFailure): void {
    const { clock, sink } = this.dependencies;
    const nowMs = clock.monotonicMs();
    for (const one of this.#edges.values())
      for (const reading of one.withoutSource(lowerFirst(what), clock.nowMs(), nowMs))
        sink.onReading(one.edge.id, reading);
    sink.onRefresh(this.source, `${what} ${todo}`);
  }

  /** Times are corrected by the difference; that there is one is a finding. */
  #checkClock({ offsetMs, uncertaintyMs }: ClockOffset): void {
    const leastMs = Math.abs(offsetMs) - uncertaintyMs;
    if (this.#isClockOff) {
      if (leastMs < clockAgreesMs) this.#isClockOff = false;
      return;
    }
    if (leastMs < clockFindingMs) return;
    this.#isClockOff = true;
    this.dependencies.sink.onFinding({
      code: 'source-clock',
      fact: `The clock of source "${this.source.name}" is ${duration(Math.abs(offsetMs))} ${offsetMs > 0 ? 'ahead of' : 'behind'} this computer's.`,
      detail: 'Readings are dated by this computer’s clock. Check the time synchronisation of both.',
    });
  }
}

/** Of a column that refreshes read in part, only that there is such a row. */
function asNormal(sample: Sample): Sample {
  const normal = columnsByMetric.get(sample.labels['__name__'] ?? '')?.normal;
  return normal === undefined ? sample : { ...sample, value: normal };
}

function findingOf({ code, what, where, todo }: MetricsFailure): Reason {
  return { code: `source-${code}`, fact: what, detail: `${where}: ${todo}` };
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1).replace(/\.$/, '');
}

function targetKey({ labels }: Sample): string {
  return `${labels['edge']} ${labels['instance']}`;
}

/** Of one edge; two are an error already. */
const mostTargets = 4;
/** A host name and a port have no more characters; an engine may answer with any text, which is named in a reading. */
const longestTarget = 260;

function scrapesOf(
  scraped: readonly Sample[],
  failed: readonly Sample[],
  durations: readonly Sample[],
): Map<string, Scrape> {
  const failures = new Set(failed.map(targetKey));
  const seconds = new Map(durations.map(({ labels, value }) => [labels['edge'], value]));
  const scrapes = new Map<string, Scrape>();
  for (const one of scraped) {
    const { edge = '', instance = '' } = one.labels;
    const before = scrapes.get(edge);
    const durationMs = Math.max(0, seconds.get(edge) ?? 0) * 1000;
    const targets = before?.targets ?? [];
    if (targets.length < mostTargets) targets.push(instance.slice(0, longestTarget));
    scrapes.set(edge, {
      atMs: Math.max(before?.atMs ?? 0, one.value * 1000),
      durationMs,
      failed: failures.has(targetKey(one)),
      targets,
    });
  }
  return scrapes;
}
