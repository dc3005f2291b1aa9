import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FailoverEvent } from '../../../domain/model/event';
import { metricsSourceSchema } from '../../../domain/inventory/metrics-source';
import { PrometheusApi } from '../../../monitor/prometheus/api';
import { scrapeFiles } from '../../../monitor/prometheus/scrape-files';
import { demoPasswords } from '../../../monitor/secrets/demo-passwords';
import { environmentSecrets } from '../../../monitor/secrets/environment-secrets';
import { dashboardQueries } from '../../fixtures/prometheus/dashboard';
import {
  snmpOnly,
  throughEngine,
  watchInventory,
  type Watched,
} from '../../fixtures/prometheus/demo-through-engine';
import {
  hasProgram,
  startExporter,
  startPrometheus,
  startVictoriaMetrics,
  whyEnginesAreMissing,
  type RunningEngine,
} from '../../fixtures/prometheus/engines';
import { startTestDemo, type TestDemo } from '../demo/demo-client';

const engines = [
  ['prometheus', startPrometheus],
  ['victoria-metrics', startVictoriaMetrics],
] as const;
const isThere = [...engines.map(([program]) => program), 'prometheus-snmp-exporter'].every(hasProgram);
if (!isThere) process.stderr.write(whyEnginesAreMissing);

/** VictoriaMetrics and Prometheus scrape each edge as often; how often is the width of the brackets. */
const scrapeIntervalMs = 5_000;
/** Besides the scrape interval: the exporter tries for 3 s, and the rest is for a busy machine. */
const slackMs = 6_000;

describe.skipIf(!isThere)('a fault seen by own polls and through an engine', () => {
  let demo: TestDemo;
  let exporter: RunningEngine;

  beforeAll(async () => {
    demo = await startTestDemo();
    const { 'snmp.yml': snmpYml } = scrapeFiles(snmpOnly(demo.demo.inventoryPath));
    exporter = await startExporter(snmpYml, demoPasswords);
  }, 90_000);
  afterAll(async () => {
    await exporter.stop();
    await demo.demo.stop();
  });

  it.each(engines)(
    '%s: the same failover, within its scrape interval',
    async (program, startEngine) => {
      const file = snmpOnly(demo.demo.inventoryPath);
      const own = throughEngine(file, 'http://127.0.0.1:1', scrapeIntervalMs);
      const options = { source: 'engine', exporter: new URL(exporter.url).host };
      const engine = await startEngine(scrapeFiles(own, options));
      const watched: Watched[] = [];
      try {
        watched.push(await watchInventory(file));
        watched.push(await watchInventory(throughEngine(file, engine.url, scrapeIntervalMs)));
        await vi.waitFor(() => watched.forEach(expectAllUp), { timeout: 60_000, interval: 200 });
        const [direct, through] = watched as [Watched, Watched];
        expectSameReadings(direct, through);

        if (program === 'prometheus') await expectDashboardAnswers(engine.url);

        const [cluster] = direct.inventory.clusters;
        const active = activeOf(direct, cluster?.name ?? '');
        const startedMs = Date.now();
        await cause(demo, { kind: 'edge-dies', cluster: cluster?.name ?? '', edge: active });
        const [seen, told] = await Promise.all(watched.map((one) => failoverOf(one, startedMs)));
        if (!seen || !told) throw new Error('both report a failover');
        expect([told.fromEdgeName, told.toEdgeName]).toEqual([seen.fromEdgeName, seen.toEdgeName]);
        // Its bracket contains the one of own polls, and is no wider than a scrape interval on each side.
        expect(told.bracket.lastOldMs).toBeLessThanOrEqual(seen.bracket.firstNewMs);
        expect(told.bracket.firstNewMs).toBeGreaterThanOrEqual(seen.bracket.lastOldMs);
        expect(told.bracket.firstNewMs - told.bracket.lastOldMs).toBeLessThanOrEqual(
          2 * scrapeIntervalMs + slackMs,
        );
        expect(told.recordedAtMs - seen.recordedAtMs).toBeLessThanOrEqual(scrapeIntervalMs + slackMs);
        await vi.waitFor(() => watched.forEach((one) => expect(healthOf(one, active)).toBe('down')), {
          timeout: 40_000,
          interval: 200,
        });
        await cause(demo, { kind: 'restore', cluster: cluster?.name ?? '' });
        await vi.waitFor(() => watched.forEach(expectAllUp), { timeout: 60_000, interval: 200 });
      } finally {
        await cause(demo, { kind: 'restore', cluster: file.clusters[0]?.name ?? '' });
        await Promise.all(watched.map(({ monitor }) => monitor.stop()));
        await engine.stop();
      }
    },
    240_000,
  );
});

async function cause({ demo }: TestDemo, fault: object): Promise<void> {
  const answer = await fetch(`${demo.control.url}/faults`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${readFileSync(demo.tokenPath, 'utf8')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(fault),
  });
  expect(answer.status).toBe(200);
}

/** Every query of the dashboard has an answer, but for the loads of agents that report none. */
async function expectDashboardAnswers(url: string): Promise<void> {
  const source = metricsSourceSchema.parse({ kind: 'prometheus', name: 'engine', url });
  const api = new PrometheusApi(source, environmentSecrets({}));
  try {
    for (const query of dashboardQueries())
      await vi.waitFor(async () => expect(await api.query(query, Date.now()), query).not.toEqual([]), 30_000);
  } finally {
    await api.close();
  }
}

function expectAllUp({ monitor }: Watched): void {
  const states = monitor
    .snapshot()
    .clusters.map(({ name, health, reasons }) => [name, health, reasons[0]?.fact]);
  expect(states.filter(([, health]) => health !== 'up')).toEqual([]);
}

/** What both read of the same agents, but for what changes from second to second. */
function expectSameReadings(direct: Watched, through: Watched): void {
  const read = ({ monitor }: Watched) =>
    monitor.snapshot().clusters.flatMap(({ edges, activeLb }) =>
      edges.map(({ name, role, witnesses, lbIp }) => ({
        ...{ name, role, lbIp, active: activeLb.kind },
        // What is inferred from traffic takes two readings, which are further apart through an engine.
        witnesses: witnesses
          .filter(({ witness }) => witness !== 'traffic')
          .map(({ witness, role: its, vhid }) => ({ witness, its, vhid })),
      })),
    );
  expect(read(through)).toEqual(read(direct));
  const [edge] = through.monitor.snapshot().clusters[0]?.edges ?? [];
  expect(edge?.witnesses[0]?.through).toMatch(/engine, which scrapes it every 5 s/);
}

function activeOf({ monitor }: Watched, cluster: string): string {
  const active = monitor.snapshot().clusters.find(({ name }) => name === cluster)?.activeLb;
  if (active?.kind !== 'one') throw new Error('one LB is active');
  return active.edgeName;
}

function healthOf({ monitor }: Watched, edge: string): string | undefined {
  return monitor
    .snapshot()
    .clusters.flatMap(({ edges }) => edges)
    .find(({ name }) => name === edge)?.health;
}

async function failoverOf({ events }: Watched, sinceMs: number): Promise<FailoverEvent> {
  return vi.waitFor(
    () => {
      const found = events.find(
        (event): event is FailoverEvent => event.type === 'failover' && event.recordedAtMs >= sinceMs,
      );
      if (!found) throw new Error('no failover');
      return found;
    },
    { timeout: 45_000, interval: 100 },
  );
}
