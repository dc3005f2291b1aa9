import type { Locator, Page } from '@playwright/test';
import { DemoControl } from './support/demo-control';
import { calmDemo, expect, test } from './support/heron';
import { timeShown, watchedFor } from './support/opened-file';
import { firstReadingsMs, openWall, row } from './support/wall';

/** What has the focus shows it: a ring that is seen, inside the window. WCAG 2.2, 2.4.7 and 2.4.11. */
async function focusIsSeen(page: Page): Promise<void> {
  const seen = await page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return 'nothing has the focus';
    const name = `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? ''}`;
    if (!element.matches(':focus-visible')) return `${name} does not show its focus`;
    // A field inside a frame of its own lets that frame show it.
    const rings = [element, element.parentElement, element.parentElement?.parentElement].map((one) => {
      if (!one) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
    });
    if (!rings.includes(true)) return `${name} has no ring`;
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const inside = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
    return inside ? 'seen' : `${name} is outside the window`;
  });
  expect(seen).toBe('seen');
}

/** Tab by Tab to `target`; the focus is seen at every stop. */
async function tabTo(page: Page, target: Locator, most = 40): Promise<void> {
  for (let press = 0; press < most; press += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
    await focusIsSeen(page);
  }
  await expect(target, `reached within ${most} times Tab`).toBeFocused({ timeout: 1 });
}

/** By the palette: `Ctrl K`, some letters, Enter. */
async function palette(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog', { name: 'Command palette' });
  // Its one field: the caret in it shows the focus.
  await expect(dialog.locator('input:focus')).toBeVisible();
  await page.keyboard.type(words);
  await expect(dialog.getByRole('option').first()).toContainText(new RegExp(words, 'i'));
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
}

test('a shift by keys alone: search, open, acknowledge, timeline, travel, live, wall, give back, help', async ({
  start,
}) => {
  test.setTimeout(200_000);
  const heron = await start(calmDemo);
  const { page } = heron;
  await openWall(page);
  await watchedFor(page, 8000);
  const control = await DemoControl.of(heron);
  await control.cause({ kind: 'lb-dies', cluster: 'fra-01', edge: '@master' });

  await test.step('who sits here', async () => {
    await palette(page, 'Settings');
    await tabTo(page, page.getByRole('textbox', { name: 'Your name' }));
    await page.keyboard.type('EU desk');
  });

  await test.step('the table is searched, a row opened and closed', async () => {
    await palette(page, 'Clusters');
    await expect(row(page, 'fra-01')).toContainText('Unacknowledged', { timeout: firstReadingsMs });
    await expect(page.getByRole('button', { name: '1 Unacknowledged' })).toBeVisible();
    await page.keyboard.press('/');
    await focusIsSeen(page);
    await page.keyboard.type('fra');
    await tabTo(page, row(page, 'fra-01'));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('complementary', { name: 'Details of fra-01' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(row(page, 'fra-01')).toBeFocused();
    await focusIsSeen(page);
  });

  await test.step('acknowledged, and the focus comes back', async () => {
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog', { name: 'Acknowledge fra-01' });
    await expect(dialog).toBeVisible();
    await focusIsSeen(page);
    await page.keyboard.type('Power is out in hall 2.');
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(row(page, 'fra-01')).toContainText('Acknowledged by EU desk');
    await expect(page.getByRole('button', { name: /Unacknowledged/ })).toHaveCount(0);
    await expect(row(page, 'fra-01')).toBeFocused();
    await page.keyboard.press('/');
    await page.keyboard.press('Escape');
  });

  await test.step('the failover on the timeline, travelled to, and back to live', async () => {
    await palette(page, 'Timeline');
    await tabTo(page, page.getByRole('application', { name: /^Timeline/ }));
    const event = page.getByRole('complementary', { name: /^Event: Failover, fra-01/ });
    await expect(async () => {
      await page.keyboard.press('p');
      await expect(event).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 20_000 });
    await tabTo(page, event.getByRole('button', { name: 'Travel here' }));
    await page.keyboard.press('Enter');
    await expect(timeShown(page)).toContainText('PAST');
    const before = await timeShown(page).locator('time').textContent();
    await page.keyboard.press('t');
    await page.keyboard.press('ArrowLeft');
    await expect(timeShown(page).locator('time')).not.toHaveText(before ?? '');
    await page.keyboard.press('l');
    await expect(timeShown(page)).toContainText('LIVE');
  });

  await test.step('the wall and back', async () => {
    await page.keyboard.press('d');
    await page.keyboard.press('k');
    await expect(page.getByRole('article', { name: /^fra-01: / })).toContainText('Acknowledged by EU desk');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
  });

  await test.step('given back on the cluster’s page', async () => {
    await palette(page, 'fra-01');
    const cluster = page.getByRole('article', { name: 'Cluster fra-01' });
    await expect(cluster).toContainText('Power is out in hall 2.');
    await expect(cluster).toContainText('EU desk acknowledged fra-01');
    await tabTo(page, cluster.getByRole('button', { name: 'Acknowledge', exact: true }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('button', { name: 'Withdraw' }));
    await page.keyboard.press('Enter');
    await expect(cluster).toContainText('Unacknowledged');
    await expect(cluster).toContainText('EU desk withdrew the acknowledgement of fra-01');
  });

  await test.step('the zone of times, and help', async () => {
    await tabTo(page, page.getByRole('radio', { name: 'UTC' }), 80);
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('radio', { name: 'Local' })).toBeFocused();
    await expect(page.getByRole('radio', { name: 'Local' })).toBeChecked();
    await focusIsSeen(page);
    await page.keyboard.press('?');
    await expect(page.getByRole('region', { name: 'Help' })).toBeVisible();
    await tabTo(page, page.getByRole('region', { name: 'Help' }));
  });
});
