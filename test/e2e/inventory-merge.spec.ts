import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { InventoryFile } from '../../domain/inventory/inventory-file';
import { ask } from './support/ask';
import { savePicture } from './support/pictures';
import { exampleInventory, expect, test, type Heron } from './support/heron';

const siteOf = async ({ page }: Heron): Promise<string | undefined> =>
  (await ask(page, 'inventory.get', { which: 'monitored' })).inventory.clusters[0]?.site;

test('a file is merged with what was changed here since; a conflict is decided by the person', async ({
  start,
  folder,
}) => {
  const heron = await start(['--inventory', exampleInventory]);
  const { page } = heron;
  const { inventory } = await ask(page, 'inventory.get', { which: 'monitored' });
  const [first] = inventory.clusters;
  if (!first) throw new Error('the example has a cluster');
  const { id, edges, ...fields } = first;
  await ask(page, 'inventory.change', {
    which: 'monitored',
    edit: {
      kind: 'put-cluster',
      id,
      newCredentials: [],
      cluster: { ...fields, site: 'Changed here', edges: edges.map(({ clusterId: _, ...edge }) => edge) },
    },
    passwords: [],
  });
  const file = JSON.parse(readFileSync(exampleInventory, 'utf8')) as InventoryFile;
  Object.assign(file.clusters[0] ?? {}, { site: 'Changed in the file', vhid: 77 });
  const changed = path.join(folder, 'changed.json');
  writeFileSync(changed, JSON.stringify(file));
  await heron.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, changed);

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Import inventory' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import this inventory?' });
  await expect(dialog).toContainText('Site: here Changed here, in the file Changed in the file');
  await expect(dialog).toContainText('CARP group (VHID)');
  const confirm = dialog.getByRole('button', { name: 'Import', exact: true });
  await expect(confirm).toBeDisabled();
  await expect(ask(page, 'inventory.import', { file: changed })).rejects.toThrow();
  expect(await siteOf(heron)).toBe('Changed here');
  // A path as readers of the documentation have one.
  await dialog
    .locator('.mono')
    .first()
    .evaluate((path) => (path.textContent = '/home/noc/inventory.json'));
  for (const theme of ['light', 'dark']) {
    await page.evaluate((chosen) => (document.documentElement.dataset['theme'] = chosen), theme);
    savePicture(`inventory-merge-${theme}.png`, await dialog.screenshot());
  }
  await dialog.getByLabel('Keep what is here').check();
  await confirm.click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => siteOf(heron)).toBe('Changed here');
  const after = await ask(page, 'inventory.get', { which: 'monitored' });
  expect(after.inventory.clusters[0]?.vhid).toBe(77);
});
