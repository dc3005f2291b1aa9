import { expect, test } from './support/heron';
import { runCommand } from './support/palette';
import { openWall, row } from './support/wall';

test('planned maintenance is a state in table, wall and timeline, and ends by hand', async ({ demo }) => {
  const { page } = demo;
  await openWall(page);
  await row(page, 'fra-01').click();
  await page.getByRole('button', { name: 'Maintenance', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Plan maintenance' });
  await expect(dialog).toContainText('Matches 1 row');
  const save = dialog.locator('button.primary');
  await expect(save).toContainText('Enter a reason');
  await dialog.getByLabel(/^Reason/).fill('Hypervisor patches, CHG-40417');
  await dialog.getByLabel('Your name').fill('ann');

  // Preview of what recurs: five times, each with its length.
  await dialog.getByRole('radio', { name: 'Recurring' }).click();
  await expect(dialog.locator('li.time')).toHaveCount(5);
  await dialog.getByRole('radio', { name: 'Once' }).click();
  const local = (minutes: number): string =>
    new Date(Date.now() + minutes * 60_000).toISOString().slice(0, 16);
  await dialog.getByLabel(/^Until/).fill(local(-60));
  await expect(dialog.getByRole('alert')).toContainText('end');
  await dialog.getByLabel('From', { exact: true }).fill(local(-10));
  await dialog.getByLabel(/^Until/).fill(local(120));
  await expect(dialog.locator('.hint')).toContainText('It has begun already.');
  await expect(save).toContainText('Plan 1 row, once');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();

  await expect(page.getByText(/Maintenance until (\d+ \w{3} )?\d\d:\d\d, \d of \d edges up/)).toBeVisible();
  await expect(row(page, 'fra-01')).toContainText('Maintenance');
  await page.getByRole('link', { name: 'Wall' }).click();
  await expect(page.locator('.tile', { hasText: 'fra-01' })).toContainText('until');
  await page.keyboard.press('Escape');

  await runCommand(page, 'planned maintenance');
  const list = page.getByRole('dialog', { name: 'Maintenance' });
  await expect(list.getByRole('listitem')).toContainText('Hypervisor patches, CHG-40417');
  await expect(list.getByRole('listitem')).toContainText('In progress, until');
  await list.getByRole('button', { name: 'End now' }).click();
  await expect(list.getByRole('listitem')).toContainText('Over');
  await list.getByRole('button', { name: 'Cancel it', exact: true }).click();
  await list.getByRole('button', { name: 'Cancel it for good' }).click();
  await expect(list).toContainText('No maintenance is planned.');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Clusters' }).click();
  await expect(row(page, 'fra-01')).not.toContainText('Maintenance');
});

test('a window that matches everything asks first', async ({ demo }) => {
  const { page } = demo;
  await openWall(page);
  await runCommand(page, 'plan maintenance');
  const dialog = page.getByRole('dialog', { name: 'Plan maintenance' });
  await dialog.getByLabel(/^Reason/).fill('Power off');
  await dialog.getByLabel('Your name').fill('ann');
  await expect(dialog.locator('button.primary')).toContainText('Confirm that everything is meant');
  await dialog.getByLabel('What', { exact: true }).fill('name fra-*');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Remove name fra-*' })).toBeVisible();
  await expect(dialog.locator('button.primary')).toContainText(/Plan \d+ rows?, once/);
});
