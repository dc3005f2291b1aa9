import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { watchHours } from '../fixtures/history/monitored-hours';
import { calmDemo, exampleInventory, expect, test } from './support/heron';
import { banner } from './support/opened-file';
import { openWall } from './support/wall';

test('Settings show the proof and export an anchor; the time before the first inventory says so', async ({
  start,
  folder,
}) => {
  test.setTimeout(150_000);
  const heron = await start(calmDemo);
  const { page } = heron;
  await openWall(page);
  await page
    .getByRole('button', { name: 'Go to a time' })
    .or(page.getByTitle('Go to a time'))
    .first()
    .click();
  await page.getByRole('textbox', { name: 'Go to this time' }).fill('2020-01-01');
  await page.keyboard.press('Enter');
  const nothing = page.getByRole('region', { name: 'Nothing recorded at this time' });
  await expect(nothing).toContainText('No clusters were known at this time');
  await expect(nothing).toContainText('1 Jan 2020');
  await expect(nothing).toContainText('The history begins');
  await nothing.getByRole('button', { name: 'Go to the beginning' }).click();
  await expect(nothing.getByText('1 Jan 2020')).toHaveCount(0);
  await page.keyboard.press('l');
  await expect(page.getByRole('grid', { name: 'Clusters' })).toBeVisible();

  const file = path.join(folder, 'anchor.json');
  await heron.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await page.evaluate(() => {
    location.hash = '#/settings';
  });
  const proof = page.getByRole('region', { name: 'Proof' });
  await expect(proof).toContainText('Sealed up to');
  await expect(proof).toContainText('heron audit verify');
  await expect(proof).toContainText('not kept automatically demo history is not anchored');
  await proof.getByRole('button', { name: 'Export an anchor…' }).click();
  await expect(proof.getByText(`Saved to ${file}`)).toBeVisible();
  await expect(proof).toContainText(/ledger row [1-9]/);
  const anchor = JSON.parse(readFileSync(file, 'utf8')) as { format: string; ledger: { id: number } };
  expect(anchor.format).toBe('heron-anchor-1');
  expect(anchor.ledger.id).toBeGreaterThan(0);
});

test('Settings claim no anchor that was not kept, and give the path to verify as one word', async ({
  start,
  folder,
}) => {
  const userData = path.join(folder, 'Application Support');
  mkdirSync(userData);
  writeFileSync(path.join(userData, 'anchors.json'), '{"file": "/mnt/vault/heron.json"');
  const watching = await start(['--inventory', exampleInventory], userData);
  await watching.page.evaluate(() => {
    location.hash = '#/settings';
  });
  const proof = watching.page.getByRole('region', { name: 'Proof' });
  await expect(proof).toContainText('Signing or anchoring failed.');
  await expect(proof).toContainText('the place that was set none since Heron started');
  await expect(proof).toContainText('are wrong: they are not JSON.');
  await expect(proof).toContainText(/heron audit verify (['"]).*Application Support.*history\.sqlite\1/);
  await watching.quit();

  const file = path.join(folder, 'history.sqlite');
  watchHours(file, 2, null);
  const opened = await start([file], userData);
  // Opening a file loads the page anew.
  await expect(banner(opened.page)).toContainText('history.sqlite', { timeout: 30_000 });
  await opened.page.getByRole('link', { name: 'Settings' }).click();
  await expect(opened.page.getByRole('region', { name: 'Proof' })).toContainText('Last anchorunknown');
});
