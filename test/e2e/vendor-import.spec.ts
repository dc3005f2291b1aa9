import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { systemClock } from '../../monitor/base/clock';
import { vendorFleet, VendorStandIn } from '../fixtures/vendor/vendor-stand-in';
import { ask } from './support/ask';
import { violationsIn } from './support/axe';
import { expect, test as base, type Heron } from './support/heron';
import { runCommand } from './support/palette';
import { savePicture } from './support/pictures';
import { row, rows } from './support/wall';

const edgesPath = '/zia/api/v1/virtualZenNodes';
const clustersPath = '/zia/api/v1/virtualZenClusters';

const test = base.extend<{ vendor: VendorStandIn & { tokenUrl: string; apiUrl: string } }>({
  vendor: async ({}, use) => {
    const vendor = new VendorStandIn(systemClock);
    Object.assign(
      vendor,
      vendorFleet(3, () => 3),
    );
    await use(Object.assign(vendor, await vendor.start()));
    await vendor.stop();
  },
});

const dialogOf = (page: Page): Locator =>
  page.getByRole('dialog', { name: /Import from the vendor|Inventory source/ });

/** The dialog in both themes, for docs/vendor-import.md. */
async function pictures(heron: Heron, name: string, part?: Locator): Promise<void> {
  for (const theme of ['light', 'dark']) {
    await heron.page.evaluate((chosen) => (document.documentElement.dataset['theme'] = chosen), theme);
    savePicture(`${name}-${theme}.png`, await (part ?? heron.page).screenshot());
  }
}

async function fillSource(
  page: Page,
  { tokenUrl, apiUrl }: { tokenUrl: string; apiUrl: string },
  secret: string,
): Promise<void> {
  const dialog = dialogOf(page);
  await dialog.getByLabel('Vanity name').fill('acme');
  await dialog.getByLabel('Client id').fill('client-1');
  await dialog.getByLabel('Client secret: type it once').fill(secret);
  await dialog.getByText('Other addresses').click();
  await dialog.getByLabel('Token address').fill(tokenUrl);
  await dialog.getByLabel('API address').fill(apiUrl);
}

test('from the welcome to the wall: a wrong secret, a trial, the preview, and the clusters', async ({
  start,
  vendor,
}) => {
  test.setTimeout(240_000);
  const heron = await start(['--demo-script', 'none'], undefined, { keychain: true });
  const { page } = heron;
  const dialog = dialogOf(page);

  await test.step('the welcome leads to the form, which says what is missing', async () => {
    await page
      .getByRole('region', { name: 'Welcome to Heron' })
      .getByRole('button', { name: 'Import from the vendor' })
      .click();
    await expect(dialog).toContainText('Needed before it can be read: Client secret');
    await fillSource(page, vendor, 'a-wrong-secret');
    expect(await violationsIn(page, 'vendor form')).toEqual([]);
  });

  await test.step('a wrong secret is refused in plain words', async () => {
    await dialog.getByRole('button', { name: /^Try/ }).click();
    await expect(dialog.getByRole('alert')).toContainText(
      'The vendor refused the client id or the client secret (401).',
    );
  });

  await test.step('the trial shows how the rules poll the first edges', async () => {
    await dialog.getByLabel('Client secret: type it once').fill(vendor.client.secret);
    await dialog.getByLabel('SNMP credential').selectOption({ label: 'New credential…' });
    await dialog.getByLabel('User').fill('noc');
    await dialog.getByLabel('Authentication password: type it once').fill('pass12345');
    await dialog.getByLabel('Privacy password: type it once').fill('pass12345');
    await dialog.getByLabel('Management subnet').waitFor({ state: 'detached' });
    await dialog.getByLabel('SNMP answers').selectOption({ label: 'Same host part in a subnet' });
    await dialog.getByLabel('Management subnet').fill('10.200.0.0/24');
    await dialog.getByRole('button', { name: /^Try/ }).click();
    await expect(dialog).toContainText('The vendor has 3 clusters and 9 edges.');
    await expect(dialog.getByRole('row', { name: /c0-edge-1/ })).toContainText('SNMP 10.200.0.11 with noc');
    await expect(dialog).toContainText('6 things would stay unresolved.');
  });

  await test.step('the rule of one subnet leads to agents that several edges would share', async () => {
    await dialog.getByLabel('SNMP answers').selectOption({ label: 'A name made of {name}' });
    await dialog.getByLabel('Host name').fill('{name}.mgmt.example.net');
    await dialog.getByRole('button', { name: /^Try/ }).click();
    await expect(dialog).not.toContainText('unresolved');
    await expect(dialog.getByRole('row', { name: /c0-edge-1/ })).toContainText('c0-edge-1.mgmt.example.net');
    await pictures(heron, 'vendor-source', dialog);
  });

  await test.step('it reads, and shows what would change; nothing is applied yet', async () => {
    await dialog.getByRole('button', { name: 'Save and read' }).click();
    await expect(dialog).toContainText('The vendor had 3 clusters and 9 edges', { timeout: 30_000 });
    await expect(dialog).toContainText('cluster "cluster-0" 10.20.0.10, 3 edges');
    await expect(dialog).toContainText('SNMP c0-edge-1.mgmt.example.net with noc and HTTP');
    expect(await violationsIn(page, 'vendor preview')).toEqual([]);
    await pictures(heron, 'vendor-preview', dialog);
    expect(await ask(page, 'app.about', undefined)).toMatchObject({ mode: 'demo' });
  });

  await test.step('applied, the clusters are on the wall, and the page never gets the secret', async () => {
    await dialog.getByRole('button', { name: 'Apply', exact: true }).click();
    await expect(row(page, 'cluster-0')).toBeVisible({ timeout: 60_000 });
    await page.evaluate(() => (location.hash = '#/wall'));
    await expect(page.getByRole('main', { name: 'Wall' })).toContainText('cluster-2');
    await page.keyboard.press('Escape');
    const status = JSON.stringify(await ask(page, 'vendor.status', undefined));
    expect(status).toContain('"secretPlace":"stored"');
    expect(status).not.toContain(vendor.client.secret);
    expect(heron.log()).not.toContain(vendor.client.secret);
  });

  await test.step('a change at the vendor is a badge, a proposal with both values, and drift', async () => {
    Object.assign(vendor.clusters[0] ?? {}, { ipSecEnabled: true });
    Object.assign(vendor.edges[0] ?? {}, { name: 'renamed-edge' });
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Read now' }).click();
    const panel = page.getByRole('region', { name: 'Inventory source' });
    await expect(panel).toContainText(/\d changes? at the vendor/, { timeout: 30_000 });
    await expect(page.getByRole('link', { name: /^Settings , \d changes? at the vendor$/ })).toBeVisible();
    const drift = page.getByRole('region', { name: 'Differences from the vendor' });
    await expect(drift).toContainText('IPSec differscluster "cluster-0"');
    await expect(drift).toContainText('At the vendorIPSec onHereIPSec off');
    await panel.scrollIntoViewIfNeeded();
    expect(await violationsIn(page, 'settings with drift')).toEqual([]);
    await pictures(heron, 'vendor-drift', panel);
    await drift.getByRole('link', { name: 'cluster "cluster-0"' }).click();
    await expect(page.getByRole('article', { name: 'Cluster cluster-0' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Differences from the vendor' })).toContainText(
      'IPSec differs',
    );
    await pictures(heron, 'vendor-cluster-page');
    await runCommand(page, 'Import from the vendor');
    await expect(dialog).toContainText('IPSec local termination: off → on');
    await expect(dialog).toContainText('Renamed');
    await dialog.getByRole('button', { name: 'Apply', exact: true }).click();
    await expect(dialog).toBeHidden({ timeout: 30_000 });
    await expect.poll(async () => (await ask(page, 'vendor.status', undefined)).changes).toBe(0);
  });
});

test('a reading goes on where it stopped after Heron was killed', async ({ start, folder, vendor }) => {
  test.setTimeout(240_000);
  Object.assign(
    vendor,
    vendorFleet(60, () => 16),
  );
  const userData = path.join(folder, 'user-data');
  const first = await start(['--demo', '--demo-script', 'none'], userData, { keychain: true });
  await runCommand(first.page, 'Import from the vendor');
  await fillSource(first.page, vendor, vendor.client.secret);
  await dialogOf(first.page).getByRole('button', { name: 'Save and read' }).click();
  await expect(dialogOf(first.page)).toContainText(/Reading for .*: 60 clusters, [3-9]00 edges so far/, {
    timeout: 60_000,
  });
  await pictures(first, 'vendor-reading', dialogOf(first.page));
  first.app.process().kill('SIGKILL');
  await first.ended;
  const served = vendor.log.length;

  const again = await start(['--demo', '--demo-script', 'none'], userData, { keychain: true });
  await runCommand(again.page, 'Import from the vendor');
  const dialog = dialogOf(again.page);
  await expect(dialog).toContainText(/\d+ pages of the interrupted reading are kept/, { timeout: 60_000 });
  await dialog.getByRole('button', { name: 'Go on reading' }).click();
  await expect(dialog).toContainText('The vendor had 60 clusters and 960 edges', { timeout: 90_000 });
  const later = vendor.log.slice(served).filter((line) => line.includes('?page='));
  expect(later.filter((line) => line.startsWith(clustersPath))).toEqual([]);
  expect(later.filter((line) => line.startsWith(`${edgesPath}?page=1&`))).toEqual([]);
  // Only the page that was under way when it ended may have been requested before.
  const all = vendor.log.filter((line) => line.includes('?page=') && line.endsWith(' 200'));
  expect(all.length - new Set(all).size).toBeLessThanOrEqual(1);
  await dialog.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(
    rows(again.page)
      .filter({ hasText: /cluster-\d+/ })
      .first(),
  ).toBeVisible({ timeout: 60_000 });
  expect(vendor.log.filter((line) => line.endsWith(' 429'))).toEqual([]);
});
