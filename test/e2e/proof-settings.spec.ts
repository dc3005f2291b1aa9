import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { makeExtract } from '../../db/extract/make-extract';
import { noonMs } from '../fixtures/history/history-entries';
import { tamper } from '../fixtures/history/tamper';
import { signExtractBy, testSigner } from '../fixtures/history/test-signer';
import { watchHours } from '../fixtures/history/monitored-hours';
import { ask } from './support/ask';
import { violationsIn } from './support/axe';
import { calmDemo, exampleInventory, expect, test } from './support/heron';
import { banner, saveAs } from './support/opened-file';
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

test('a file counts as verified only by a trusted key: a stranger’s, one that is added and removed, the own one', async ({
  start,
  folder,
}) => {
  test.setTimeout(240_000);
  const signer = testSigner('a stranger');
  const [file, part, altered] = ['whole.sqlite', 'part.heron', 'altered.heron'].map((name) =>
    path.join(folder, name),
  ) as [string, string, string];
  watchHours(file, 3, signer);
  const range = { fromMs: noonMs, toMs: noonMs + 3_600_000 };
  const asked = { clusterIds: null, redact: false, nowMs: noonMs + 4 * 3_600_000, version: 'test' };
  signExtractBy(signer, makeExtract({ file, out: part, range, ...asked }));
  tamper(part, altered, "UPDATE monitor_runs SET host = host || 'x'");

  const heron = await start([part], undefined, { keychain: true });
  const { page } = heron;
  const grouped = (fingerprint: string): string => (fingerprint.match(/.{8}/g) ?? []).join(' ');
  await expect(banner(page)).toContainText('Not verified: signed by a key you have not trusted.', {
    timeout: 30_000,
  });
  await expect(banner(page)).toContainText(signer.fingerprint);
  await expect(banner(page).locator('.tone-up')).toHaveCount(0);
  await picture(page, 'proof-untrusted');
  await banner(page).getByRole('button', { name: 'Trust this key…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Trust a key' });
  await expect(dialog).toContainText(grouped(signer.fingerprint));
  await dialog.getByLabel('Whose key it is').fill('NOC Berlin');
  await expect(dialog.getByRole('button', { name: 'Enter the source' })).toBeDisabled();
  await dialog.getByLabel('Where you have the fingerprint from').fill('Anna, on the phone');
  expect(await violationsIn(page, 'the dialog that trusts a key')).toEqual([]);
  await picture(page, 'proof-dialog');
  await dialog.getByRole('button', { name: 'Trust this key' }).click();
  await expect(banner(page)).toContainText('Verified.', { timeout: 30_000 });
  await expect(banner(page)).toContainText(`signed by NOC Berlin (${signer.fingerprint})`);

  await ask(page, 'file.open', { file: altered });
  await expect(banner(page)).toContainText('Not verified: altered or damaged.', { timeout: 30_000 });
  await expect(banner(page).getByRole('button', { name: 'Trust this key…' })).toHaveCount(0);

  await ask(page, 'file.open', { file: part });
  await expect(banner(page)).toContainText('Verified.', { timeout: 30_000 });
  await page.getByRole('link', { name: 'Settings' }).click();
  const keys = page.getByRole('region', { name: 'Trusted keys' });
  await expect(keys).toContainText('Anna, on the phone');
  await expect(keys).toContainText('This computer’s key');
  await keys.scrollIntoViewIfNeeded();
  await picture(page, 'proof-keys');
  await keys.getByRole('button', { name: 'Remove the key of NOC Berlin' }).click();
  await expect(banner(page)).toContainText('signed by a key you have not trusted', { timeout: 30_000 });
  await expect(keys).not.toContainText('NOC Berlin');

  const pasted = grouped(signer.fingerprint).toUpperCase();
  await keys.getByRole('button', { name: 'Trust a key…' }).click();
  await dialog.getByRole('textbox', { name: 'Fingerprint', exact: true }).fill(pasted);
  await dialog.getByLabel('Whose key it is').fill('NOC Berlin');
  await dialog.getByLabel('Where you have the fingerprint from').fill('their door');
  await dialog.getByRole('button', { name: 'Trust this key' }).click();
  await expect(keys).toContainText('their door');
  await expect(banner(page)).toContainText('Verified.', { timeout: 30_000 });
  const stored = readFileSync(path.join(heron.userData, 'trusted-keys.json'), 'utf8');
  expect(JSON.parse(stored)).toMatchObject({
    keys: [{ fingerprint: signer.fingerprint, name: 'NOC Berlin' }],
  });

  // A part of a verified file is signed by this computer's key, which needs no entry.
  const own = path.join(folder, 'own.heron');
  await saveAs(heron, own);
  const saved = await ask(page, 'incident.save', { range, clusterIds: null, redact: true });
  await ask(page, 'proof.distrust', { fingerprint: signer.fingerprint });
  await ask(page, 'file.open', { file: own });
  await expect(banner(page)).toContainText('Verified', { timeout: 30_000 });
  await expect(banner(page)).toContainText(`signed by this computer’s key (${saved?.signedBy ?? ''})`);

  // A part of one that is not verified is not signed: that would make it verified.
  await ask(page, 'file.open', { file: part });
  await expect(banner(page)).toContainText('signed by a key you have not trusted', { timeout: 30_000 });
  await saveAs(heron, path.join(folder, 'laundered.heron'));
  const laundered = await ask(page, 'incident.save', { range, clusterIds: null, redact: true });
  expect(laundered).toMatchObject({ signedBy: null, signedWords: expect.stringMatching(/^Not signed/) });
  await ask(page, 'file.open', { file: path.join(folder, 'laundered.heron') });
  await expect(banner(page)).toContainText('Not verified: unsigned.', { timeout: 30_000 });
});

/** Pictures to look at, dark and light, where HERON_PICTURES names a folder. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['HERON_PICTURES'];
  if (!folder) return;
  for (const theme of ['light', 'dark'] as const) {
    await ask(page, 'appearance.set', { theme });
    await page.screenshot({ path: path.join(folder, `${name}-${theme}.png`) });
  }
}
