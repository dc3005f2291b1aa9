import path from 'node:path';
import type { Page } from '@playwright/test';
import { violationsIn } from './support/axe';
import { DemoControl } from './support/demo-control';
import { calmDemo, expect, test } from './support/heron';
import { cell, firstReadingsMs, openWall, row } from './support/wall';

/** A state of the window: how a person gets there, and what must be there before anything is judged. */
type Place = [name: string, open: (page: Page) => Promise<void>, leave?: (page: Page) => Promise<void>];

async function openView(page: Page, hash: string): Promise<void> {
  await page.evaluate((there) => (location.hash = there), hash);
}

const pressEscape = async (page: Page): Promise<void> => {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await expect(page.getByRole('menu')).toHaveCount(0);
};
/** A dialog, opened on the row of the cluster with trouble. */
const onRow = (key: string, dialog: RegExp): Place[1] => {
  return async (page) => {
    await openView(page, '#/clusters');
    await row(page, 'fra-01').focus();
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog', { name: dialog }).or(page.getByRole('alertdialog'))).toBeVisible();
  };
};
const menu = (button: string | RegExp): Place[1] => {
  return async (page) => {
    await openView(page, '#/clusters');
    await page.getByRole('button', { name: button, exact: true }).click();
  };
};
const view = (hash: string, shown: (page: Page) => Promise<void>): Place[1] => {
  return async (page) => {
    await openView(page, hash);
    await shown(page);
  };
};

const shell: Place[] = [
  ['clusters', view('#/clusters', (page) => expect(row(page, 'fra-01')).toBeVisible())],
  ['details', view('#/clusters/fra-01', (page) => expect(page.getByRole('complementary')).toBeVisible())],
  ['cluster page', view('#/cluster/fra-01', (page) => expect(page.locator('canvas').first()).toBeVisible())],
  [
    'edge page',
    view('#/edge/fra-01/fra-01-01', (page) =>
      expect(page.getByRole('region', { name: 'Over time' }).locator('canvas').first()).toBeVisible(),
    ),
  ],
  ['edges', view('#/edges', (page) => expect(page.getByRole('grid')).toContainText('fra-01-01'))],
  ['settings', view('#/settings', (page) => expect(page.getByText('Back up').first()).toBeVisible())],
  ['help', view('#/help', (page) => expect(page.getByText('Time marks')).toBeVisible())],
  [
    'wall',
    view('#/wall', (page) => expect(page.getByRole('main', { name: 'Wall' })).toContainText('fra-01')),
  ],
  ['add menu', menu('Add'), pressEscape],
  ['export menu', menu('Export'), pressEscape],
  ['columns', menu(/^Columns \d+ of/), pressEscape],
  [
    'row menu',
    async (page) => {
      await openView(page, '#/clusters');
      await row(page, 'fra-01').click({ button: 'right' });
      await expect(page.getByRole('menuitem', { name: /Acknowledge/ })).toBeVisible();
    },
    pressEscape,
  ],
];

const dialogs: Place[] = [
  ['acknowledge', onRow('a', /^Acknowledge fra-01/), pressEscape],
  ['add cluster', onRow('n', /^Add Virtual Service Edge Cluster/), pressEscape],
  [
    'edit cluster, with a fault',
    async (page) => {
      await onRow('e', /^Edit fra-01/)(page);
      await page.getByRole('dialog').getByLabel('Cluster IP address').fill('10.20.17.10');
      await page.keyboard.press('Tab');
      await expect(page.getByRole('dialog')).toContainText(/Outside/);
    },
    async (page) => {
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Discard' }).click();
      await pressEscape(page);
    },
  ],
  [
    'edit edge',
    async (page) => {
      await openView(page, '#/edges');
      await page.getByRole('row', { name: /mad-trial-edge/ }).focus();
      await page.keyboard.press('e');
      await expect(page.getByRole('dialog', { name: /^Edit mad-trial-edge/ })).toBeVisible();
    },
    pressEscape,
  ],
  [
    'add credential',
    async (page) => {
      await openView(page, '#/settings');
      await page.getByRole('button', { name: 'Add credential…' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
    pressEscape,
  ],
  ['delete', onRow('Delete', /./), pressEscape],
  [
    'palette',
    async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('fra');
      await expect(page.getByRole('option').first()).toBeVisible();
    },
    pressEscape,
  ],
  [
    'import preview',
    async (page) => {
      await openView(page, '#/settings');
      await page.getByRole('button', { name: 'Import inventory…' }).click();
      await expect(page.getByRole('dialog', { name: 'Import this inventory?' })).toBeVisible();
    },
    pressEscape,
  ],
];

const past: Place[] = [
  [
    'timeline, with an event and the table',
    async (page) => {
      await openView(page, '#/timeline');
      await expect(page.getByRole('button', { name: /^1 Failover/ })).toBeVisible({ timeout: 30_000 });
      await page.getByRole('button', { name: 'Show as table' }).click();
      await page
        .getByRole('button', { name: /Failover, fra-01/ })
        .first()
        .click();
      await expect(page.getByRole('complementary', { name: /^Event: Failover/ })).toBeVisible();
    },
  ],
  [
    'note',
    async (page) => {
      await page.getByRole('button', { name: 'Add note' }).click();
      await expect(page.getByRole('dialog', { name: 'Add a note' })).toBeVisible();
    },
    pressEscape,
  ],
  [
    'timeline of the past',
    async (page) => {
      await page.getByRole('button', { name: 'Travel here' }).click();
      await expect(page.getByRole('region', { name: 'Time travel' })).toBeVisible();
    },
    (page) => page.locator('body').press('l'),
  ],
  [
    'incidents',
    view('#/incidents', (page) =>
      expect(page.getByRole('table', { name: 'Incidents' })).toContainText('fra-01'),
    ),
  ],
  [
    'incidents by month',
    async (page) => {
      await page.getByRole('button', { name: 'By month' }).click();
      await expect(page.getByRole('table', { name: 'Metrics by cluster and month' })).toBeVisible();
    },
    (page) => page.getByRole('button', { name: 'By month' }).click(),
  ],
  [
    'incident',
    async (page) => {
      await page.getByRole('table', { name: 'Incidents' }).getByRole('link', { name: 'Failover' }).click();
      await expect(page.getByRole('region', { name: 'Its events' })).toContainText('Failover');
    },
  ],
  [
    'compare',
    async (page) => {
      await page.getByRole('link', { name: 'Compare' }).click();
      await expect(page.getByRole('table', { name: 'Differences' })).toBeVisible();
    },
  ],
  [
    'events, with one open',
    async (page) => {
      await openView(page, '#/events');
      const event = page.getByRole('button', { name: /Failover, fra-01/ });
      await event.click();
      await expect(event).toHaveAttribute('aria-expanded', 'true');
    },
  ],
  [
    'audit',
    view('#/audit', (page) => expect(page.getByRole('row', { name: /^fra-01 / })).toContainText('%')),
  ],
];

test('axe finds nothing to object to in any view, dialog, menu or theme', async ({ start }) => {
  test.setTimeout(240_000);
  const heron = await start(calmDemo);
  const { page } = heron;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openWall(page);
  const control = await DemoControl.of(heron);
  await control.cause({ kind: 'lb-dies', cluster: 'fra-01', edge: '@master' });
  await expect(await cell(page, 'fra-01', 'Last failover')).toHaveText(/ago/, { timeout: firstReadingsMs });
  await expect(row(page, 'fra-01')).toContainText('Degraded', { timeout: firstReadingsMs });
  const inventory = path.resolve(import.meta.dirname, '..', 'fixtures', 'inventories', 'example.json');
  await heron.app.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] });
  }, inventory);

  const found: string[] = [];
  for (const [name, open, leave] of [...shell, ...dialogs, ...past]) {
    await test.step(name, async () => {
      await open(page);
      found.push(...(await violationsIn(page, name)));
      await leave?.(page);
    });
  }
  expect(found).toEqual([]);
});
