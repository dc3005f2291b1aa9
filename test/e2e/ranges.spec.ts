import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { testSigner } from '../fixtures/history/test-signer';
import { watchHours } from '../fixtures/history/monitored-hours';
import { expect, test } from './support/heron';
import { banner, goTo, timeShown } from './support/opened-file';
import { cell, row, rows } from './support/wall';

const hourMs = 3_600_000;
/** 00:00 in Berlin, three hours before its clocks are set back from 03:00 to 02:00. */
const startMs = Date.UTC(2026, 9, 24, 22);
/** The standalone edge leaves the inventory after three hours; the first run ends after four, the second begins after ten. */
const [inventoryMs, endMs, againMs] = [3, 4, 10].map((hours) => startMs + hours * hourMs) as [
  number,
  number,
  number,
];

async function openView(page: Page, hash: string): Promise<void> {
  await page.evaluate((there) => (location.hash = there), hash);
}

/** The timeline of a range, and what it says of it. */
async function openTimeline(page: Page, fromMs: number, toMs: number): Promise<void> {
  await openView(page, `#/timeline?from=${fromMs}&to=${toMs}`);
  await expect(page.getByRole('application', { name: /^Timeline\./ })).toBeVisible();
}
const says = (page: Page, words: RegExp): Promise<void> =>
  expect(page.getByRole('application', { name: words })).toBeVisible();

/** The part of the lanes' dots that hatching, or the label on it, covers with something else than the background. */
async function inkOfLanes(page: Page): Promise<number> {
  return page.locator('.lanes canvas').evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const pen = (element as HTMLCanvasElement).getContext('2d');
    // Below the lanes: only what is drawn over all of them reaches so far.
    const { data } = pen?.getImageData(0, height / 2, width, height / 2) ?? { data: new Uint8ClampedArray() };
    let inked = 0;
    for (let at = 3; at < data.length; at += 4) if ((data[at] ?? 0) > 0) inked += 1;
    return inked / (data.length / 4);
  });
}

test('a time before the file, one nobody watched, a set clock and a changed inventory are drawn, and said plainly', async ({
  start,
  folder,
}) => {
  const file = path.join(folder, 'copied', 'history.sqlite');
  mkdirSync(path.dirname(file));
  watchHours(file, 4, testSigner('noc'), startMs);
  watchHours(file, 2, testSigner('noc'), againMs);
  const heron = await start([file], undefined, { environment: { TZ: 'Europe/Berlin' } });
  const { page } = heron;
  await expect(banner(page)).toContainText('2026-10-24 22:00:00 to 2026-10-25 09:59:59 UTC');

  await test.step('before the file begins', async () => {
    await goTo(page, startMs - 2 * hourMs);
    const nothing = page.getByRole('region', { name: 'Nothing recorded at this time' });
    await expect(nothing).toContainText('No clusters were known at this time');
    await expect(nothing).toContainText('The history begins 24 Oct 2026 22:00:00.000 UTC');
    await openView(page, '#/incidents');
    await expect(page.getByText('No incidents here')).toBeVisible();
    await openView(page, '#/events');
    await expect(page.getByText('Nothing was recorded before this time.')).toBeVisible();
    await openTimeline(page, startMs - 2 * hourMs, startMs - hourMs);
    await says(page, /: 0 events\. Not monitored in this time\./);
    await expect.poll(() => inkOfLanes(page)).toBeGreaterThan(0.02);
    await openView(page, '#/clusters');
    await nothing.getByRole('button', { name: 'Go to the beginning' }).click();
    await expect(row(page, 'fra-01')).toBeVisible();
  });

  await test.step('a range with no data, and one with gaps only, in the auditor’s table', async () => {
    await openView(page, '#/audit');
    const ask = async (fromMs: number, toMs: number): Promise<void> => {
      await page.getByRole('textbox', { name: 'From, UTC' }).fill(new Date(fromMs).toISOString());
      await page.getByRole('textbox', { name: 'To, UTC' }).fill(new Date(toMs).toISOString());
      await page.keyboard.press('Enter');
    };
    await ask(startMs - 3 * hourMs, startMs - 2 * hourMs);
    await expect(page.getByRole('region', { name: 'Availability' })).toContainText(
      'Nothing of the range is in it.',
    );
    await ask(endMs - hourMs, endMs + 2 * hourMs);
    // 4 s without an active LB, between readings a minute apart: possibly none, so the best case is 100 %.
    await expect(
      page.getByRole('row', { name: /^fra-01 33\.\d+ % 100\.000 % 99\.\d+ % 100\.000 %/ }),
    ).toBeVisible();
    await page.getByRole('radio', { name: 'Not monitored' }).click();
    await expect(page.getByRole('region', { name: 'Not monitored' })).toContainText('Heron was closed.');
    await page.getByRole('radio', { name: 'Availability' }).click();
  });

  await test.step('a time nobody watched', async () => {
    await goTo(page, endMs + 3 * hourMs);
    await openView(page, '#/clusters');
    await expect(row(page, 'fra-01')).toContainText('Unknown');
    await expect(page.getByRole('region', { name: 'Verdict' })).toContainText('Not monitored at that time.');
    await expect(await cell(page, 'fra-01', 'Active LB')).toContainText('unknown');
    await openView(page, '#/events');
    await expect(
      page.getByRole('button', { name: /Failover, fra-01-02 to|Failover, fra-01-01 to/ }),
    ).toHaveCount(4);
    await openTimeline(page, endMs + hourMs, endMs + 2 * hourMs);
    await says(page, /: 0 events\. Not monitored in this time\./);
    await expect.poll(() => inkOfLanes(page)).toBeGreaterThan(0.02);
    await openTimeline(page, endMs - hourMs, endMs + 2 * hourMs);
    await says(page, /: 1 event\. Not monitored for 2 h 0 m of it\./);
  });

  await test.step('across the change of the clocks, in local time', async () => {
    await page.getByRole('radio', { name: 'Local' }).click();
    await openTimeline(page, startMs + hourMs, endMs);
    await says(page, /, 3 h 0 m: 3 events\. /);
    const ruler = page.locator('.ruler .tick');
    for (const tick of ['01:30', '02:00 +02:00', '02:30 +02:00', '02:00 +01:00', '02:30 +01:00'])
      await expect(ruler.filter({ hasText: new RegExp(`^${tick.replace('+', '\\+')}$`) })).toHaveCount(1);
    await goTo(page, startMs + 2.5 * hourMs + 60_000);
    await expect(timeShown(page)).toContainText('02:31:00.0 +02:00');
    await goTo(page, startMs + 3.5 * hourMs + 60_000);
    await expect(timeShown(page)).toContainText('02:31:00.0 +01:00');
    await openView(page, '#/clusters');
    await expect(await cell(page, 'fra-01', 'Last failover')).toContainText('+01:00');
    await page.getByRole('radio', { name: 'UTC' }).click();
    await expect(timeShown(page)).toContainText('01:31:00.0');
  });

  await test.step('across the change of the inventory', async () => {
    await goTo(page, inventoryMs - 60_000);
    await expect(rows(page)).toHaveCount(2);
    await expect(row(page, 'lab-01')).toBeVisible();
    await goTo(page, inventoryMs + 60_000);
    await expect(rows(page)).toHaveCount(1);
    await openTimeline(page, inventoryMs - hourMs, inventoryMs + hourMs);
    await says(page, /cluster.*, 2 h 0 m: 2 events\. /);
    await openView(page, '#/audit');
    await expect(page.getByRole('row', { name: /^lab-01 / })).toContainText('%');
  });
});
