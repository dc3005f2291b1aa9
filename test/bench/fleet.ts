import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { identifyInventory, type Inventory } from '../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../domain/inventory/inventory-file';
import { systemClock } from '../../monitor/base/clock';
import { MonitoredRows } from '../../monitor/pipeline/monitored-rows';
import { PrometheusApi } from '../../monitor/prometheus/api';
import { SourceCollector } from '../../monitor/prometheus/source-collector';
import { environmentSecrets } from '../../monitor/secrets/environment-secrets';
import { startPrometheus } from '../fixtures/prometheus/engines';
import { edgesPerCluster, fleetEdges, writeFleetBlocks, type FleetEdge } from './fleet/fleet-blocks';
import { measureImport } from './fleet/measure-import';

const scrapeIntervalMs = 300_000;

/**
 * `npm run -s bench -- fleet --json [--edges N] [--rounds N] [--no-import]`: a fleet behind one real Prometheus, and the import of 400 clusters
 * with 3,000 edges from a stand-in of the vendor's API. The last line is one flat JSON object.
 */
async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      edges: { type: 'string', default: '10000' },
      rounds: { type: 'string', default: '5' },
      'no-import': { type: 'boolean', default: false },
    },
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'heron-bench-fleet-'));
  try {
    const edges = fleetEdges(Number(values.edges));
    report(`blocks of ${edges.length} edges`);
    const series = await writeFleetBlocks(folder, edges, Date.now());
    report(`${series} series; refreshing`);
    const refresh = await measureRefresh(folder, edges, Number(values.rounds));
    report('importing');
    const importSeconds = values['no-import'] ? null : await measureImport(folder);
    const result = { edges: edges.length, series, ...refresh, importSeconds };
    process.stdout.write(`${JSON.stringify(result, null, values.json ? undefined : 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each round reads, decodes and judges the whole fleet as after a scrape of every edge. */
async function measureRefresh(folder: string, edges: readonly FleetEdge[], rounds: number) {
  const files = {
    'heron-targets.json': '[]',
    'heron-scrape.yml': 'scrape_configs: []\n',
    'heron-recording.yml': '',
  };
  const engine = await startPrometheus(files, { folder, args: ['--query.lookback-delta=30m'] });
  const inventory = inventoryOf(edges, engine.url);
  const [source] = inventory.sources ?? [];
  if (!source) throw new Error('the fleet has a source');
  const api = new PrometheusApi(source, environmentSecrets({}));
  const took: number[] = [];
  let queries = 0;
  let learnMs = 0;
  let answered = 0;
  try {
    for (let round = 0; round < rounds; round += 1) {
      const rows = new MonitoredRows(inventory);
      const collector = new SourceCollector(source, {
        api,
        clock: systemClock,
        sink: {
          onReading(edgeId, reading) {
            const place = rows.place(edgeId);
            if (!place) return;
            if (reading.snmp.outcome === 'answered') answered += 1;
            const context = { rolePollIntervalMs: scrapeIntervalMs, nowMs: Date.now(), traps: () => [] };
            place.row.apply(place.edge, reading, { ...context, answeredElsewhereMs: null });
          },
          onFinding: ({ fact }) => report(fact),
          onRefresh: (_source, failure) => failure !== null && report(failure),
        },
      });
      collector.retarget(inventory.clusters.flatMap((cluster) => cluster.edges));
      const startedMs = performance.now();
      await collector.refresh();
      const { tookMs = NaN, queries: asked = NaN } = collector.lastRefresh ?? {};
      const viewsMs = performance.now();
      const views = rows.list.map((row) => row.view());
      took.push(tookMs + performance.now() - viewsMs);
      learnMs = viewsMs - startedMs - tookMs;
      queries = asked;
      const up = views.filter(({ health }) => health === 'up').length;
      report(
        `round ${round + 1}: ${Math.round(took.at(-1) ?? 0)} ms, ${asked} queries, ${up} of ${views.length} clusters up`,
      );
    }
  } finally {
    await api.close();
    await engine.stop();
  }
  if (answered !== rounds * edges.length) throw new Error(`${answered} answers of ${rounds * edges.length}`);
  const wallRefreshMs = Math.round(took.toSorted((a, b) => a - b)[Math.floor(took.length / 2)] ?? NaN);
  return { wallRefreshMs, queriesPerRefresh: queries, learnMs: Math.round(learnMs) };
}

function inventoryOf(edges: readonly FleetEdge[], url: string): Inventory {
  const clusters = edges
    .filter(({ place }) => place === 0)
    .map(({ cluster }, at) => {
      const net = `10.${Math.floor(at / 250)}.${at % 250}`;
      return {
        ...{
          name: cluster,
          clusterIp: `${net}.100`,
          subnetMask: '255.255.255.0',
          defaultGateway: `${net}.1`,
        },
        edges: edges.slice(at * edgesPerCluster, (at + 1) * edgesPerCluster).map(({ edge, place }) => ({
          ...{ name: edge, proxyIp: `${net}.${place + 10}`, lbIp: `${net}.${place + 30}` },
          ...{ managementIp: `${net}.${place + 50}`, snmp: { credential: 'edges' }, subscription: edge },
        })),
      };
    });
  const source = { kind: 'prometheus', name: 'engine', url, isDefault: true, scrapeIntervalMs };
  return identifyInventory(inventoryFileSchema.parse({ sources: [source], clusters }), null);
}

function report(words: string): void {
  process.stderr.write(`${words}\n`);
}

await bench();
