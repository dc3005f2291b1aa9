import { DemoControl } from './support/demo-control';
import { calmDemo, expect, test } from './support/heron';
import { openWall } from './support/wall';

test('the share chart compares before and after, shows the difference from even, and zooms by drag and by key', async ({
  start,
}) => {
  test.setTimeout(150_000);
  const heron = await start(calmDemo);
  const { page } = heron;
  await openWall(page);
  const control = await DemoControl.of(heron);
  await control.cause({ kind: 'lb-dies', cluster: 'fra-01', edge: '@master' });
  await page.evaluate(() => {
    location.hash = '#/cluster/fra-01';
  });
  const panel = page.getByRole('region', { name: 'Share over time' });
  await expect(panel.getByText('Evenness before the failover')).toBeVisible({ timeout: 40_000 });
  await expect(panel.getByText('After it', { exact: true })).toBeVisible();
  await expect(page.getByText('Can it lose one edge?')).toBeVisible();

  const chart = panel.getByRole('img', { name: /^Share of traffic per edge, last 30 min/ });
  await expect(chart).toBeVisible({ timeout: 30_000 });
  await panel.getByRole('radio', { name: 'Difference from even' }).click();
  const difference = panel.getByRole('img', { name: /^Difference from an even share/ });
  await expect(difference).toBeVisible();

  await difference.scrollIntoViewIfNeeded();
  const box = await difference.boundingBox();
  expect(box).not.toBeNull();
  const { x, y, width, height } = box!;
  await page.mouse.move(x + width * 0.5, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.7, y + height / 2, { steps: 4 });
  await expect(panel.getByText(/^\d\d:\d\d:\d\d to \d\d:\d\d:\d\d, /)).toBeVisible();
  await page.mouse.up();
  await expect(page.getByText('PAST', { exact: true })).toBeVisible();
  const shownWindow = page.getByRole('combobox', { name: 'Time range' });
  const zoomedMs = Number(await shownWindow.inputValue());
  expect(zoomedMs).toBeGreaterThan(5 * 60_000);
  expect(zoomedMs).toBeLessThan(10 * 60_000);

  await page.keyboard.press('Escape');
  await expect(page.getByText('LIVE', { exact: true })).toBeVisible();
  await expect(shownWindow).toHaveValue(String(30 * 60_000));
  await page.keyboard.press('t');
  await page.keyboard.press('+');
  await expect(shownWindow).toHaveValue(String(5 * 60_000));
  await panel.getByRole('button', { name: 'Show as table' }).click();
  const table = panel.getByRole('region', { name: 'Share over time, as a table' });
  await expect(table.getByRole('columnheader', { name: 'fra-01-08' })).toBeVisible();
  // What even was is known from the recorded states of the edges: 1/8, or 1/7 while one is down.
  await expect(
    table
      .locator('tbody tr td:first-of-type')
      .filter({ hasText: /^1[24]\.[35] %$/ })
      .first(),
  ).toBeVisible();
  const times = (await table.getByRole('rowheader').allTextContents()).map((text) =>
    Date.parse(`1970-01-01T${text}Z`),
  );
  const spanMs = ((times[0] ?? 0) - (times.at(-1) ?? 0) + 86_400_000) % 86_400_000;
  expect(spanMs).toBeLessThanOrEqual(5 * 60_000);
  await page.keyboard.press('t');
  await page.keyboard.press('z');
  await expect(shownWindow).toHaveValue(String(30 * 60_000));
  // Nothing is left to zoom out of: the next Escape leaves the page.
  await page.keyboard.press('Escape');
  await expect(page.getByRole('grid', { name: 'Clusters' })).toBeVisible();
});
