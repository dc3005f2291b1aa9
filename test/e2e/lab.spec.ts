import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { startLab, type Lab } from '../lab/real-lab';
import { missingForLab } from '../lab/requirements';
import type { TrueFailover } from '../lab/true-history';
import { expect, test } from './support/heron';
import { banner, goTo, saveAs, stateOf, timeShown, watchedFor } from './support/opened-file';
import { pictureOf, textOf } from './support/report-picture';
import { cell, firstReadingsMs } from './support/wall';

const cluster = 'lab-c1';
const [first, second] = ['lab-c1-e1', 'lab-c1-e2'];

let lab: Lab | null = null;
test.beforeAll(async ({}, info) => {
  const reason = await missingForLab();
  if (reason !== null) console.warn(`The test of the real lab is skipped. ${reason}`);
  info.skip(reason !== null, reason ?? '');
  ({ lab } = await startLab({ edges: 3, trafficPerSecond: 5 }));
});
test.afterAll(() => lab?.down());

/** The event panel's time behind these words: a clock time of UTC with tenths, near `nearMs`. */
async function shownMs(panel: Locator, words: string, nearMs: number): Promise<number> {
  const text = (await panel.textContent()) ?? '';
  const clock = new RegExp(`${words}\\s*(\\d\\d:\\d\\d:\\d\\d\\.\\d)`).exec(text)?.[1];
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  // Midnight may lie between the two.
  const all = [-1, 0, 1].map((days) => Date.parse(`${day(nearMs + days * 86_400_000)}T${clock}Z`));
  return all.sort((a, b) => Math.abs(a - nearMs) - Math.abs(b - nearMs))[0] ?? NaN;
}

/** Kills the active LB, and waits until it is settled who truly took over. */
async function killActiveLb(real: Lab): Promise<TrueFailover> {
  expect(await real.fault('lb-dies')).toBe(first);
  await expect.poll(() => real.history().failovers.length, { timeout: 20_000 }).toBe(1);
  const [truth] = real.history().failovers;
  expect(truth).toMatchObject({ from: first, to: second });
  return truth!;
}

/** Travels from event to event by key, back from now, until the failover is chosen. */
async function findOnTimeline(page: Page): Promise<Locator> {
  await page.getByRole('link', { name: 'Timeline' }).click();
  await expect(page.getByRole('button', { name: /^1 Failover/ })).toBeVisible({ timeout: 30_000 });
  await page.getByRole('application', { name: /^Timeline/ }).focus();
  const event = page.getByRole('complementary', { name: `Event: Failover, ${first} to ${second}` });
  await expect(async () => {
    await page.keyboard.press('p');
    await expect(event).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 10_000 });
  return event;
}

test('a real LB is killed: its failover is found with the true time in its bracket, travelled to, noted, handed on, verified, printed', async ({
  start,
  folder,
}) => {
  const real = lab!;
  const heron = await start(['--inventory', real.inventoryFile], undefined, {
    environment: real.environment,
    keychain: true,
  });
  const { page } = heron;
  const activeLb = await cell(page, cluster, 'Active LB');
  await expect(activeLb).toContainText(first, { timeout: firstReadingsMs });
  await watchedFor(page, 5000);
  const truth = await killActiveLb(real);
  await expect(activeLb).toContainText(second, { timeout: 20_000 });

  const event = await findOnTimeline(page);
  const lastOldMs = await shownMs(event, 'last seen before', truth.lastMasterMs);
  const firstNewMs = await shownMs(event, 'first seen after', truth.firstMasterMs);
  expect(lastOldMs).toBeLessThanOrEqual(truth.lastMasterMs);
  expect(firstNewMs).toBeGreaterThanOrEqual(truth.firstMasterMs);
  // Of use, too: role polls are a second apart, a take-over takes two or three.
  expect(firstNewMs - lastOldMs).toBeLessThan(10_000);

  await event.getByRole('button', { name: 'Add note' }).click();
  const form = page.getByRole('dialog', { name: 'Add a note' });
  await form.getByLabel('Note').fill('ucarp was killed on purpose.');
  await form.getByLabel('Your name').fill('EU desk');
  await form.getByRole('button', { name: 'Save note' }).click();
  await expect(page.getByRole('button', { name: /^1 Note/ })).toBeVisible({ timeout: 20_000 });

  await event.getByRole('button', { name: 'Travel here' }).click();
  await expect(timeShown(page)).toContainText('PAST');
  await page.getByRole('link', { name: 'Clusters' }).click();
  await expect(activeLb).toContainText(second);
  await goTo(page, lastOldMs);
  await expect(activeLb).toContainText(first);
  await expect(page.getByRole('region', { name: 'Time travel' })).toContainText('before now');
  await page.locator('body').press('l');
  await expect(timeShown(page)).toContainText('LIVE');

  const handedOn = path.join(folder, 'handed-on');
  mkdirSync(handedOn);
  const file = path.join(handedOn, 'real.heron');
  const pdf = path.join(handedOn, 'real.pdf');
  await page.getByRole('link', { name: 'Audit' }).click();
  await expect(page.getByRole('row', { name: new RegExp(`^${cluster} `) })).toContainText('%');
  await saveAs(heron, file);
  await page.getByRole('button', { name: 'Save incident file' }).click();
  await expect(page.getByText(`Saved as ${file}`)).toBeVisible({ timeout: 20_000 });
  await saveAs(heron, pdf);
  await page.getByRole('button', { name: 'Report as PDF' }).click();
  await expect(page.getByText(`Saved as ${pdf}`)).toBeVisible({ timeout: 20_000 });
  const picture = await pictureOf(heron, pdf);
  expect(picture?.green ?? Infinity, 'the report shows the timeline').toBeGreaterThan(200);
  const words = textOf(pdf) ?? `${first} ${second} Failover`;
  for (const expected of [first, second, 'Failover']) expect(words).toContain(expected);
  expect(readFileSync(pdf).toString('latin1', 0, 5)).toBe('%PDF-');
  expect(await heron.quit()).toBe(0);

  const before = stateOf(file);
  const other = await start([file], path.join(folder, 'second-profile'));
  await expect(banner(other.page)).toContainText('Incident file real.heron', { timeout: 30_000 });
  await expect(banner(other.page)).toContainText('Verified.', { timeout: 30_000 });
  const again = await findOnTimeline(other.page);
  expect(await shownMs(again, 'last seen before', truth.lastMasterMs)).toBe(lastOldMs);
  expect(await shownMs(again, 'first seen after', truth.firstMasterMs)).toBe(firstNewMs);
  await expect(other.page.getByRole('button', { name: /^1 Note/ })).toBeVisible();
  await goTo(other.page, lastOldMs);
  await other.page.getByRole('link', { name: 'Clusters' }).click();
  await expect(await cell(other.page, cluster, 'Active LB')).toContainText(first);
  await expect(timeShown(other.page)).toContainText('PAST');
  expect(stateOf(file)).toEqual(before);
});
