import { expect, type Locator, type Page } from '@playwright/test';

export const demoClusters = ['fra-01', 'gru-01', 'iad-01', 'lhr-01', 'sin-02', 'syd-01'];
/** Allowed for a cold start on a busy machine: the fleet's keys, the first polls, the first shares. */
export const firstReadingsMs = 45_000;

/** The rows of the clusters table without its header. */
export function rows(page: Page): Locator {
  return page.getByRole('grid', { name: 'Clusters' }).locator('[role=row][data-row]');
}

export function row(page: Page, name: string): Locator {
  return rows(page).filter({ has: page.getByText(name, { exact: true }) });
}

/** The cell in the column whose header begins with `head`. */
export async function cell(page: Page, name: string, head: string): Promise<Locator> {
  const heads = page.getByRole('grid', { name: 'Clusters' }).getByRole('columnheader');
  await expect(heads.first()).toBeVisible();
  const named = heads.filter({ hasText: new RegExp(`^\\s*${head}`) });
  await expect(named, `there is a column ${head}`).toHaveCount(1);
  // Columns come and go with the window's width, so their index varies.
  return row(page, name).locator(`[role=gridcell].${await named.getAttribute('data-column')}`);
}

/** The clusters view once all clusters of the demo fleet are up and their traffic is known. */
export async function openWall(page: Page): Promise<void> {
  await page.evaluate(() => {
    location.hash = '#/clusters';
  });
  await expect(rows(page)).toHaveCount(demoClusters.length + 1, { timeout: firstReadingsMs });
  for (const name of demoClusters) {
    await expect(row(page, name)).toContainText('Up', { timeout: firstReadingsMs });
    await expect(row(page, name)).toHaveAccessibleName(/\d %/, { timeout: firstReadingsMs });
  }
}

/** The clusters' names in the order of the rows. */
export async function order(page: Page): Promise<string[]> {
  return rows(page).evaluateAll((elements) =>
    elements.map((element) => element.getAttribute('data-row') ?? ''),
  );
}
