import type { Inventory } from '../../../domain/inventory/inventory';
import type { MetricsSource } from '../../../domain/inventory/metrics-source';
import type { Reading } from '../../../domain/model/reading';
import { systemClock } from '../../../monitor/base/clock';
import { MonitoredRows } from '../../../monitor/pipeline/monitored-rows';
import type { PrometheusApi, Sample } from '../../../monitor/prometheus/api';
import { SourceCollector } from '../../../monitor/prometheus/source-collector';

/** A fleet that is refreshed from an engine as at chosen times, judged, and made views of. */
export class RefreshedFleet {
  answered = 0;
  queries = NaN;
  readonly tookMs: number[] = [];
  readonly #rows: MonitoredRows;
  readonly #collector: SourceCollector;
  #atMs = 0;

  constructor(
    inventory: Inventory,
    source: MetricsSource,
    private readonly api: PrometheusApi,
  ) {
    this.#rows = new MonitoredRows(inventory);
    this.#collector = new SourceCollector(source, {
      api: this.#atChosenTimes(),
      clock: { ...systemClock, nowMs: () => this.#atMs },
      sink: {
        onReading: (edgeId, reading) => this.#apply(edgeId, reading, source),
        onFinding: ({ fact }) => report(fact),
        onRefresh: (_source, failure) => failure !== null && report(failure),
      },
    });
    this.#collector.retarget(inventory.clusters.flatMap((cluster) => cluster.edges));
  }

  /** Refreshes as a second after a scrape of every edge. */
  async refresh(scrapeMs: number): Promise<void> {
    this.#atMs = scrapeMs + 1_000;
    await this.#collector.refresh();
    const { tookMs = NaN, queries = NaN } = this.#collector.lastRefresh ?? {};
    const startedMs = performance.now();
    const views = this.#rows.list.map((row) => row.view());
    this.tookMs.push(Math.round(tookMs + performance.now() - startedMs));
    this.queries = queries;
    const up = views.filter(({ health }) => health === 'up').length;
    report(`${this.tookMs.at(-1)} ms, ${queries} queries, ${up} of ${views.length} clusters up`);
  }

  #apply(edgeId: string, reading: Reading, { scrapeIntervalMs }: MetricsSource): void {
    const place = this.#rows.place(edgeId);
    if (!place) return;
    if (reading.snmp.outcome === 'answered') this.answered += 1;
    const context = { rolePollIntervalMs: scrapeIntervalMs, nowMs: this.#atMs, traps: () => [] };
    place.row.apply(place.edge, reading, { ...context, answeredElsewhereMs: null });
  }

  #atChosenTimes(): Pick<PrometheusApi, 'time' | 'query' | 'requests'> {
    const { api } = this;
    return {
      time: async () => {
        await api.time();
        return this.#atMs;
      },
      query: (query: string, timeMs: number): Promise<Sample[]> => api.query(query, timeMs),
      get requests() {
        return api.requests;
      },
    };
  }
}

function report(words: string): void {
  process.stderr.write(`${words}\n`);
}
