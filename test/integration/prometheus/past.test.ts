import { afterEach, describe, expect, it } from 'vitest';
import { identifyInventory } from '../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../domain/inventory/inventory-file';
import { metricsSourceSchema } from '../../../domain/inventory/metrics-source';
import type { SourcePast } from '../../../domain/contract/source-past';
import { systemClock } from '../../../monitor/base/clock';
import { PrometheusApi } from '../../../monitor/prometheus/api';
import { recordingRules } from '../../../monitor/prometheus/recording-rules';
import { toYaml } from '../../../monitor/prometheus/yaml';
import { environmentSecrets } from '../../../monitor/secrets/environment-secrets';
import { readSourcePast } from '../../../monitor/usecases/source-past';
import { hasProgram, whyEnginesAreMissing, type RunningEngine } from '../../fixtures/prometheus/engines';
import { prometheusWithPast, victoriaMetricsWithPast } from '../../fixtures/prometheus/recorded-past';
import type { EdgeSample } from '../../fixtures/prometheus/sampled-engine';

const programs = ['prometheus', 'promtool', 'victoria-metrics'];
const isThere = programs.every(hasProgram);
if (!isThere) process.stderr.write(whyEnginesAreMissing);

/** Those of heron-recording.yml that record the past: the others would only take time. */
const rules = toYaml({ groups: recordingRules().groups.filter(({ name }) => name === 'heron-history') });
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const scrapeMs = 60_000;
/** Whole hours ago, so that steps of 15 minutes and of 5 begin with the courses. */
const endMs = Math.floor((Date.now() - 3 * hourMs) / hourMs) * hourMs;
const startMs = endMs - 62 * hourMs;

/** Edges 1 and 2 change roles and back, edge 3 is silent for an hour, then faulty for another one, and nothing was scraped for half an hour. */
function courses(): Map<string, EdgeSample[]> {
  const at = (hours: number): number => endMs - hours * hourMs;
  const within = (ms: number, from: number, to: number): boolean => ms >= at(from) && ms < at(to);
  const of = (sampleAt: (ms: number) => Omit<EdgeSample, 'atMs'>): EdgeSample[] =>
    Array.from({ length: 62 * 60 }, (_, minute) => startMs + minute * scrapeMs + 7_000)
      .filter((ms) => !within(ms, 1.5, 1))
      .map((atMs) => ({ atMs, ...sampleAt(atMs) }));
  const well = { up: true, hasFault: false };
  return new Map([
    ['c-1', of((ms) => ({ ...well, role: within(ms, 4.2, 3) ? 1 : 2 }))],
    ['c-2', of((ms) => ({ ...well, role: within(ms, 4.2, 3) ? 2 : 1 }))],
    ['c-3', of((ms) => ({ up: !within(ms, 2.5, 2), hasFault: within(ms, 2, 1.5), role: 1 }))],
  ]);
}

const started: RunningEngine[] = [];
afterEach(() => Promise.all(started.splice(0).map((engine) => engine.stop())));

function inventoryAt(url: string) {
  const edge = (n: number) => ({
    ...{ name: `c-${n}`, proxyIp: `192.0.2.1${n}`, lbIp: `192.0.2.2${n}`, managementIp: `192.0.2.3${n}` },
    ...{ subscription: `S-${n}`, snmp: { credential: 'c' } },
  });
  const cluster = { name: 'c', clusterIp: '192.0.2.100', subnetMask: '255.255.255.0' };
  const file = {
    credentials: [{ name: 'c', version: '2c', communityEnv: 'HERON_NOT_SET' }],
    sources: [{ kind: 'prometheus', name: 'engine', url, isDefault: true, scrapeIntervalMs: scrapeMs }],
    clusters: [{ ...cluster, defaultGateway: '192.0.2.1', edges: [edge(1), edge(2), edge(3)] }],
  };
  return identifyInventory(inventoryFileSchema.parse(file), null);
}

async function pastOf({ url }: RunningEngine, hours: number): Promise<SourcePast> {
  const inventory = inventoryAt(url);
  const range = { fromMs: endMs - hours * hourMs, toMs: endMs };
  const gap = { ...range, reason: 'not-running' as const, words: '', clusterIds: null };
  return readSourcePast(
    { inventory, history: { gaps: () => Promise.resolve([gap]) } },
    { ...range, rowIds: inventory.clusters.map(({ id }) => id) },
    { clock: systemClock, apiOf: (source) => new PrometheusApi(source, environmentSecrets({})) },
  );
}

/** "state 4.25-3": hours before the end. */
function lanesOf({ lanes }: SourcePast, kind: string): string[][] {
  return lanes
    .filter((lane) => lane.kind === kind)
    .map(({ states, fromMs, toMs }) =>
      states.map((state, at) => {
        const [from, to] = [fromMs[at] ?? 0, toMs[at] ?? 0].map((ms) => (endMs - ms) / hourMs);
        return `${state} ${from?.toFixed(2)}-${to?.toFixed(2)}`;
      }),
    );
}

describe.skipIf(!isThere)('the past of real engines', () => {
  it.each([
    ['prometheus', () => prometheusWithPast(courses(), null)],
    ['victoria-metrics', () => victoriaMetricsWithPast(courses())],
  ] as const)(
    '%s: in steps of five minutes, of samples',
    async (_, start) => {
      const engine = await start();
      started.push(engine);
      const past = await pastOf(engine, 5);
      expect(past.notes).toEqual([]);
      expect(past.parts.map(({ stepMs }) => stepMs)).toEqual([5 * minuteMs]);
      expect(lanesOf(past, 'lb-role').slice(0, 2)).toEqual([
        [
          'master 5.00-4.25',
          'unknown 4.25-4.17',
          'backup 4.17-3.00',
          'master 3.00-1.50',
          'unknown 1.50-1.00',
          'master 1.00-0.00',
        ],
        [
          'backup 5.00-4.25',
          'unknown 4.25-4.17',
          'master 4.17-3.00',
          'backup 3.00-1.50',
          'unknown 1.50-1.00',
          'backup 1.00-0.00',
        ],
      ]);
      expect(lanesOf(past, 'edge-health')[2]).toEqual([
        'up 5.00-2.50',
        'down 2.50-2.00',
        'degraded 2.00-1.50',
        'unknown 1.50-1.00',
        'up 1.00-0.00',
      ]);
      expect(lanesOf(past, 'cluster-health')).toEqual([
        [
          'up 5.00-4.25',
          'unknown 4.25-4.17',
          'up 4.17-2.50',
          'degraded 2.50-1.50',
          'unknown 1.50-1.00',
          'up 1.00-0.00',
        ],
      ]);
    },
    60_000,
  );

  it('in steps of 15 minutes, of what Prometheus’ rules recorded, as of samples where there are none', async () => {
    const recorded = await prometheusWithPast(courses(), rules);
    started.push(recorded);
    const past = await pastOf(recorded, 60);
    expect([past.notes, past.parts.map(({ stepMs }) => stepMs)]).toEqual([[], [15 * minuteMs]]);
    const sampled = await victoriaMetricsWithPast(courses());
    started.push(sampled);
    const other = await pastOf(sampled, 60);
    expect(lanesOf(other, 'cluster-health')).toEqual([
      [
        'up 60.00-4.25',
        'unknown 4.25-4.00',
        'up 4.00-2.50',
        'degraded 2.50-1.50',
        'unknown 1.50-1.00',
        'up 1.00-0.00',
      ],
    ]);
    // Five recorded minutes reach over both ends of a step, so that less is certain, and nothing else.
    const [own = []] = lanesOf(past, 'cluster-health');
    expect(own).toEqual([
      'up 60.00-4.25',
      'unknown 4.25-4.00',
      'up 4.00-3.25',
      'unknown 3.25-0.75',
      'up 0.75-0.25',
      'unknown 0.25-0.00',
    ]);
  }, 240_000);

  it('names a query that Prometheus rejects, and one that is down', async () => {
    const strict = await prometheusWithPast(courses(), null, ['--query.max-samples=50']);
    started.push(strict);
    const { notes, parts } = await pastOf(strict, 5);
    expect(parts).toEqual([]);
    expect(notes.map(({ kind, words }) => [kind, words])).toEqual([
      ['failure', expect.stringMatching(/rejects a query: query processing would load too many samples/)],
    ]);
    const source = metricsSourceSchema.parse({ kind: 'prometheus', name: 'engine', url: strict.url });
    const api = new PrometheusApi(source, environmentSecrets({}));
    await expect(api.queryRange('up', startMs, endMs, 1_000)).rejects.toThrow(
      /maximum resolution of 11,000 points/,
    );
    await api.close();
    await strict.stop();
    expect((await pastOf(strict, 5)).notes.map(({ kind }) => kind)).toEqual(['failure']);
  }, 60_000);
});
