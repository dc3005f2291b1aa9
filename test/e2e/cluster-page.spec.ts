import { DemoControl } from './support/demo-control';
import { calmDemo, expect, test } from './support/heron';
import { openWall, row } from './support/wall';

test('a cluster’s own page draws who serves its users, and shows the change when the active LB is killed', async ({
  start,
}) => {
  test.setTimeout(150_000);
  const heron = await start(calmDemo);
  const { page } = heron;
  await openWall(page);
  await row(page, 'fra-01').click();
  await page.getByRole('link', { name: 'Whole page' }).click();
  const cluster = page.getByRole('article', { name: 'Cluster fra-01' });
  const picture = cluster.getByRole('img', { name: /held by the LB of fra-01-\d\d/ });
  await expect(picture).toBeVisible();
  const before = /fra-01-\d\d/.exec((await picture.getAttribute('aria-label')) ?? '')?.[0] ?? '';
  expect(before).not.toBe('');
  await expect(cluster.getByRole('table').first()).toContainText('fra-01-08');

  const control = await DemoControl.of(heron);
  await control.cause({ kind: 'lb-dies', cluster: 'fra-01', edge: '@master' });
  const drawing = cluster.getByRole('img', { name: /^Users reach/ });
  await expect(drawing).toHaveAccessibleName(
    new RegExp(`held by the LB of fra-01-(?!${before.slice(-2)})\\d\\d,`),
    {
      timeout: 30_000,
    },
  );
  await expect(cluster.locator('figcaption')).toContainText('held the address before');

  await page.keyboard.press('Escape');
  await expect(page.getByRole('grid', { name: 'Clusters' })).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Details of fra-01' })).toBeVisible();
});
