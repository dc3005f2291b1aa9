import type { Locator, Page } from '@playwright/test';
import { DemoControl } from './support/demo-control';
import { calmDemo, expect, test, type Heron } from './support/heron';
import { openLens } from './support/timeline';
import { comparePicture } from './support/pictures';
import { cell, firstReadingsMs, openWall, row } from './support/wall';

/**
 * The pictures in docs/screenshots are of this: the seeded fleet, after the active LB of one cluster and an edge of another
 * died. `HERON_UPDATE_SCREENSHOTS=1 npm test -- e2e --project=dev screenshots` takes them anew; every run compares. Clocks,
 * ages and shares differ from run to run, a moved or missing part differs more.
 */
const themes = ['dark', 'light'] as const;
const sizes: readonly (readonly [width: number, height: number])[] = [
  [1280, 800],
  [1920, 1080],
];
/** Two runs differ by 0.0005 of the pixels here; text drawn by another version of Chromium by more. */
const mostDifferent = 0.01;
/** Heights, and the rail's width, in pixels: what the design says (--rail, --bar, --row, --row-problem). */
const layout = { rail: 64, bar: 48, row: 36, problemRow: 56 };

async function resize(heron: Heron, width: number, height: number): Promise<void> {
  await heron.app.evaluate(
    ({ BrowserWindow }, size) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.setFullScreen(false);
      window?.setContentSize(size.width, size.height);
    },
    { width, height },
  );
  await expect.poll(() => heron.page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
}

async function setTheme(page: Page, theme: (typeof themes)[number]): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('radio', { name: theme === 'dark' ? 'Dark' : 'Light' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
}

async function openView(page: Page, hash: string): Promise<void> {
  await page.evaluate((there) => {
    location.hash = there;
    (document.activeElement as HTMLElement | null)?.blur();
  }, hash);
  await page.mouse.move(0, 0);
}

async function measure(page: Page): Promise<typeof layout> {
  const box = async (part: Locator) => (await part.boundingBox()) ?? { width: 0, height: 0 };
  return {
    rail: Math.round((await box(page.getByRole('navigation', { name: 'Views' }))).width),
    bar: Math.round((await box(page.getByRole('banner'))).height),
    row: Math.round((await box(row(page, 'iad-01'))).height),
    problemRow: Math.round((await box(row(page, 'fra-01'))).height),
  };
}

/** What docs/screens.md shows. Running clocks are large on the wall, and charts grow while one looks. */
const views: readonly {
  name: string;
  hash: string;
  mostDifferent: number;
  shown(page: Page): Promise<void>;
  leave?(page: Page): Promise<void>;
}[] = [
  {
    name: 'table',
    hash: '#/clusters',
    mostDifferent,
    shown: (page) => expect(row(page, 'gru-01')).toContainText('gru-01-04'),
  },
  {
    name: 'cluster',
    hash: '#/cluster/fra-01',
    mostDifferent: 0.05,
    shown: (page) => expect(page.getByRole('article').locator('canvas').first()).toBeVisible(),
  },
  {
    name: 'edges',
    hash: '#/edges',
    mostDifferent: 0.02,
    shown: (page) => expect(page.getByRole('grid')).toContainText('gru-01-04'),
  },
  {
    name: 'form',
    hash: '#/clusters',
    mostDifferent,
    shown: async (page) => {
      await page.keyboard.press('n');
      await expect(page.getByRole('dialog', { name: /^Add Virtual Service Edge Cluster/ })).toBeVisible();
    },
    leave: (page) => page.keyboard.press('Escape'),
  },
  {
    name: 'timeline',
    hash: '#/timeline',
    // Where in the half hour the failover stands depends on how long the fleet took to answer.
    mostDifferent: 0.06,
    shown: async (page) => {
      await expect(page.getByRole('button', { name: /^\d+ Failovers?$/ })).toBeVisible();
      await page.getByRole('application', { name: /^Timeline/ }).focus();
      await page.keyboard.press('p');
      await expect(page.getByRole('complementary', { name: /^Event: Failover, fra-01/ })).toBeVisible();
      await openLens(page);
    },
    leave: (page) => page.keyboard.press('Escape'),
  },
  {
    name: 'incidents',
    hash: '#/incidents',
    mostDifferent: 0.02,
    shown: (page) => expect(page.getByRole('row', { name: /Failover/ }).first()).toContainText('fra-01'),
  },
  {
    name: 'wall',
    hash: '#/wall',
    mostDifferent: 0.03,
    shown: async (page) => {
      await expect(page.getByRole('main', { name: 'Wall' })).toContainText('gru-01');
      const question = page.getByRole('region', { name: 'Screen size' });
      if (await question.isVisible()) await question.getByRole('button', { name: 'Not now' }).click();
    },
    leave: (page) => page.keyboard.press('Escape'),
  },
];

test('the pictures of the documentation are of this wall', async ({ start }, info) => {
  test.setTimeout(360_000);
  const heron = await start(calmDemo);
  const { page } = heron;
  await resize(heron, 1440, 900);
  await openWall(page);
  const control = await DemoControl.of(heron);
  // One after the other: among problems the newest stands first. Each until its shares are known again.
  await control.cause({ kind: 'edge-dies', cluster: 'gru-01', edge: 'gru-01-04' });
  await expect(await cell(page, 'gru-01', 'Virtual Service Edges')).toHaveAccessibleName(/3 of 4 up/, {
    timeout: firstReadingsMs,
  });
  await expect(row(page, 'gru-01')).toHaveAccessibleName(/gru-01-01 3\d %/, { timeout: firstReadingsMs });
  await control.cause({ kind: 'lb-dies', cluster: 'fra-01', edge: '@master' });
  await expect(await cell(page, 'fra-01', 'Last failover')).toHaveText(/ago/, { timeout: firstReadingsMs });
  await expect(row(page, 'fra-01')).toContainText('Degraded', { timeout: firstReadingsMs });
  await expect(row(page, 'fra-01')).toHaveAttribute('aria-rowindex', '2', { timeout: firstReadingsMs });
  await expect(row(page, 'gru-01')).toHaveAttribute('aria-rowindex', '3', { timeout: firstReadingsMs });
  // The first words on a failover change: its reasons come with the next health polls, its traffic a little later.
  await openView(page, '#/cluster/fra-01');
  await expect(page.locator('main')).toContainText(/The load balancer of fra-01-\d\d is stopped/);
  await expect(page.locator('main')).toContainText('Disagree');
  await expect(page.locator('main')).not.toContainText('SNMP script MASTER');

  for (const theme of themes) {
    await setTheme(page, theme);
    await openView(page, '#/clusters');
    await expect(row(page, 'gru-01')).toContainText('gru-01-04');
    expect(await measure(page)).toEqual(layout);
    comparePicture(`clusters-${theme}.png`, await page.screenshot(), mostDifferent);
    for (const size of sizes) {
      for (const view of views) {
        await openView(page, view.hash);
        await view.shown(page);
        await resize(heron, ...size);
        await expect
          .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth), {
            message: `nothing of ${view.name} is cut off at ${size.join(' x ')}`,
          })
          .toBeLessThanOrEqual(0);
        await page.mouse.move(0, 0);
        comparePicture(
          `${view.name}-${theme}-${size.join('x')}.png`,
          await page.screenshot(),
          view.mostDifferent,
        );
        await view.leave?.(page);
      }
    }
    await openView(page, '#/clusters');
    await resize(heron, 1440, 900);
    await openView(page, '#/clusters/fra-01');
    await expect(
      page.getByRole('complementary', { name: 'Details of fra-01' }).locator('canvas'),
    ).toBeVisible({
      timeout: firstReadingsMs,
    });
    await page.screenshot({ path: info.outputPath(`cluster-${theme}.png`) });
    await openView(page, '#/events');
    await expect(page.getByRole('button', { name: /Failover, fra-01/ })).toBeVisible();
    await page.screenshot({ path: info.outputPath(`events-${theme}.png`) });
  }

  await openView(page, '#/clusters');
  await expect(page.locator('body')).toMatchAriaSnapshot(`
    - navigation "Views":
      - link "Clusters"
      - link "Events"
      - link "Settings"
      - link "Help"
    - banner:
      - heading "Clusters" [level=1]
      - search:
        - textbox "Search"
      - group "Time shown":
        - text: LIVE
        - radiogroup "Times are shown in"
        - button /\\d+:\\d+/
      - status: /Heron/
    - main:
      - region "Verdict":
        - heading /(fra|gru)-01/ [level=2]
        - paragraph: /./
      - group "Filter":
        - group "States":
          - button /2\\s*Degraded/
          - button /5\\s*Up/
      - region "Clusters":
        - grid "Clusters"
    - contentinfo "Status":
      - status: "/7 of 7: 6 clusters . 1 standalone edge/"
  `);
});
