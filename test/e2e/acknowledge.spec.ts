import { DemoControl } from './support/demo-control';
import { calmDemo, expect, test } from './support/heron';
import { firstReadingsMs, openWall, row } from './support/wall';

test('a problem is acknowledged by key, says who has it on row and wall, and is given back', async ({
  start,
}) => {
  test.setTimeout(200_000);
  const heron = await start(calmDemo);
  const { page } = heron;
  await openWall(page);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('textbox', { name: 'Your name' }).fill('EU desk');
  await page.getByRole('link', { name: 'Clusters' }).click();

  const control = await DemoControl.of(heron);
  await control.cause({ kind: 'edge-dies', cluster: 'fra-01', edge: 'fra-01-03' });
  await expect(row(page, 'fra-01')).toContainText('Nobody has it', { timeout: firstReadingsMs });
  await expect(page.getByRole('button', { name: '1 Unacknowledged' })).toBeVisible();
  await row(page, 'fra-01').focus();
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: 'Acknowledge fra-01' });
  await dialog.getByRole('textbox').fill('Power is out in hall 2.');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(row(page, 'fra-01')).toContainText('EU desk has it');
  await expect(page.getByRole('button', { name: /Unacknowledged/ })).toHaveCount(0);

  await page.keyboard.press('d');
  await page.keyboard.press('k');
  await expect(page.getByRole('article', { name: /^fra-01: / })).toContainText('EU desk has it');
  await page.keyboard.press('Escape');

  await page.evaluate(() => (location.hash = '#/cluster/fra-01'));
  const cluster = page.getByRole('article', { name: 'Cluster fra-01' });
  await expect(cluster).toContainText('Power is out in hall 2.');
  await expect(cluster).toContainText('EU desk has fra-01');
  await cluster.getByRole('button', { name: 'Acknowledge' }).click();
  await page.getByRole('button', { name: 'Nobody has it any more' }).click();
  await expect(cluster).toContainText('Nobody has it');
  await expect(cluster).toContainText('EU desk gave fra-01 back');
});

test('Ctrl K finds a cluster, an action and a time by keyboard alone', async ({ demo }) => {
  const { page } = demo;
  await openWall(page);
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Find or do' });
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
