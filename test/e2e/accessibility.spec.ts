import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { DemoControl } from './support/demo-control';
import { calmDemo, expect, test } from './support/heron';
import { firstReadingsMs, openWall, row } from './support/wall';

const themes = [
  ['Dark', 'dark'],
  ['Light', 'light'],
  ['High contrast', 'contrast'],
] as const;

/** Where to look, and what must be there before anything is judged. */
const views: readonly [name: string, hash: string, shown: (page: Page) => Promise<void>][] = [
  ['clusters', '#/clusters', (page) => expect(row(page, 'fra-01')).toBeVisible()],
  ['details', '#/clusters/fra-01', (page) => expect(page.getByRole('complementary')).toBeVisible()],
  ['cluster page', '#/cluster/fra-01', (page) => expect(page.locator('canvas')).toBeVisible()],
  ['edges', '#/edges', (page) => expect(page.getByRole('grid')).toContainText('fra-01-01')],
  ['events', '#/events', (page) => expect(page.getByText('Edge state').first()).toBeVisible()],
  ['timeline', '#/timeline', (page) => expect(page.getByRole('main')).toContainText('fra-01')],
  ['settings', '#/settings', (page) => expect(page.getByText('Back up').first()).toBeVisible()],
  ['help', '#/help', (page) => expect(page.getByText('Marks of time')).toBeVisible()],
];

async function look(page: Page, where: string, found: string[]): Promise<void> {
  // Electron has no second page that axe could run its last step in.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  for (const { id, nodes } of violations) {
    for (const node of nodes.slice(0, 4)) {
      found.push(`${where}: ${id}: ${node.html.slice(0, 160)} ${node.failureSummary?.split('\n')[1] ?? ''}`);
    }
  }
}

async function openView(page: Page, hash: string): Promise<void> {
  await page.evaluate((there) => (location.hash = there), hash);
}

test('axe finds nothing to object to in any view, dialog or theme', async ({ start }) => {
  test.setTimeout(300_000);
  const heron = await start(calmDemo);
  const { page } = heron;
  await openWall(page);
  const control = await DemoControl.of(heron);
  await control.cause({ kind: 'edge-dies', cluster: 'fra-01', edge: 'fra-01-03' });
  await expect(row(page, 'fra-01')).toContainText('Degraded', { timeout: firstReadingsMs });

  const found: string[] = [];
  for (const [words, theme] of themes) {
    await openView(page, '#/settings');
    await page.getByRole('radio', { name: words, exact: true }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    for (const [name, hash, shown] of views) {
      await openView(page, hash);
      await shown(page);
      await look(page, `${theme} ${name}`, found);
    }

    await openView(page, '#/clusters');
    await row(page, 'fra-01').focus();
    await page.keyboard.press('a');
    await expect(page.getByRole('dialog', { name: 'Acknowledge fra-01' })).toBeVisible();
    await look(page, `${theme} acknowledge`, found);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('fra');
    await expect(page.getByRole('option').first()).toBeVisible();
    await look(page, `${theme} palette`, found);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.keyboard.press('n');
    await expect(page.getByRole('dialog', { name: /^Add Virtual Service Edge Cluster/ })).toBeVisible();
    await look(page, `${theme} cluster form`, found);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await row(page, 'fra-01').focus();
    await page.keyboard.press('Delete');
    await expect(page.getByRole('alertdialog')).toBeVisible();
    await look(page, `${theme} delete form`, found);
    await page.keyboard.press('Escape');

    await openView(page, '#/wall');
    await expect(page.getByRole('main', { name: 'Wall' })).toContainText('fra-01');
    await look(page, `${theme} wall`, found);
  }
  expect(found).toEqual([]);
});
