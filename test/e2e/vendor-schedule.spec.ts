import type { Page } from '@playwright/test';
import { systemClock } from '../../monitor/base/clock';
import { vendorFleet, VendorStandIn } from '../fixtures/vendor/vendor-stand-in';
import { ask } from './support/ask';
import { expect, test as base, type Heron } from './support/heron';
import { runCommand } from './support/palette';
import { row } from './support/wall';

const hourMs = 3_600_000;
/** It is looked every 30 s whether a reading is due; the rest is for a busy machine. */
const noticedMs = 75_000;

const test = base.extend<{ vendor: VendorStandIn & { tokenUrl: string; apiUrl: string } }>({
  vendor: async ({}, use) => {
    const vendor = new VendorStandIn(systemClock);
    Object.assign(
      vendor,
      vendorFleet(2, () => 2),
    );
    await use(Object.assign(vendor, await vendor.start()));
    await vendor.stop();
  },
});

/** Puts the wall clock of the main process ahead, as a computer that was asleep. */
async function advance({ app }: Heron, byMs: number): Promise<void> {
  await app.evaluate((_electron, ahead) => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + ahead;
  }, byMs);
}

/** The codes of findings about the vendor that the history has, newest first. */
async function findings(page: Page): Promise<string[]> {
  const filter = { clusterId: null, types: null, beforeId: null, limit: 500 };
  const events = await ask(page, 'history.events', filter);
  return events.flatMap(({ event }) =>
    event.type === 'finding' && event.reason.code.startsWith('vendor-') ? [event.reason.code] : [],
  );
}

test('reads the vendor when the schedule says so: proposes, and applies where that is ticked', async ({
  start,
  vendor,
}) => {
  test.setTimeout(360_000);
  const heron = await start(['--demo', '--demo-script', 'none'], undefined, { keychain: true });
  const { page } = heron;
  const dialog = page.getByRole('dialog', { name: /Import from the vendor|Inventory source/ });

  await test.step('a source with a schedule is set up and imported', async () => {
    await expect(page.getByRole('link', { name: 'Settings' })).toBeVisible({ timeout: 60_000 });
    await runCommand(page, 'Import from the vendor');
    await dialog.getByLabel('Vanity name').fill('acme');
    await dialog.getByLabel('Client id').fill('client-1');
    await dialog.getByLabel('Client secret: type it once').fill(vendor.client.secret);
    await dialog.getByText('Other addresses').click();
    await dialog.getByLabel('Token address').fill(vendor.tokenUrl);
    await dialog.getByLabel('API address').fill(vendor.apiUrl);
    await dialog.getByLabel('Read every').fill('1');
    await dialog.getByRole('button', { name: 'Save and read' }).click();
    await dialog.getByRole('button', { name: 'Apply', exact: true }).click({ timeout: 30_000 });
    await expect(row(page, 'cluster-0')).toBeVisible({ timeout: 60_000 });
  });

  await test.step('an hour later it reads by itself, and proposes', async () => {
    const before = vendor.log.length;
    Object.assign(vendor.edges[0] ?? {}, { name: 'renamed-edge' });
    await advance(heron, hourMs + 1_000);
    await expect(page.getByRole('link', { name: /^Settings , \d changes? at the vendor$/ })).toBeVisible({
      timeout: noticedMs,
    });
    expect(vendor.log.slice(before).filter((line) => line.includes('?page=')).length).toBeGreaterThan(0);
    await expect.poll(() => findings(page)).toEqual(['vendor-changes']);
    const { inventory } = await ask(page, 'inventory.get', { which: 'monitored' });
    expect(JSON.stringify(inventory)).not.toContain('renamed-edge');
  });

  await test.step('with the box ticked it applies what it read', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await page
      .getByRole('region', { name: 'Inventory source' })
      .getByRole('button', { name: 'Edit…' })
      .click();
    await dialog.getByLabel(/Apply changes without asking/).check();
    await dialog.getByRole('button', { name: 'Save and read' }).click();
    await expect(dialog).toContainText('Renamed', { timeout: 30_000 });
    await page.keyboard.press('Escape');
    await advance(heron, hourMs + 1_000);
    await expect
      .poll(async () => JSON.stringify(await ask(page, 'inventory.get', { which: 'monitored' })), {
        timeout: noticedMs,
      })
      .toContain('renamed-edge');
    await expect.poll(() => findings(page)).toContain('vendor-changes-applied');
  });
});
