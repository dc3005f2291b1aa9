import type {} from '../../renderer/bridge/heron';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ask } from './support/ask';
import { violationsIn } from './support/axe';
import { exampleInventory, expect, test } from './support/heron';
import { rows } from './support/wall';

const planted = {
  HERON_NOC_AUTH: 'planted-auth-1',
  HERON_NOC_PRIV: 'planted-priv-2',
  HERON_FW_COMMUNITY: 'planted-3',
};
/** Of the example inventory and of the log. */
const names = ['Frankfurt', 'fra-edge', '10.20.0', '"noc"', 'SUB-000', 'anna', 'old-firewalls'];

test('the support bundle is read before it is saved, and holds no secret', async ({ start, folder }) => {
  const userData = path.join(folder, 'user-data');
  mkdirSync(path.join(userData, 'logs'), { recursive: true });
  const log = [
    `[info] Logged by mistake: ${planted.HERON_NOC_AUTH}, password=never-in-the-environment`,
    '[warn] anna opened fra-edge-1 (10.20.0.31) of Frankfurt',
  ];
  writeFileSync(path.join(userData, 'logs', 'heron.log'), `${log.join('\n')}\n`);
  const heron = await start(['--inventory', exampleInventory], userData, { environment: planted });
  const { page } = heron;
  await expect(rows(page).filter({ hasText: 'Frankfurt' })).toHaveCount(1);
  const file = path.join(folder, 'support.json');
  await heron.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);

  await page.getByRole('link', { name: 'Help' }).click();
  await page.getByRole('button', { name: 'Support bundle' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Support bundle' });
  const text = dialog.getByRole('document', { name: 'Text of the bundle' });
  await expect(text).toContainText('"type": "support"');
  expect(existsSync(file)).toBe(false);

  await test.step('by default without any name; the list leads to each part of the text', async () => {
    await expect(dialog.getByRole('checkbox', { name: /Replace names and addresses/ })).toBeChecked();
    await expect(dialog).toContainText('1 cluster, 2 edges, names and addresses replaced');
    await dialog.getByRole('button', { name: /^Log/ }).press('Enter');
    await expect(text).toContainText('"log": [');
    await expect(text).toContainText('(value of secret-1)');
    expect(await violationsIn(page, 'support bundle')).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).press('Enter');
    await expect(dialog).toContainText(`Saved to ${file}`);
    const saved = readFileSync(file, 'utf8');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    for (const hidden of [...Object.values(planted), ...names, 'never-in-the-environment', folder])
      expect(saved).not.toContain(hidden);
    const bundle = JSON.parse(saved) as { live: { polling: object; queue: object; memory: object[] } };
    expect(bundle).toMatchObject({ type: 'support', version: 1, redacted: true });
    expect(bundle.live.polling).toMatchObject({ edgesPolled: 2, polls: expect.any(Number) });
    expect(bundle.live.queue).toMatchObject({ waitingBatches: expect.any(Number) });
    expect(bundle.live.memory.length).toBeGreaterThan(1);
  });

  await test.step('with names by choice, and still without a secret', async () => {
    await dialog.getByRole('checkbox').uncheck();
    await expect(dialog).toContainText('with names and addresses, no password');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toContainText('Saved to');
    const saved = readFileSync(file, 'utf8');
    expect(saved).toContain('Frankfurt');
    for (const hidden of [...Object.values(planted), 'never-in-the-environment'])
      expect(saved).not.toContain(hidden);
  });

  await test.step('only what was shown last can be saved', async () => {
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(ask(page, 'support.save', { id: '3f2c1c52-6f3a-4d8e-9a51-2f0f6b6f9a01' })).rejects.toThrow();
  });
});
