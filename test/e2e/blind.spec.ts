import path from 'node:path';
import type { Page } from '@playwright/test';
import { violationsIn } from './support/axe';
import { startFakePage, type FakePage } from './support/fake-page';
import { exampleInventory, expect, test } from './support/heron';

/** What Heron says when it sees nothing, and what it keeps until it is acknowledged, drawn on made-up data. */
let fake: FakePage;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  fake = await startFakePage();
  page = fake.page;
});
test.afterAll(() => fake.close());

function open(
  scenario: string,
  view = '/clusters',
  size: readonly [number, number] = [1280, 800],
  theme = 'dark',
): Promise<void> {
  return fake.open({ scenario, more: '&still', view, size, preferences: { theme, wallScreenAsked: true } });
}

/** A picture to look at, where a folder for it was asked for. */
async function picture(name: string): Promise<void> {
  const folder = process.env['HERON_PICTURES'];
  if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

const verdict = () => page.getByRole('region', { name: 'Verdict' });

test('a fleet that fell silent is told once, with its cause and what to do', async () => {
  for (const [width, height, theme] of [
    [1280, 800, 'dark'],
    [1920, 1080, 'light'],
    [1024, 700, 'dark'],
    [1024, 600, 'light'],
  ] as const) {
    await open('blind', '/clusters', [width, height], theme);
    await expect(verdict()).toContainText(
      /Heron sees nothing: all \d+ clusters \+ 1 standalone edge silent since/,
    );
    await expect(verdict()).toContainText('Whether users are served is not known.');
    await expect(page.locator('.own')).toContainText(/Heron blind, \d:\d\d/);
    const gateways = page
      .getByRole('listitem')
      .filter({ hasText: 'gateways of the clusters answers either' });
    const own = page.getByRole('listitem').filter({ hasText: 'Gateway 10.9.0.1 of this computer' });
    if (height >= 700) {
      await expect(own).toContainText('most likely');
      await expect(gateways).toBeVisible();
      await expect(page.getByRole('columnheader', { name: /^Last known state/ })).toBeVisible();
    }
    // Folded to one line, where there is no room.
    else await expect(gateways).toHaveCount(0);
    await picture(`blind-${theme}-${width}x${height}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  }
  await expect.poll(() => page.title()).toMatch(/^Heron sees nothing/);
  await open('blind');
  expect(await violationsIn(page, 'blind')).toEqual([]);
});

test('all silent clusters are acknowledged at once, by the key or the button', async () => {
  await open('blind');
  await expect(verdict().getByRole('button', { name: /^Acknowledge/ })).toBeVisible();
  await page.locator('body').press('a');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(/Acknowledge \d+ clusters/);
  await dialog.getByRole('button', { name: /^Acknowledge as/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(verdict().getByRole('button', { name: /^Acknowledge/ })).toHaveCount(0);
  await expect(verdict()).toContainText('Acknowledged by');
});

test('all edges are tried by key, and the findings are copied as text', async () => {
  await open('blind');
  const status = page.getByRole('status').filter({ hasText: /answered within|Report copied/ });
  await expect(page.getByRole('button', { name: 'Try all now' })).toBeVisible();
  await page.locator('body').press('r');
  await expect(status).toContainText(/^0 of \d+ edges answered within 2\.1 s, \d\d:\d\d:\d\d/);
  const button = page.getByRole('button', { name: 'Copy report' });
  const before = await button.boundingBox();
  await button.click();
  await expect(status).toContainText('Report copied');
  expect(await button.boundingBox()).toEqual(before);
});

test('the end of the demo fleet is told on every view, with a button that restarts it', async () => {
  await open('demo-ended', '/events');
  const notice = page.getByRole('alert').filter({ hasText: 'The demo fleet ended' });
  await expect(notice.getByRole('button', { name: 'Restart demo fleet' })).toBeVisible();
  await open('demo-ended');
  await expect(verdict()).toContainText('Heron sees nothing: the demo fleet ended at');
  await picture('demo-ended');
  await page.getByRole('button', { name: 'Restart demo fleet' }).click();
  await expect(verdict()).not.toContainText('Heron sees nothing');
});

test('what cut users off stays in the table until it is acknowledged', async () => {
  await open('wall-7-0-2');
  await expect(verdict()).toContainText(/Unacknowledged: .*had no active LB for 1.8 to 4 s, /);
  const first = page.locator('[data-row]').first();
  await expect(first).toContainText('Had no active LB for 1.8 to 4 s');
  await picture('outages-dark-1280x800');
  expect(await violationsIn(page, 'outages')).toEqual([]);
  await first.focus();
  await page.keyboard.press('Enter');
  const details = page.getByRole('complementary', { name: /^Details of/ });
  await expect(details.locator('header').first()).toContainText(
    /Had no active LB for 1.8 to 4 s, .*Unacknowledged/,
  );
  // Several rows at once are named, each with what is wrong.
  await verdict()
    .getByRole('button', { name: /^Acknowledge/ })
    .click();
  const covered = page.getByRole('dialog').getByRole('list', { name: 'What is acknowledged' });
  await expect(covered.getByRole('listitem')).toHaveCount(2);
  await expect(covered.getByRole('listitem').first()).toContainText('Had no active LB for 1.8 to 4 s');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await first.focus();
  await page.keyboard.press('a');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Acknowledge as/ })
    .click();
  await expect(page.locator('[data-row]').filter({ hasText: 'Had no active LB' })).toHaveCount(1);
  await open('wall-7-0-2', '/clusters', [1024, 700], 'light');
  await picture('outages-light-1024x700');
});

test('edges that cannot be read are tried at once, and the report is on the clipboard', async ({ start }) => {
  test.setTimeout(180_000);
  const heron = await start(['--inventory', exampleInventory]);
  const said = heron.page.getByRole('region', { name: 'Verdict' });
  await expect(said).toContainText('Heron sees nothing', { timeout: 45_000 });
  await heron.page.getByRole('button', { name: /^Try all now/ }).click();
  await expect(heron.page.getByText(/^\d+ of \d+ edges answered within/)).toBeVisible({ timeout: 40_000 });
  await heron.page.getByRole('button', { name: 'Copy report' }).click();
  await expect
    .poll(() => heron.app.evaluate(({ clipboard }) => clipboard.readText()))
    .toMatch(/^Heron sees nothing.*Tested, the likely cause first:.*What to do:.*Frankfurt/s);
});
