import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Locator, Page } from '@playwright/test';
import { toInventoryFile } from '../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../domain/inventory/inventory-file';
import { scrapeFiles } from '../../monitor/prometheus/scrape-files';
import { demoPasswords } from '../../monitor/secrets/demo-passwords';
import {
  hasProgram,
  startExporter,
  startPrometheus,
  whyEnginesAreMissing,
  type RunningEngine,
} from '../fixtures/prometheus/engines';
import { ask } from './support/ask';
import { violationsIn } from './support/axe';
import { calmDemo, expect, test, type Heron } from './support/heron';
import { overflows } from './support/overflows';
import { savePicture } from './support/pictures';

const token = 'token-of-this-test-7f3a';
const isThere = ['prometheus', 'prometheus-snmp-exporter'].every(hasProgram);
const scrapeIntervalMs = 2_000;

let stop: (() => Promise<void>)[] = [];
test.beforeEach(({}, info) => info.skip(!isThere, whyEnginesAreMissing));
test.afterEach(async () => {
  await Promise.all(stop.map((end) => end()));
  stop = [];
});

/** Prometheus as it scrapes the clusters of the demo fleet but for one edge, behind a proxy that asks for a token. */
async function startEngine(page: Page): Promise<{ url: string; without: string }> {
  const { inventory } = await ask(page, 'inventory.get', { which: 'monitored' });
  const without = inventory.clusters[0]?.edges[0]?.name ?? '';
  const source = {
    kind: 'prometheus',
    name: 'p',
    url: 'http://127.0.0.1:1',
    isDefault: true,
    scrapeIntervalMs,
  };
  const snmpOnly = toInventoryFile(inventory).clusters.map((cluster) => ({
    ...cluster,
    edges: cluster.edges.filter(({ name }) => name !== without).map(({ http: _http, ...edge }) => edge),
  }));
  const file = inventoryFileSchema.parse({
    ...{ credentials: inventory.credentials, sources: [source], clusters: snmpOnly, standaloneEdges: [] },
  });
  const exporter = await startExporter(scrapeFiles(file)['snmp.yml'], demoPasswords);
  stop.push(() => exporter.stop());
  const prometheus = await startPrometheus(
    scrapeFiles(file, { source: 'p', exporter: new URL(exporter.url).host }),
  );
  stop.push(() => prometheus.stop());
  const proxy = await startProxy(prometheus);
  return { url: proxy, without };
}

async function startProxy({ url }: RunningEngine): Promise<string> {
  const server: Server = createServer((incoming, outgoing) => {
    if (incoming.headers.authorization !== `Bearer ${token}`) {
      outgoing.writeHead(401).end();
      return;
    }
    const { method, headers } = incoming;
    const onward = request(`${url}${incoming.url}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stop.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const dialogOf = (page: Page): Locator => page.getByRole('dialog', { name: /Prometheus source|Edit source/ });
const panelOf = (page: Page): Locator => page.getByRole('region', { name: 'Sources of readings' });

async function pictures(heron: Heron, name: string, part?: Locator): Promise<void> {
  for (const theme of ['light', 'dark']) {
    await heron.page.evaluate((chosen) => (document.documentElement.dataset['theme'] = chosen), theme);
    savePicture(`${name}-${theme}.png`, await (part ?? heron.page).screenshot());
  }
}

test('a source is added, tested, edited and removed in Settings, against a real Prometheus', async ({
  start,
}) => {
  test.setTimeout(240_000);
  const heron = await start(calmDemo, undefined, { keychain: true });
  const { page } = heron;
  const dialog = dialogOf(page);
  const panel = panelOf(page);
  const engine = await startEngine(page);

  await test.step('Settings has none, and the form says what is missing', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await expect(panel).toContainText('No source: Heron polls every edge itself.');
    await panel.getByRole('button', { name: 'Add source…' }).click();
    await expect(dialog).toContainText('Needed before it can be added: URL');
    await dialog.getByLabel('Address').fill('prometheus');
    await page.keyboard.press('Control+Enter');
    await expect(dialog).toContainText('Not an http or https address');
    expect(await violationsIn(page, 'source form')).toEqual([]);
  });

  await test.step('a wrong token is refused in plain words', async () => {
    await dialog.getByLabel('Address').fill(engine.url);
    await dialog
      .getByRole('radio', { name: 'Bearer token' })
      .or(dialog.getByText('Bearer token'))
      .first()
      .click();
    await dialog.getByLabel('Token: type it once').fill('another-token');
    await page.keyboard.press('Control+Enter');
    await expect(dialog.getByRole('alert')).toContainText('refuses access (401)');
    await expect(dialog.getByRole('alert')).toContainText('Check its token');
  });

  await test.step('the test says what was found, and proposes the interval', async () => {
    await dialog.getByLabel('Token: type it once').fill(token);
    await dialog.getByRole('button', { name: 'All', exact: true }).click();
    await expect(async () => {
      await dialog.getByRole('button', { name: /^Test/ }).click();
      await expect(dialog).toContainText('Scraped every 2 s.', { timeout: 2_000 });
    }).toPass({ timeout: 40_000 });
    await expect(dialog).toContainText(/Prometheus 2\.\d+.* answered in \d+ ms/);
    await expect(dialog).toContainText(/[\d,]+ series that Heron reads/);
    await expect(dialog).toContainText('without a target.');
    await expect(dialog).toContainText(engine.without);
    await expect(dialog).toContainText('Its clock agrees with this computer’s.');
    await pictures(heron, 'source-form', dialog);
    await dialog.getByRole('button', { name: 'Use 2 s' }).click();
    await expect(dialog.getByLabel('Scrape interval')).toHaveValue('2');
  });

  await test.step('polls of Heron’s own beside it are refused until the box is ticked', async () => {
    await dialog.getByRole('button', { name: 'Add source', exact: true }).click({ force: true });
    await expect(dialog).toContainText('An edge has one source.');
    await dialog.getByLabel(/Stop Heron’s own HTTP and TCP polls/).check();
    await page.setViewportSize({ width: 800, height: 560 });
    expect(await overflows(page)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
    await dialog.getByRole('button', { name: 'Add source', exact: true }).click();
    await expect(dialog).toBeHidden();
  });

  await test.step('Settings shows how it is doing, and the token is nowhere but in the store', async () => {
    await expect(panel).toContainText(/prometheus .*edges, scraped every 2 s\./, { timeout: 30_000 });
    await expect(page.getByText(/edges through prometheus every 2 s/)).toBeVisible({ timeout: 30_000 });
    await panel.scrollIntoViewIfNeeded();
    expect(await violationsIn(page, 'settings with a source')).toEqual([]);
    await pictures(heron, 'sources-of-readings', panel);
    const shown = JSON.stringify(await ask(page, 'inventory.get', { which: 'monitored' }));
    expect(shown).toContain('"sourceSecrets":[{"source":"prometheus","place":"stored"}]');
    expect(shown + heron.log()).not.toContain(token);
  });

  await test.step('another address asks for the token again', async () => {
    await panel.getByRole('button', { name: 'Edit prometheus' }).click();
    await expect(dialog).toContainText('Stored in this computer’s keychain');
    await dialog.getByLabel('Address').fill('http://127.0.0.2:9090');
    await expect(dialog).toContainText('The address changed');
    await expect(dialog.getByLabel('Token: type it once')).toBeVisible();
    await dialog.getByLabel('Address').fill(engine.url);
    await expect(dialog).toContainText('Stored in this computer’s keychain');
    await page.keyboard.press('Control+Enter');
    await expect(dialog).toContainText('answered in');
  });

  await test.step('a cluster chooses in its own form, and the source is removed', async () => {
    await dialog.getByRole('button', { name: 'Remove source…' }).click();
    const confirm = page.getByRole('alertdialog');
    await expect(confirm).toContainText(/\d+ edges are read through it/);
    await confirm.getByRole('button', { name: 'Remove source' }).click();
    await expect(panel).toContainText('No source: Heron polls every edge itself.');
    await page.getByRole('button', { name: /Undo/ }).click();
    await expect(panel).toContainText('prometheus', { timeout: 20_000 });
    const { sourceSecrets } = await ask(page, 'inventory.get', { which: 'monitored' });
    expect(sourceSecrets).toEqual([{ source: 'prometheus', place: 'missing' }]);
    await expect(panel).toContainText('The token of Source "prometheus" is missing', { timeout: 20_000 });
  });
});
