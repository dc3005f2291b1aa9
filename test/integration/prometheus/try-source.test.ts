import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { metricsSourceSchema } from '../../../domain/inventory/metrics-source';
import { tryMetricsSource } from '../../../monitor/usecases/try-metrics-source';
import { environmentSecrets } from '../../../monitor/secrets/environment-secrets';
import {
  freePort,
  hasProgram,
  startPrometheus,
  startVictoriaMetrics,
  whyEnginesAreMissing,
  type RunningEngine,
} from '../../fixtures/prometheus/engines';
import { startReceiver, type HttpReceiver } from '../../fixtures/channels/http-receiver';

const engines = [
  ['Prometheus', startPrometheus],
  ['VictoriaMetrics', startVictoriaMetrics],
] as const;
const isThere = ['prometheus', 'victoria-metrics'].every(hasProgram);
if (!isThere) process.stderr.write(whyEnginesAreMissing);

describe.skipIf(!isThere).each(engines)('a test of a source at %s', (name, start) => {
  let exporter: HttpReceiver;
  let engine: RunningEngine;

  beforeAll(async () => {
    exporter = await startReceiver();
    exporter.answer = (response) =>
      response.end(
        'heron_snmp_if_hc_in_octets{row="1"} 5\nheron_snmp_if_oper_status{row="1"} 1\nelsewhere 1\n',
      );
    const { host } = new URL(exporter.base);
    const target = (edge: string, at = host): object => ({ targets: [at], labels: { edge } });
    const nobody = `127.0.0.1:${await freePort()}`;
    const targets = [target('a'), target('b', nobody), target('c'), target('c', nobody), target('other')];
    const job = { job_name: 'heron-edges', scrape_interval: '1s', static_configs: targets };
    engine = await start({
      'heron-targets.json': '[]',
      'heron-scrape.yml': `scrape_configs: ${JSON.stringify([job])}\n`,
      'heron-recording.yml': '',
    });
  }, 90_000);
  afterAll(async () => {
    await engine.stop();
    await exporter.close();
  });

  const trial = (edges: string[], job = 'heron-edges') =>
    tryMetricsSource(
      metricsSourceSchema.parse({ kind: 'prometheus', name: 'p', url: engine.url, job }),
      edges,
      environmentSecrets({}),
    );

  it('finds engine, series, targets, edges without one or with two, interval and clock', async () => {
    await vi.waitFor(
      async () => {
        const { scrapeIntervalMs, targets } = await trial([]);
        expect([scrapeIntervalMs, targets.count]).toEqual([1_000, 5]);
      },
      { timeout: 40_000, interval: 500 },
    );
    const found = await trial(['a', 'b', 'c', 'd']);
    expect(found).toMatchObject({
      engine: { name },
      series: 6,
      otherJobs: [],
      targets: { count: 5, failing: 2 },
      missing: { count: 1, edges: ['d'] },
      repeated: { count: 1, edges: ['c'] },
      others: { count: 1, edges: ['other'] },
    });
    expect([...found.targets.failingEdges].sort()).toEqual(['b', 'c']);
    expect(Math.abs(found.clock.offsetMs)).toBeLessThan(1_000);
    if (name === 'Prometheus') expect(found.engine.version).toMatch(/^2\./);
  }, 60_000);

  it('names the jobs that have edges where this one has none', async () => {
    await vi.waitFor(async () => expect((await trial(['a'], 'snmp')).otherJobs).toEqual(['heron-edges']), {
      timeout: 40_000,
      interval: 500,
    });
    expect(await trial(['a'], 'snmp')).toMatchObject({
      series: 0,
      scrapeIntervalMs: null,
      missing: { count: 1 },
    });
  }, 60_000);
});
