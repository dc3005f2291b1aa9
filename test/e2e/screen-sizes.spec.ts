import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startFakePage, type FakePage } from './support/fake-page';
import { expect, test } from './support/heron';
import { overflows } from './support/overflows';

/** Every view at each size, and zoomed in. */
const shapes = [
  { name: '1280x800', size: [1280, 800] },
  { name: '1920x1080', size: [1920, 1080] },
  { name: '1024x700', size: [1024, 700] },
  { name: '1280x800-158', size: [1280, 800], zoom: 1.58 },
] as const;
const views = [
  '/clusters',
  '/clusters/gru-01',
  '/cluster/gru-01',
  '/edges',
  '/edge/gru-01/gru-01-02',
  '/timeline',
  '/incidents',
  '/events',
  '/audit',
  '/settings',
  '/help',
] as const;
/** Made-up fleets of so many rows; one that Heron itself does not see; and one with alerts. */
const fleets: readonly { name: string; scenario: string; shown: readonly string[] }[] = [
  { name: '7', scenario: 'wall-7-2-1', shown: views },
  { name: '60', scenario: 'wall-60-9-2', shown: views },
  { name: '300', scenario: 'wall-300-9-2', shown: views },
  { name: 'blind', scenario: 'blind', shown: ['/clusters'] },
  { name: 'alerts', scenario: 'states', shown: ['/alerts'] },
];
/** A folder for pictures of everything, to look at; without it one theme is enough, as the other has the same geometry. */
const folder = process.env['HERON_PICTURES'];

let fake: FakePage;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  fake = await startFakePage();
});
test.afterAll(() => fake.close());

for (const { name, size, ...more } of shapes) {
  for (const { name: fleet, scenario, shown } of fleets) {
    test(`nothing is cut off at ${name}, fleet ${fleet}`, async () => {
      test.setTimeout(300_000);
      const { page } = fake;
      for (const theme of folder ? (['dark', 'light'] as const) : (['dark'] as const)) {
        const preferences = { theme, wallScreenAsked: true };
        await fake.open({ scenario, view: shown[0] ?? '', size, preferences, ...more });
        for (const view of shown) {
          await page.evaluate((hash) => (location.hash = hash), `#${view}`);
          await expect(page.getByRole('banner').getByRole('heading', { level: 1 })).toBeVisible();
          await expect(page.locator('main')).not.toBeEmpty();
          await expect.poll(() => overflows(page), { message: `${view} ${theme}` }).toEqual([]);
          if (folder) {
            mkdirSync(folder, { recursive: true });
            const file = `${view.slice(1).replaceAll('/', '-')}-${fleet}-${theme}-${name}.png`;
            writeFileSync(path.join(folder, file), await fake.picture());
          }
        }
      }
    });
  }
}
