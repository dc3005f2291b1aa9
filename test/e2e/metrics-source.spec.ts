import { writeFileSync } from 'node:fs';
import path from 'node:path';
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

/** For people who look at the screens, where HERON_PICTURES names a folder. */
async function picture(page: Parameters<typeof rows>[0], name: string): Promise<void> {
  const folder = process.env['HERON_PICTURES'];
  if (folder === undefined) return;
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: path.join(folder, `metrics-source-${name}-${colorScheme}.png`) });
  }
}

function inventory(url: string): object {
  const edge = (n: number) => ({
    ...{ name: `e-0${n}`, proxyIp: `192.0.2.1${n}`, lbIp: `192.0.2.2${n}`, managementIp: `192.0.2.3${n}` },
    ...{ subscription: `S-${n}`, snmp: { credential: 'c' } },
  });
  return {
    credentials: [{ name: 'c', version: '2c', communityEnv: 'HERON_NOT_SET' }],
    sources: [{ kind: 'prometheus', name: 'prom-1', url, isDefault: true, scrapeIntervalMs }],
    clusters: [
      {
        ...{ name: 'through-prom', clusterIp: '192.0.2.100', subnetMask: '255.255.255.0' },
        ...{ defaultGateway: '192.0.2.1', probe: { kind: 'off' }, edges: [edge(1), edge(2)] },
      },
    ],
  };
}
