import { isDeepStrictEqual } from 'node:util';
import type { Edge, Inventory } from '../../domain/inventory/inventory';
import { sourceOf, type MetricsSource } from '../../domain/inventory/metrics-source';
import type { Clock } from '../base/clock';
import type { CollectorSink, ReadingCollector } from '../poll/reading-collector';
import type { SecretResolver } from '../secrets/secret-resolver';
import { PrometheusApi } from './api';
import { SourceCollector } from './source-collector';

interface Running {
  collector: SourceCollector;
  api: PrometheusApi;
}

/** Collects what an inventory reads through Prometheus-compatible engines: one collector for each source. */
export class MetricsCollector implements ReadingCollector {
  #running = new Map<string, Running>();
  #sink: CollectorSink | null = null;

  constructor(
    private inventory: Inventory,
    private readonly clock: Clock,
    private readonly secrets: SecretResolver,
  ) {}

  start(sink: CollectorSink): void {
    this.#sink = sink;
    this.retarget(this.inventory);
  }

  retarget(inventory: Inventory): void {
    this.inventory = inventory;
    if (!this.#sink) return;
    const wanted = edgesBySource(inventory);
    for (const [name, running] of this.#running) {
      const same = [...wanted.keys()].some((source) => isDeepStrictEqual(source, running.collector.source));
      if (same) continue;
      this.#running.delete(name);
      void end(running);
    }
    for (const [source, edges] of wanted) {
      const known = this.#running.get(source.name);
      if (known) {
        known.collector.retarget(edges);
        continue;
      }
      const api = new PrometheusApi(source, this.secrets);
      const collector = new SourceCollector(source, { api, clock: this.clock, sink: this.#sink });
      collector.retarget(edges);
      collector.start();
      this.#running.set(source.name, { collector, api });
    }
  }

  async refresh(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ collector }) => collector.refresh()));
  }

  async stop(): Promise<void> {
    const all = [...this.#running.values()];
    this.#running.clear();
    await Promise.all(all.map(end));
  }
}

async function end({ collector, api }: Running): Promise<void> {
  const stopped = collector.stop();
  // Requests under way would keep it for as long as they may take.
  await api.close();
  await stopped;
}

function edgesBySource(inventory: Inventory): Map<MetricsSource, Edge[]> {
  const { sources = [], clusters, standaloneEdges } = inventory;
  const edges = new Map<MetricsSource, Edge[]>();
  const add = (row: { source?: string | undefined }, own: readonly Edge[]): void => {
    const source = sourceOf(row, sources);
    if (source)
      edges.set(source, [...(edges.get(source) ?? []), ...own.filter(({ status }) => status === 'enabled')]);
  };
  for (const cluster of clusters) if (cluster.status === 'enabled') add(cluster, cluster.edges);
  for (const edge of standaloneEdges) add(edge, [edge]);
  return edges;
}
