import type {} from '../../renderer/bridge/heron';
import { exampleInventory, expect, test } from './support/heron';
import { cell, demoClusters, openWall, order, row, rows } from './support/wall';

test.beforeEach(async ({ demo }) => openWall(demo.page));

test('the demo fleet is on the wall: six clusters and an edge of its own, up, with who is the active LB', async ({
  demo,
}) => {
  for (const name of demoClusters) {
    await expect(await cell(demo.page, name, 'Health')).toHaveText('Up');
    await expect(await cell(demo.page, name, 'Active LB')).toHaveText(new RegExp(`^\\s*${name}-\\d\\d`));
    await expect(await cell(demo.page, name, 'Cluster IP')).toHaveText(/^\s*10\.\d+\.16\.10\s*$/);
    await expect(await cell(demo.page, name, 'Virtual Service Edges')).toHaveAccessibleName(/(\d+) of \1 up/);
  }
  await expect(row(demo.page, 'mad-trial-edge')).toContainText('not applicable');
  await expect(demo.page.getByRole('contentinfo')).toContainText('Demo fleet');
  await expect(demo.page.getByRole('region', { name: 'Verdict' })).toContainText('7 of 7 up');
});

test('the table has the columns of the vendor’s page, and more', async ({ demo }) => {
  const heads = demo.page.getByRole('grid', { name: 'Clusters' }).getByRole('columnheader');
  for (const head of [
    'Name',
    'Status',
    'Virtual Service Edges',
    'Cluster IP',
    'IPSec',
    'Health',
    'Active LB',
    'Last failover',
    'Traffic share',
  ]) {
    await expect(heads.filter({ hasText: new RegExp(`^\\s*${head}`) })).toHaveCount(1);
  }
});

test('a heading sorts, both ways', async ({ demo }) => {
  const head = demo.page.getByRole('columnheader').filter({ hasText: 'Cluster IP' });
  const byAddress = ['fra-01', 'gru-01', 'sin-02', 'iad-01', 'lhr-01', 'syd-01'];
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', /ascending|descending/);
  const first = await head.getAttribute('aria-sort');
  const clustersOnly = async (): Promise<string[]> =>
    (await order(demo.page)).filter((id) => demoClusters.includes(id));
  await expect.poll(clustersOnly).toEqual(first === 'ascending' ? byAddress : byAddress.toReversed());
  await head.getByRole('button').click();
  await expect.poll(clustersOnly).toEqual(first === 'ascending' ? byAddress.toReversed() : byAddress);
  await demo.page.getByRole('columnheader').filter({ hasText: 'Health' }).getByRole('button').click();
});

test('the search narrows the rows, says so, and gives them back', async ({ demo }) => {
  const field = demo.page.getByRole('textbox', { name: 'Search' });
  await field.fill('singap');
  await expect(rows(demo.page)).toHaveCount(1);
  await expect(row(demo.page, 'sin-02')).toBeVisible();
  await expect(demo.page.getByRole('contentinfo')).toContainText('1 of 7');
  await field.fill('10.25.16');
  await expect(row(demo.page, 'syd-01')).toBeVisible();
  await expect(rows(demo.page)).toHaveCount(1);
  await demo.page.getByRole('button', { name: 'Clear search' }).click();
  await expect(rows(demo.page)).toHaveCount(7);
});

test('a chip filters by state, by shape, count and word', async ({ demo }) => {
  const chip = demo.page
    .getByRole('group', { name: 'Filter', exact: true })
    .getByRole('button', { name: /7\s*Up/ });
  await expect(chip).toHaveAttribute('aria-pressed', 'false');
  await chip.click();
  await expect(chip).toHaveAttribute('aria-pressed', 'true');
  await expect(rows(demo.page)).toHaveCount(7);
  await chip.click();
  await expect(chip).toHaveAttribute('aria-pressed', 'false');
});

test('the details show every edge, and the share chart that is drawn and also a table', async ({ demo }) => {
  await row(demo.page, 'iad-01').click();
  const pane = demo.page.getByRole('complementary', { name: 'Details of iad-01' });
  await expect(pane.getByRole('region', { name: 'Virtual Service Edges' }).locator('tbody tr')).toHaveCount(
    16,
  );
  const share = pane.getByRole('region', { name: 'Share over time', exact: true });
  const canvas = share.locator('canvas');
  await expect(canvas).toBeVisible({ timeout: 30_000 });
  await expect
    .poll(() =>
      canvas.evaluate((element) => {
        const { width, height } = element as HTMLCanvasElement;
        const pixels =
          (element as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
        const colours = new Set<number>();
        for (let at = 0; at < pixels.length; at += 4) {
          if ((pixels[at + 3] ?? 0) > 200)
            colours.add(((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0));
        }
        return colours.size;
      }),
    )
    .toBeGreaterThanOrEqual(16);
  await share.getByRole('button', { name: 'Show as table' }).click();
  const table = share.getByRole('region', { name: 'Share over time, as a table' });
  await expect(table.getByRole('columnheader')).toHaveCount(18);
  await expect(
    table
      .locator('tbody')
      .getByText(/^\s*[3-9](\.\d)?\s%\s*$/)
      .first(),
  ).toBeVisible();
  await share.getByRole('button', { name: 'Show as chart' }).click();
  await demo.page.keyboard.press('Escape');
});

test('the keyboard reaches everything: rows, details, search, help', async ({ demo }) => {
  const { page } = demo;
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('j');
  await expect(page.locator('[data-row]:focus')).toHaveCount(1);
  await page.keyboard.press('End');
  await expect(rows(page).last()).toBeFocused();
  await page.keyboard.press('Home');
  await expect(rows(page).first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(rows(page).nth(1)).toBeFocused();
  await page.keyboard.press('k');
  await expect(rows(page).first()).toBeFocused();
  const outline = await rows(page)
    .first()
    .evaluate((element) => getComputedStyle(element).outlineWidth);
  expect(outline).toBe('2px');
  const first = (await order(page))[0] ?? '';
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: `Details of ${first}` })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary', { name: /Details/ })).toHaveCount(0);
  await page.keyboard.press('/');
  await expect(page.getByRole('textbox', { name: 'Search' })).toBeFocused();
  await page.keyboard.type('nothing like this');
  await expect(rows(page)).toHaveCount(0);
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await expect(rows(page)).toHaveCount(7);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('?');
  await expect(page).toHaveURL(/#\/help$/);
});

test('dark and light: the choice colours the page and the window, and lasts', async ({ start }) => {
  const heron = await start(['--inventory', exampleInventory]);
  const background = (): Promise<string> =>
    heron.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const source = (): Promise<string> => heron.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource);
  await heron.page.getByRole('link', { name: 'Settings' }).click();
  await heron.page.getByRole('radio', { name: 'Dark' }).click();
  await expect(heron.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect.poll(background).toBe('rgb(11, 16, 22)');
  await expect.poll(source).toBe('dark');
  await heron.page.getByRole('radio', { name: 'Light' }).click();
  await expect.poll(background).toBe('rgb(238, 242, 246)');
  await expect.poll(source).toBe('light');
  await heron.page.reload();
  await expect(heron.page.locator('html')).toHaveAttribute('data-theme', 'light');
  await heron.quit();
  const again = await start(['--inventory', exampleInventory], heron.userData);
  await expect(again.page.locator('html')).toHaveAttribute('data-theme', 'light');
  expect(await again.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('light');
});

test('a page that is loaded again has everything at once, and goes on being told', async ({ demo }) => {
  await demo.page.reload();
  await openWall(demo.page);
  const told = await demo.page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const stop = window.heron?.on('snapshot.changed', (text) => {
          stop?.();
          resolve(JSON.parse(text).atMs);
        });
      }),
  );
  expect(Date.now() - told).toBeLessThan(5000);
});
