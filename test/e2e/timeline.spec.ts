import type { Page } from '@playwright/test';
import { expect, test } from './support/heron';

/** Moves the pointer along a cluster's lane until the tip has these words; returns their place. */
async function pointAt(page: Page, cluster: string, words: RegExp): Promise<{ x: number; y: number }> {
  const box = await page.getByRole('application', { name: /^Timeline\./ }).boundingBox();
  const lane = await page.locator(`[data-lane="${cluster}"]`).boundingBox();
  if (!box || !lane) throw new Error(`the timeline has no lane ${cluster}`);
  const y = lane.y + lane.height / 2;
  const tip = page.getByRole('tooltip');
  for (let x = box.x + box.width - 4; x > box.x; x -= 4) {
    await page.mouse.move(x, y);
    // The tip follows in the next frame.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    if ((await tip.count()) > 0 && words.test((await tip.textContent()) ?? '')) return { x, y };
  }
  throw new Error(`nothing on the lane of ${cluster} says ${String(words)}`);
}

test('the timeline opens on its data, explains what the pointer is on, stands still under it, and folds its legend', async ({
  start,
}) => {
  const { page } = await start(['--demo', '--demo-seed', '1']);
  await page.getByRole('link', { name: 'Timeline' }).click();
  const lanes = page.getByRole('application', { name: /^Timeline\./ });
  await expect(lanes).toBeVisible();

  await test.step('it begins at the first reading: nothing in it was not monitored', async () => {
    await expect(lanes).not.toHaveAccessibleName(/Not monitored/);
    await expect(page.locator('.ruler .day').first()).toHaveText(/^\d+ \w{3}$/);
  });

  await test.step('the legend folds and unfolds by keyboard', async () => {
    const fold = page.getByRole('button', { name: 'Legend' });
    await expect(page.getByRole('list', { name: 'Legend' })).toBeVisible();
    await fold.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('list', { name: 'Legend' })).toHaveCount(0);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('list', { name: 'Legend' })).toBeVisible();
  });

  await test.step('the state under the pointer, held until the pointer leaves or that is ended', async () => {
    await pointAt(page, 'fra-01', /fra-01: \w+.*since \d\d:\d\d:\d\d/);
    await expect(page.getByText('Held while the pointer is here')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('tooltip')).toHaveCount(0);
    await page.getByRole('button', { name: 'Follow now' }).click();
    await expect(page.getByText('Held while the pointer is here')).toHaveCount(0);
  });

  await test.step('the same tip by keyboard, along a lane, until Esc', async () => {
    await page.mouse.move(0, 0);
    await lanes.focus();
    await page.keyboard.press('ArrowDown');
    const tip = page.getByRole('tooltip');
    await expect(tip).toContainText(/: \w+|Not monitored/);
    await expect(tip).toContainText(/\d\d:\d\d:\d\d/);
    const first = await tip.textContent();
    await page.keyboard.press('ArrowDown');
    await expect(tip).not.toHaveText(first ?? '');
    await page.keyboard.press('ArrowUp');
    await expect(tip.locator('b')).toHaveText(/: /);
    await page.keyboard.press('Escape');
    await expect(tip).toHaveCount(0);
  });

  await test.step('a click on a bracket selects its event and leaves T where it is', async () => {
    await expect(page.getByRole('button', { name: /^\d+ Failover/ })).toBeVisible({ timeout: 60_000 });
    await lanes.focus();
    await page.keyboard.press('p');
    const panel = page.getByRole('complementary', { name: /^Event: / });
    await expect(panel).toBeVisible();
    const cluster =
      /in (\S+)$/.exec((await panel.getByRole('heading').first().textContent()) ?? '')?.[1] ?? '';
    await page.keyboard.press('Escape');
    await expect(panel).toHaveCount(0);
    const { x, y } = await pointAt(page, cluster, /between|click again/i);
    await page.mouse.click(x, y);
    await expect(panel).toBeVisible();
    await expect(page.getByRole('region', { name: 'Time travel' })).toHaveCount(0);
  });
});
