import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { identifyInventory, type Inventory } from '../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../domain/inventory/inventory-file';
import { PrometheusApi } from '../../monitor/prometheus/api';
import { environmentSecrets } from '../../monitor/secrets/environment-secrets';
import { startPrometheus } from '../fixtures/prometheus/engines';
import { edgesPerCluster, fleetEdges, writeFleetBlocks, type FleetEdge } from './fleet/fleet-blocks';
import { measureYear, writeYearBlocks, type YearMeasure } from './fleet/measure-year';
import { measureImport } from './fleet/measure-import';
import { RefreshedFleet } from './fleet/refreshed-fleet';

const scrapeIntervalMs = 15_000;

/**
 * `npm run -s bench -- fleet --json [--edges N] [--rounds N] [--no-import] [--no-year]`: a fleet behind one real Prometheus, and the import of 400 clusters
 * with 3,000 edges from a stand-in of the vendor's API. The last line is one flat JSON object.
 */
async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      edges: { type: 'string', default: '10000' },
      rounds: { type: 'string', default: '5' },
      'no-import': { type: 'boolean', default: false },
      'no-year': { type: 'boolean', default: false },
    },
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'heron-bench-fleet-'));
  try {
    const edges = fleetEdges(Number(values.edges));
    report(`blocks of ${edges.length} edges`);
    const startMs = Date.now() - 600_000;
    const rounds = Array.from(
      { length: Number(values.rounds) + 1 },
      (_, at) => startMs + at * scrapeIntervalMs,
    );
    const series = await writeFleetBlocks(folder, edges, rounds);
    report(`${series} series; refreshing`);
    const refresh = await measureRefresh(folder, edges, rounds);
    report('importing');
    const importSeconds = values['no-import'] ? null : (await measureImport()).importSeconds;
    report('a year of one cluster');
    const year = values['no-year'] ? { yearTimelineMs: null } : await measureYearOf(folder);
    const result = { edges: edges.length, series, ...refresh, ...year, importSeconds };
    process.stdout.write(`${JSON.stringify(result, null, values.json ? undefined : 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const noTargets = {
  ...{ 'heron-targets.json': '[]', 'heron-scrape.yml': 'scrape_configs: []\n', 'heron-recording.yml': '' },
};
/** Of the cluster whose year is read. */
const yearEdges = 4;

async function measureYearOf(folder: string): Promise<YearMeasure> {
  const own = path.join(folder, 'year');
  mkdirSync(own);
  const edges = fleetEdges(yearEdges);
  // Rules are evaluated at some second of five minutes.
  const endMs = Math.floor(Date.now() / 300_000) * 300_000 - 3_600_000 + 37_000;
  await writeYearBlocks(own, edges, endMs);
  const engine = await startPrometheus(noTargets, {
    folder: own,
    args: ['--storage.tsdb.retention.time=10y'],
  });
  try {
    return await measureYear(inventoryOf(edges, engine.url), endMs);
  } finally {
    await engine.stop();
  }
}

/** Each round reads, decodes and judges the whole fleet after a scrape of every edge; the first one, which learns it, is counted apart. */
async function measureRefresh(folder: string, edges: readonly FleetEdge[], scrapesMs: readonly number[]) {
  const engine = await startPrometheus(noTargets, { folder, args: ['--query.lookback-delta=60m'] });
  const inventory = inventoryOf(edges, engine.url);
  const [source] = inventory.sources ?? [];
  if (!source) throw new Error('the fleet has a source');
  const api = new PrometheusApi(source, environmentSecrets({}));
  const fleet = new RefreshedFleet(inventory, source, api);
  const cpu = { heronCpuMs: NaN, prometheusCpuMs: NaN };
  try {
    const [first = 0, ...later] = scrapesMs;
    await fleet.refresh(first);
    const before = { own: ownCpuMs(), engine: await engineCpuMs(engine.url) };
    for (const scrapeMs of later) await fleet.refresh(scrapeMs);
    cpu.heronCpuMs = Math.round((ownCpuMs() - before.own) / later.length);
    cpu.prometheusCpuMs = Math.round(((await engineCpuMs(engine.url)) - before.engine) / later.length);
  } finally {
    await api.close();
    await engine.stop();
  }
  if (fleet.answered !== scrapesMs.length * edges.length) throw new Error(`${fleet.answered} answers`);
  const [firstRefreshMs = NaN, ...steady] = fleet.tookMs;
  return {
    wallRefreshMs: steady.toSorted((a, b) => a - b)[Math.floor(steady.length / 2)] ?? NaN,
    queriesPerRefresh: fleet.queries,
    firstRefreshMs,
    ...cpu,
  };
}

/** Processor time of this process. */
function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Processor time that Prometheus reports of itself. */
async function engineCpuMs(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_cpu_seconds_total (\S+)$/m.exec(text)?.[1]) * 1_000;
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
