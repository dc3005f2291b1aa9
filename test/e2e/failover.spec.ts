import { DemoControl } from './support/demo-control';
import { calmDemo, expect, test } from './support/heron';
import { cell, firstReadingsMs, openWall, row } from './support/wall';

/** Two clock times with tenths: from the last reading of the old to the first of the new. */
const bracket = /between \d\d:\d\d:\d\d\.\d and \d\d:\d\d:\d\d\.\d/i;

test('the script’s first kill of a load balancer is a failover in the table and among the events', async ({
  start,
}) => {
  test.setTimeout(120_000);
  const { page } = await start(['--demo', '--demo-seed', '1']);
  const activeLb = await cell(page, 'fra-01', 'Active LB');
  await expect(activeLb).toHaveText(/fra-01-\d\d/, { timeout: firstReadingsMs });
  const before = /fra-01-\d\d/.exec((await activeLb.textContent()) ?? '')?.[0] ?? '';
  const lastFailover = await cell(page, 'fra-01', 'Last failover');
  await expect(lastFailover).toHaveText(/ago/, { timeout: 60_000 });
  await expect(activeLb).toHaveText(/fra-01-\d\d/);
  await expect(activeLb).not.toHaveText(new RegExp(before));
  const after = /fra-01-\d\d/.exec((await activeLb.textContent()) ?? '')?.[0] ?? '';

  await page.getByRole('link', { name: 'Events' }).click();
  const event = page.getByRole('button', { name: new RegExp(`Failover, ${before} to ${after}`) });
  await expect(event).toBeVisible();
  await expect(event).toContainText(bracket);
  await expect(event).toContainText(/without an active LB/);
  await expect(event).toContainText(/Cause: /);
  await event.click();
  await expect(event).toHaveAttribute('aria-expanded', 'true');
});

test('an edge that dies grows on the wall, is a problem with a second line, a count and a worse place in the table; and then it is over', async ({
  start,
}) => {
  test.setTimeout(150_000);
  const heron = await start(calmDemo);
  const { page } = heron;
  await openWall(page);
  const control = await DemoControl.of(heron);
  let edge = '';
  await test.step('d k puts the fleet on the whole screen, a problem grows there, Esc leads back', async () => {
    await page.locator('body').press('d');
    await page.locator('body').press('k');
    const wall = page.getByRole('main', { name: 'Wall' });
    await expect(wall).toBeVisible();
    await expect(page.getByRole('navigation', { name: 'Views' })).toHaveCount(0);
    const tiles = wall.getByRole('article');
    await expect(tiles).toHaveCount(7);
    // Seven clusters fit on one page, and what looks well has an age.
    await expect(wall).not.toContainText(/page \d+ of \d+/);
    await expect(wall).toContainText(/\d s, (?:[a-z]{3}-\d\d|mad-trial-edge)/);
    const tile = wall.getByRole('article', { name: /^lhr-01: / });
    const before = (await tile.boundingBox())?.width ?? 0;
    [edge = ''] = await control.cause({ kind: 'edge-dies', cluster: 'lhr-01', edge: '@backup' });
    expect(edge).toMatch(/^lhr-01-/);
    await expect(wall.getByRole('article', { name: /^lhr-01: Degraded, 11 of 12 up/ })).toBeVisible({
      timeout: 30_000,
    });
    expect((await tile.boundingBox())?.width ?? 0).toBeGreaterThan(before);
    await expect(tiles.first()).toHaveAccessibleName(/^lhr-01: /);
    const fits = await page.evaluate(() => document.documentElement.scrollHeight <= window.innerHeight);
    expect(fits).toBe(true);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('grid', { name: 'Clusters' })).toBeVisible();
  });
  const hit = row(page, 'lhr-01');
  await expect(hit).toContainText('Degraded', { timeout: 30_000 });
  await expect(hit).toContainText(edge);
  await expect(await cell(page, 'lhr-01', 'Virtual Service Edges')).toHaveAccessibleName(/11 of 12 up/);
  await expect(page.getByRole('region', { name: 'Verdict' })).toContainText('lhr-01');
  // Rows keep their order under the pointer: it may rest on them, wherever the display put it.
  await page.mouse.move(400, 12);
  await expect.poll(() => hit.getAttribute('aria-rowindex'), { timeout: 60_000 }).toBe('2');
  await control.restore();
  await expect(hit).toContainText('Up', { timeout: 60_000 });
  await expect(await cell(page, 'lhr-01', 'Virtual Service Edges')).toHaveAccessibleName(/12 of 12 up/);
});
