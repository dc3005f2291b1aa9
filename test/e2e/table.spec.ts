import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/heron';
import { openWall } from './support/wall';

async function headings(page: Page): Promise<string[]> {
  const found = page.getByRole('grid', { name: 'Clusters' }).getByRole('columnheader');
  return found.evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-column') ?? ''));
}

test('columns are moved, resized, pinned, kept under a name and reset; the order lasts', async ({ demo }) => {
  const { page } = demo;
  await openWall(page);
  const first = await headings(page);
  const heading = (id: string) => page.locator(`[data-column="${id}"]`);

  await heading('name').getByRole('button').focus();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect.poll(() => headings(page)).toEqual(['name', 'health', ...first.slice(2)]);
  await heading('clusterIp')
    .getByRole('button')
    .dragTo(heading('name'), { targetPosition: { x: 4, y: 10 } });
  await expect.poll(async () => (await headings(page))[0]).toBe('clusterIp');

  const before = (await heading('name').boundingBox())?.width ?? 0;
  await heading('name').getByRole('button').focus();
  for (let press = 0; press < 4; press += 1) await page.keyboard.press('Alt+Shift+ArrowRight');
  await expect
    .poll(async () => (await heading('name').boundingBox())?.width ?? 0)
    .toBeGreaterThan(before + 40);

  await page.getByRole('button', { name: /^Columns \d+ of \d+/ }).click();
  await page.getByRole('button', { name: 'Pin Name to the left' }).click();
  await expect.poll(async () => (await headings(page))[0]).toBe('name');
  await page.getByRole('textbox', { name: 'Name of this layout' }).fill('mine');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect.poll(() => headings(page)).toEqual(first);
  await page.getByRole('button', { name: 'mine', exact: true }).click();
  await expect.poll(async () => (await headings(page))[0]).toBe('name');

  await page.reload();
  await openWall(page);
  await expect.poll(async () => (await headings(page))[0]).toBe('name');
  // The window is shared: as it was.
  await page.getByRole('button', { name: /^Columns \d+ of \d+/ }).click();
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect.poll(() => headings(page)).toEqual(first);
  await page.keyboard.press('Escape');
});

test('what is shown is copied, and saved as CSV and JSON', async ({ demo: heron, folder }) => {
  const { page } = heron;
  await openWall(page);
  await page.getByRole('textbox', { name: 'Search' }).fill('sin-02');
  const choose = async (item: string): Promise<void> => {
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  await choose('Copy what is shown');
  await expect(page.getByText('1 row copied')).toBeVisible();
  const copied = await heron.app.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied.split('\n')[0]).toContain('health\tname');
  expect(copied).toContain('\tsin-02\t');

  for (const kind of ['csv', 'json'] as const) {
    const file = path.join(folder, `saved.${kind}`);
    await heron.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, file);
    await choose(`Save as ${kind.toUpperCase()}`);
    await expect(page.getByText(`Saved as ${file}`)).toBeVisible();
    const text = readFileSync(file, 'utf8');
    if (kind === 'csv') expect(text.trim().split('\r\n')).toHaveLength(2);
    else expect(JSON.parse(text)).toMatchObject([{ name: 'sin-02', cluster_ip: '10.22.16.10' }]);
  }
  await page.getByRole('textbox', { name: 'Search' }).fill('');
});
