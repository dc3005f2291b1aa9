import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { SampledEngine } from '../fixtures/prometheus/sampled-engine';
import { startFakeEngine, type FakeEngineServer } from '../fixtures/prometheus/fake-engine-server';
import { ask } from './support/ask';
import { calmDemo, expect, test } from './support/heron';
import { rows } from './support/wall';

const scrapeIntervalMs = 1_000;
let server: FakeEngineServer;

test.beforeEach(async () => {
  server = await startFakeEngine(() => Date.now());
  // Every edge was scraped a moment before each refresh.
  server.engine.before = () => {
    const rowsOf = (state: number) => ({
      carp_mib_state: state,
      carp_mib_vhid: 1,
      net_snmp_generic_agent_uptime: 100,
    });
    const atMs = Math.floor(Date.now() / scrapeIntervalMs) * scrapeIntervalMs;
    server.engine.targets = [1, 2].map((n) => ({ edge: `e-0${n}`, atMs, rows: rowsOf(n === 1 ? 2 : 1) }));
  };
});
test.afterEach(() => server.close());

test('a cluster is read through Prometheus, which the screens name, and is unknown while that cannot be read', async ({
  start,
  folder,
}) => {
  const heron = await start(calmDemo);
  const file = path.join(folder, 'through-prometheus.json');
  writeFileSync(file, JSON.stringify(inventory(server.url)));
  await heron.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, file);
  await ask(heron.page, 'inventory.choose', undefined);
  await ask(heron.page, 'inventory.import', { file });

  const { page } = heron;
  await expect(rows(page).filter({ hasText: 'through-prom' })).toContainText('e-01', { timeout: 20_000 });
  await expect(page.getByText('2 edges through prom-1 every 1 s')).toBeVisible();

  await page.evaluate(() => (location.hash = '#/edge/through-prom/e-01'));
  await expect(page.getByText('read by prom-1, which scrapes it every 1 s').first()).toBeVisible();
  await picture(page, 'edge');

  server.refuseWith(401);
  await page.evaluate(() => (location.hash = '#/wall'));
  await expect(page.getByText('no current metrics of the only cluster').first()).toBeVisible({
    timeout: 20_000,
  });
  await expect(page.getByText('refuses access (401)').first()).toBeVisible();
  await picture(page, 'blind');

  server.refuseWith(null);
  await expect(page.getByText('no current metrics of the only cluster')).toHaveCount(0, { timeout: 20_000 });
});

test('what Prometheus watched before this Heron is in the timeline, with its origin and what failed', async ({
  start,
  folder,
}) => {
  const movedMs = Date.now() - 90 * 60_000;
  const nowMs = Date.now();
  const samples = (before: number, after: number) =>
    Array.from({ length: 4 * 240 }, (_, at) => {
      const atMs = nowMs - 4 * 3_600_000 + at * 15_000;
      return { atMs, up: true, role: atMs < movedMs ? before : after, hasFault: false };
    });
  const past = [samples(2, 1), samples(1, 2)].map((own, at) => [`e-0${at + 1}`, own] as const);
  server.past = new SampledEngine(new Map(past), { nowMs, recordsAtMs: null });
  const heron = await start(calmDemo);
  const file = path.join(folder, 'through-prometheus.json');
  writeFileSync(file, JSON.stringify(inventory(server.url, 15_000)));
  await heron.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, file);
  await ask(heron.page, 'inventory.choose', undefined);
  await ask(heron.page, 'inventory.import', { file });
  const { page } = heron;
  await expect(rows(page).filter({ hasText: 'through-prom' })).toContainText('e-01', { timeout: 20_000 });

  const cluster = (await ask(page, 'snapshot.get', undefined)).clusters[0]?.id ?? '';
  await page.evaluate((hash) => (location.hash = hash), `#/timeline?cluster=${cluster}`);
  await page.getByRole('combobox', { name: 'Time range' }).selectOption({ label: '6 h' });
  await expect(page.getByText('Not seen by this Heron.')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('from prom-1, steps of 5 min.')).toBeVisible();
  const lanes = await ask(page, 'sources.past', {
    fromMs: nowMs - 3 * 3_600_000,
    toMs: nowMs,
    rowIds: [cluster],
  });
  expect(lanes.lanes.find(({ kind }) => kind === 'cluster-health')?.states.slice(0, 3)).toEqual([
    'up',
    'unknown',
    'up',
  ]);
  const box = page.getByRole('application', { name: 'Timeline' });
  const { width } = (await box.boundingBox()) ?? { width: 0 };
  await box.hover({ position: { x: width * 0.6, y: 20 } });
  await expect(page.getByRole('tooltip')).toContainText('From prom-1, steps of 5 min');
  await picture(page, 'past');

  server.refuseWith(422);
  await page.getByRole('combobox', { name: 'Time range' }).selectOption({ label: '2 h' });
  await expect(page.getByText('rejects a query').first()).toBeVisible({ timeout: 20_000 });
  await expect(page.locator('.sources')).toContainText('prom-1:');
  await picture(page, 'past-refused');
});

/** For people who look at the screens, where HERON_PICTURES names a folder. */
async function picture(page: Parameters<typeof rows>[0], name: string): Promise<void> {
  const folder = process.env['HERON_PICTURES'];
  if (folder === undefined) return;
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: path.join(folder, `metrics-source-${name}-${colorScheme}.png`) });
  }
}

function inventory(url: string, intervalMs = scrapeIntervalMs): object {
  const edge = (n: number) => ({
    ...{ name: `e-0${n}`, proxyIp: `192.0.2.1${n}`, lbIp: `192.0.2.2${n}`, managementIp: `192.0.2.3${n}` },
    ...{ subscription: `S-${n}`, snmp: { credential: 'c' } },
  });
  return {
    credentials: [{ name: 'c', version: '2c', communityEnv: 'HERON_NOT_SET' }],
    sources: [{ kind: 'prometheus', name: 'prom-1', url, isDefault: true, scrapeIntervalMs: intervalMs }],
    clusters: [
      {
        ...{ name: 'through-prom', clusterIp: '192.0.2.100', subnetMask: '255.255.255.0' },
        ...{ defaultGateway: '192.0.2.1', probe: { kind: 'off' }, edges: [edge(1), edge(2)] },
      },
    ],
  };
}
