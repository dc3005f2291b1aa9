import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { startLab, type Lab } from '../lab/real-lab';
import { missingForLab } from '../lab/requirements';
import type { TrueFailover } from '../lab/true-history';
import { expect, test } from './support/heron';
import { banner, goTo, saveAs, stateOf, timeShown, watchedFor } from './support/opened-file';
import { pictureOf, textOf } from './support/report-picture';
import { bracketHolds, findFailover } from './support/timeline';
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

/** Kills the active LB, and waits until it is settled who truly took over. */
async function killActiveLb(real: Lab): Promise<TrueFailover> {
  expect(await real.fault('lb-dies')).toBe(first);
  await expect.poll(() => real.history().failovers.length, { timeout: 20_000 }).toBe(1);
  const [truth] = real.history().failovers;
  expect(truth).toMatchObject({ from: first, to: second });
  return truth!;
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

  const event = await findFailover(page, first, second);
  const shown = await bracketHolds(event, truth);

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
  await goTo(page, shown.lastOldMs);
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
  await page.getByRole('button', { name: 'Report…' }).click();
  await page.getByRole('button', { name: /^Save as PDF/ }).click();
  await expect(page.getByText(`Saved as ${pdf}`)).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press('Escape');
  const picture = await pictureOf(heron, pdf);
  expect(picture.green, 'the report shows the timeline').toBeGreaterThan(200);
  const words = textOf(pdf);
  for (const expected of [first, second, 'Failover']) expect(words).toContain(expected);
  expect(readFileSync(pdf).toString('latin1', 0, 5)).toBe('%PDF-');
  expect(await heron.quit()).toBe(0);

  const before = stateOf(file);
  const other = await start([file], path.join(folder, 'second-profile'));
  await expect(banner(other.page)).toContainText('Incident file real.heron', { timeout: 30_000 });
  await expect(banner(other.page)).toContainText('Not verified: ', { timeout: 30_000 });
  const again = await findFailover(other.page, first, second);
  expect(await bracketHolds(again, truth)).toEqual(shown);
  await expect(other.page.getByRole('button', { name: /^1 Note/ })).toBeVisible();
  await goTo(other.page, shown.lastOldMs);
  await other.page.getByRole('link', { name: 'Clusters' }).click();
  await expect(await cell(other.page, cluster, 'Active LB')).toContainText(first);
  await expect(timeShown(other.page)).toContainText('PAST');
  expect(stateOf(file)).toEqual(before);
});
