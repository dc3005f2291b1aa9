import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startFakePage, type FakePage } from './support/fake-page';
import { expect, test } from './support/heron';
import { overflows } from './support/overflows';

/** Every view on made-up fleets of 7, 60 and 300 rows, at each size, in both themes, and zoomed in. */
const shapes = [
  { name: '1280x800', size: [1280, 800] },
  { name: '1920x1080', size: [1920, 1080] },
  { name: '1024x700', size: [1024, 700] },
  { name: '1280x800-158', size: [1280, 800], zoom: 1.58 },
] as const;
const fleets = [
  [7, 'wall-7-2-1'],
  [60, 'wall-60-9-2'],
  [300, 'wall-300-9-2'],
  /** Heron itself sees nothing. */
  ['blind', 'blind'],
] as const;
const views = [
  '/clusters',
  '/clusters/gru-01',
  '/cluster/gru-01',
  '/edges',
  '/edge/gru-01/gru-01-02',
  '/timeline',
  '/alerts',
  '/alerts',
  '/incidents',
  '/events',
  '/audit',
  '/settings',
  '/help',
] as const;
/** A folder for pictures of everything, to look at; without it one theme is enough, as the other has the same geometry. */
const folder = process.env['HERON_PICTURES'];

let fake: FakePage;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  fake = await startFakePage();
});
test.afterAll(() => fake.close());

for (const { name, size, ...more } of shapes) {
  for (const [rows, scenario] of fleets) {
    const shown = rows === 'blind' ? (['/clusters', '/alerts', '/incidents'] as const) : views;
    test(`nothing is cut off at ${name} with ${rows === 'blind' ? 'none seen' : `${rows} rows`}`, async () => {
      test.setTimeout(300_000);
      const { page } = fake;
      for (const theme of folder ? (['dark', 'light'] as const) : (['dark'] as const)) {
        const preferences = { theme, wallScreenAsked: true };
        await fake.open({ scenario, view: views[0], size, preferences, ...more });
        for (const view of shown) {
          await page.evaluate((hash) => (location.hash = hash), `#${view}`);
          await expect(page.getByRole('banner').getByRole('heading', { level: 1 })).toBeVisible();
          await expect(page.locator('main')).not.toBeEmpty();
          await expect.poll(() => overflows(page), { message: `${view} ${theme}` }).toEqual([]);
          if (folder) {
            mkdirSync(folder, { recursive: true });
            const file = `${view.slice(1).replaceAll('/', '-')}-${rows}-${theme}-${name}.png`;
            writeFileSync(path.join(folder, file), await fake.picture());
          }
        }
      }
    });
  }
}
