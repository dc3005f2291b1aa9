import { expect, test } from './support/heron';
import { openWall } from './support/wall';

test('Ctrl K finds a cluster, an action and a time by keyboard alone', async ({ demo }) => {
  const { page } = demo;
  await openWall(page);
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await expect(palette.getByRole('option', { name: /Add a cluster/ })).toBeVisible();
  await page.keyboard.type('fr1');
  await expect(palette.getByRole('option').first()).toContainText('fra-01');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('article', { name: 'Cluster fra-01' })).toBeVisible();

  await page.keyboard.press('Control+k');
  await expect(palette.getByRole('group').first()).toContainText('Recent');
  await page.keyboard.type('2026-01-02 03:04');
  await expect(palette.getByRole('option').first()).toContainText('Go to');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'Time shown' })).toContainText('PAST');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('go live');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'Time shown' })).toContainText('LIVE');
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
  await expect(page.getByRole('article', { name: 'Cluster fra-01' })).toBeVisible();
});
