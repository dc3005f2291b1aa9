import { expect, test } from './support/heron';
import { openWall } from './support/wall';

test('all edges are on a page of their own: searched, filtered, sorted, and each leads to its page', async ({
  demo,
}) => {
  const { page } = demo;
  await openWall(page);
  await page.getByRole('link', { name: 'Edges' }).click();
  const grid = page.getByRole('grid', { name: 'Virtual Service Edges' });
  await expect(grid).toHaveAttribute('aria-rowcount', '50');
  const rows = grid.locator('[role=row][data-row]');
  await page.getByRole('button', { name: /Standalone/ }).click();
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText('mad-trial-edge');
  await expect(page.getByText('48 edges hidden, none of them with a problem')).toBeVisible();
  await page.getByRole('button', { name: /Standalone/ }).click();

  await page.getByRole('textbox', { name: 'Search' }).fill('syd-01');
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: 'MASTER' })).toHaveCount(1);
  const head = grid.getByRole('columnheader').filter({ hasText: 'Name' });
  await head.getByRole('button').click();
  await expect(rows.first()).toContainText('syd-01-01');
  await head.getByRole('button').click();
  await expect(rows.first()).toContainText('syd-01-02');
  await rows.first().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('article', { name: 'Edge syd-01-02' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('article', { name: 'Cluster syd-01' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('textbox', { name: 'Search' }).fill('');
});
