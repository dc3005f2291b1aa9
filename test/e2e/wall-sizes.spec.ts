import type { Page } from '@playwright/test';
import { violationsIn } from './support/axe';
import { startFakePage, type FakePage } from './support/fake-page';
import { expect, test } from './support/heron';
import { measureWall } from './support/measure-wall';
import { comparePicture } from './support/pictures';

/** The wall as the browser draws it, on made-up fleets of each size: the layout itself has a property test. */
const sizes = [
  [1920, 1080],
  [1280, 800],
  [1024, 700],
] as const;
const fleets = [7, 60, 300].flatMap((rows) => [0, 9, 60].map((problems) => [rows, problems] as const));

let fake: FakePage;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  fake = await startFakePage();
  page = fake.page;
});
test.afterAll(() => fake.close());

interface Shown {
  scenario: string;
  theme?: 'dark' | 'light';
  /** Null: not known, and asked for. */
  inches?: number | null;
  size?: readonly [width: number, height: number];
}

async function openWall({
  scenario,
  theme = 'dark',
  inches = 55,
  size = [1920, 1080],
}: Shown): Promise<void> {
  const preferences = { theme, wallScreenInches: inches, wallScreenAsked: inches !== null };
  await fake.open({ scenario, view: '/wall', size, preferences });
  await expect(page.getByRole('main', { name: 'Wall' })).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.fonts.check("500 20px 'Inter Variable'"))).toBe(true);
}

for (const size of sizes) {
  test(`${size.join(' x ')}: 7, 60 and 300 rows with 0, 9 and 60 problems are drawn whole and large enough`, async () => {
    test.setTimeout(240_000);
    for (const theme of ['dark', 'light'] as const) {
      for (const [rows, problems] of fleets) {
        // In the light theme only what differs in kind: its geometry is the same.
        if (theme === 'light' && rows === 7) continue;
        const scenario = `wall-${rows}-${problems}-${rows > 20 ? 2 : 0}`;
        await test.step(`${scenario} ${theme}`, async () => {
          await openWall({ scenario, theme, size });
          const wall = await measureWall(page);
          expect(wall.faults, scenario).toEqual([]);
          expect(wall.smallest.problemName).toBeGreaterThanOrEqual(problems > 0 ? 36 : 0);
          expect(wall.smallest.reason).toBeGreaterThanOrEqual(problems > 0 ? 24 : 0);
          expect(wall.smallest.name).toBeGreaterThanOrEqual(21);
          expect(wall.smallest.any).toBeGreaterThanOrEqual(18);
          expect(wall.usedHeight).toBeGreaterThan(0.995);
        });
      }
    }
  });
}

test('sizes follow the size of the screen, which is asked once', async () => {
  await openWall({ scenario: 'wall-7-1-0', inches: null });
  const before = await measureWall(page);
  await page.getByRole('region', { name: 'Screen size' }).getByRole('button', { name: '24″' }).click();
  await expect(page.getByRole('region', { name: 'Screen size' })).toHaveCount(0);
  const after = await measureWall(page);
  expect(after.faults).toEqual([]);
  expect(after.smallest.any).toBeGreaterThan(before.smallest.any * 1.8);
  await page.reload();
  await expect(page.getByRole('main', { name: 'Wall' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Screen size' })).toHaveCount(0);

  await page.goto(`${page.url().replace(/#.*/, '')}#/settings`);
  const field = page.getByRole('textbox', { name: 'Screen of the wall' });
  await expect(field).toHaveValue('24');
  await field.fill('5500');
  await expect(page.getByText('Enter 7 to 200 inches')).toBeVisible();
  await field.fill('55');
  await field.press('Enter');
  await expect(page.getByText(/can be read from up to 3\.\d m/)).toBeVisible();
  expect(await violationsIn(page, 'settings')).toEqual([]);
});

test('keys: arrows move between tiles, a acknowledges without a dialog, Enter opens', async () => {
  await openWall({ scenario: 'wall-60-9-2' });
  const focused = (): Promise<string | undefined> =>
    page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-cluster]')?.dataset['cluster']);
  await page.keyboard.press('ArrowDown');
  await expect.poll(focused).toBe('gru-01');
  const worst = page.locator('[data-cluster="gru-01"]');
  await expect(worst).toContainText('Unacknowledged');
  await page.keyboard.press('a');
  await expect(worst).toContainText('Acknowledged by noc');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await expect.poll(focused).not.toBe('gru-01');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/cluster\/gru-01$/);
});

test('the mouse: a tile opens, its acknowledgement and that of an outage are buttons', async () => {
  await openWall({ scenario: 'wall-60-9-2' });
  await page.locator('[data-cluster="scl-01"]').getByRole('button', { name: 'Unacknowledged' }).click();
  await expect(page.locator('[data-cluster="scl-01"]')).toContainText('Acknowledged by noc');
  const over = page.getByRole('region', { name: 'Over, unacknowledged' });
  await expect(over).toContainText('had no active LB for 1.8 to 4 s');
  await over.getByRole('button', { name: /^Ack / }).first().click();
  await expect(over.getByRole('listitem')).toHaveCount(1);
  await page.locator('[data-cluster="ams-02"]').click();
  await expect(page).toHaveURL(/#\/cluster\/ams-02$/);
});

test('more than fits turns pages by key, with the worst problem on each', async () => {
  await openWall({ scenario: 'wall-300-60-2', size: [1280, 800] });
  const seen = new Set<string>();
  const count = Number(/of (\d+)/.exec(await page.getByText(/^page 1 of/).innerText())?.[1]);
  expect(count).toBeGreaterThan(1);
  for (let number = 1; number <= count; number += 1) {
    await expect(page.getByText(`page ${number} of ${count}`)).toBeVisible();
    const { faults, clusters } = await measureWall(page);
    expect(faults).toEqual([]);
    expect(clusters).toContain('gru-01');
    await expect(page.getByRole('region', { name: 'Over, unacknowledged' })).toBeVisible();
    for (const cluster of clusters) seen.add(cluster);
    await page.keyboard.press('PageDown');
  }
  expect(seen.size).toBe(300);
});

test('Heron’s own blindness stands above everything, and an empty wall offers ways on', async () => {
  await openWall({ scenario: 'stall' });
  await expect(page.getByRole('article', { name: /^Readings have stopped/ })).toBeVisible();
  expect((await measureWall(page)).faults).toEqual([]);
  await openWall({ scenario: 'empty', size: [1024, 700] });
  await page.getByRole('button', { name: 'Add cluster' }).click();
  await expect(page.getByRole('dialog', { name: /^Add Virtual Service Edge Cluster/ })).toBeVisible();
});

test('axe finds nothing on the wall', async () => {
  await openWall({ scenario: 'wall-60-9-2' });
  expect(await violationsIn(page, 'wall')).toEqual([]);
});

/** Shown in docs/screens.md. */
const pictures: readonly (Shown & { name: string })[] = [
  { name: 'wall-60-dark-1920x1080', scenario: 'wall-60-9-2' },
  { name: 'wall-300-light-1920x1080', scenario: 'wall-300-3-2', theme: 'light' },
  { name: 'wall-60-light-1024x700', scenario: 'wall-60-3-1', theme: 'light', size: [1024, 700] },
  { name: 'wall-blind-dark-1280x800', scenario: 'blind', size: [1280, 800] },
];

test('the pictures of the documentation are of this wall', async () => {
  for (const { name, ...shown } of pictures) {
    await openWall(shown);
    await expect(page.locator('.tile').first()).toBeVisible();
    expect((await measureWall(page)).faults, name).toEqual([]);
    // Clocks and ages differ from run to run.
    comparePicture(`${name}.png`, await page.screenshot(), 0.03);
  }
});
