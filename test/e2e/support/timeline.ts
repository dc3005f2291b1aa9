import type { Locator, Page } from '@playwright/test';
import type { TrueFailover } from '../../lab/true-history';
import { expect } from './heron';

/**
 * Selects a failover on the timeline by key, from event to event back from now, and returns its panel. The lens below its lane
 * then shows both LBs.
 */
export async function findFailover(page: Page, from: string, to: string): Promise<Locator> {
  await page.getByRole('link', { name: 'Timeline' }).click();
  await expect(page.getByRole('button', { name: /^1 Failover/ })).toBeVisible({ timeout: 30_000 });
  // The timeline's keys work wherever the focus is.
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const event = page.getByRole('complementary', { name: `Event: Failover, ${from} to ${to}` });
  await expect(async () => {
    await page.keyboard.press('p');
    await expect(event).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  const lens = await openLens(page);
  for (const name of [from, to, 'Users cut off']) await expect(lens).toContainText(name);
  await ingressAtPointer(lens, from);
  return event;
}

/** The last lane of a lens of a failover has the traffic of both LBs at the pointer. */
async function ingressAtPointer(lens: Locator, name: string): Promise<void> {
  const lanes = lens.locator('canvas');
  await expect(async () => {
    const box = await lanes.boundingBox();
    if (box === null) throw new Error('the lens is not drawn');
    await lens.page().mouse.move(box.x + box.width / 2, box.y + box.height - 12);
    await expect(lens.getByRole('tooltip')).toContainText(`${name}:`, { timeout: 1000 });
  }).toPass({ timeout: 20_000 });
  await lens.page().mouse.move(0, 0);
}

/** The lens of the selected event. A young history fills the timeline with a minute, in which an event needs none: zooms out until it has one. */
export async function openLens(page: Page): Promise<Locator> {
  const lens = page.getByRole('figure', { name: /^Lens on/ });
  await expect(async () => {
    if (!(await lens.isVisible())) await page.keyboard.press('-');
    await expect(lens).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 20_000 });
  return lens;
}

/** A bracket as the event's panel shows it, UTC milliseconds. */
export interface ShownBracket {
  lastOldMs: number;
  firstNewMs: number;
}

/** The bracket a failover's panel shows: it contains the true time and is at most a few seconds wide. */
export async function bracketHolds(panel: Locator, truth: TrueFailover): Promise<ShownBracket> {
  const shown = {
    lastOldMs: await shownMs(panel, 'last seen as only MASTER', truth.lastMasterMs),
    firstNewMs: await shownMs(panel, 'first seen as only MASTER', truth.firstMasterMs),
  };
  expect(shown.lastOldMs).toBeLessThanOrEqual(truth.lastMasterMs);
  expect(shown.firstNewMs).toBeGreaterThanOrEqual(truth.firstMasterMs);
  // Role polls are a second apart, a take-over takes two or three.
  expect(shown.firstNewMs - shown.lastOldMs).toBeLessThan(10_000);
  return shown;
}

/** The clock time with tenths, UTC, behind these words, on the day that puts it nearest to `nearMs`. */
async function shownMs(panel: Locator, words: string, nearMs: number): Promise<number> {
  const text = (await panel.textContent()) ?? '';
  const clock = new RegExp(`${words}\\s*(\\d\\d:\\d\\d:\\d\\d\\.\\d)`).exec(text)?.[1];
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  const all = [-1, 0, 1].map((days) => Date.parse(`${day(nearMs + days * 86_400_000)}T${clock}Z`));
  return all.sort((a, b) => Math.abs(a - nearMs) - Math.abs(b - nearMs))[0] ?? NaN;
}
