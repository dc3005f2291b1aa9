import { DemoControl } from './support/demo-control';
import { calmDemo, expect, test } from './support/heron';
import { openWall } from './support/wall';

test('d k puts the fleet on the whole screen, a problem grows there, Esc leads back', async ({ start }) => {
  test.setTimeout(150_000);
  const heron = await start(calmDemo);
  const { page } = heron;
  await openWall(page);
  await page.locator('body').press('d');
  await page.locator('body').press('k');
  const wall = page.getByRole('main', { name: 'Wall' });
  await expect(wall).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Views' })).toHaveCount(0);
  const tiles = wall.getByRole('article');
  await expect(tiles).toHaveCount(7);
  await expect(wall).toContainText(/page 1|filled: users are cut off|Oldest data/);

  const control = await DemoControl.of(heron);
  const tile = wall.getByRole('article', { name: /^lhr-01: / });
  const before = (await tile.boundingBox())?.width ?? 0;
  await control.cause({ kind: 'edge-dies', cluster: 'lhr-01', edge: '@backup' });
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
