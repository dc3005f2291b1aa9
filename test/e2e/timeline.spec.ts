import { DemoControl } from './support/demo-control';
import { calmDemo, expect, test } from './support/heron';
import { cell, openWall } from './support/wall';

test('a failover is found on the timeline with its bracket, and travelled to: the table shows that second', async ({
  start,
}) => {
  test.setTimeout(180_000);
  const heron = await start(calmDemo);
  const { page } = heron;
  await openWall(page);
  const activeLb = await cell(page, 'fra-01', 'Active LB');
  const before = /fra-01-\d\d/.exec((await activeLb.textContent()) ?? '')?.[0] ?? '';
  const control = await DemoControl.of(heron);
  await control.cause({ kind: 'lb-dies', cluster: 'fra-01', edge: '@master' });
  await expect(activeLb).not.toContainText(before, { timeout: 30_000 });
  await expect(activeLb).toHaveText(/fra-01-\d\d/, { timeout: 30_000 });
  const after = /fra-01-\d\d/.exec((await activeLb.textContent()) ?? '')?.[0] ?? '';

  await page.getByRole('link', { name: 'Timeline' }).click();
  await expect(page.getByRole('button', { name: /^1 Failover/ })).toBeVisible({ timeout: 30_000 });
  const lanes = page.getByRole('application', { name: /^Timeline/ });
  await lanes.focus();
  await page.keyboard.press('p');
  const event = page.getByRole('complementary', { name: `Event: Failover, ${before} to ${after}` });
  await expect(event).toContainText('last seen before');
  await expect(event).toContainText('first seen after');
  await page
    .getByRole('button', { name: /fra-01/ })
    .first()
    .click();
  await expect(page.getByText('LB role')).toBeVisible();

  await event.getByRole('button', { name: 'Travel here' }).click();
  await expect(page.getByRole('group', { name: 'Time shown' })).toContainText('PAST');
  const travel = page.getByRole('region', { name: 'Time travel' });
  await page.getByRole('link', { name: 'Clusters' }).click();
  await expect(await cell(page, 'fra-01', 'Active LB')).toContainText(after);
  for (let seconds = 0; seconds < 8; seconds += 1) {
    await travel.getByRole('button', { name: 'One second back' }).click();
  }
  await expect(await cell(page, 'fra-01', 'Active LB')).toContainText(before);
  await travel.getByRole('button', { name: 'Next event' }).click();
  await expect(page.getByRole('group', { name: 'Time shown' })).toContainText('PAST');
  await page.locator('body').press('l');
  await expect(page.getByRole('group', { name: 'Time shown' })).toContainText('LIVE');
  await expect(await cell(page, 'fra-01', 'Active LB')).toContainText(after);
});
