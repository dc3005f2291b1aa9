import path from 'node:path';
import { noonMs } from '../fixtures/history/history-entries';
import { signExtractBy, testSigner } from '../fixtures/history/test-signer';
import { watchHours } from '../fixtures/history/monitored-hours';
import { makeExtract } from '../../db/extract/make-extract';
import { violationsIn } from './support/axe';
import { expect, temporaryFolder, test } from './support/heron';
import { userDataTrusting } from './support/opened-file';

const hourMs = 3_600_000;
const signer = testSigner('noc');
let made: ReturnType<typeof temporaryFolder>;
let file = '';

test.beforeAll(() => {
  made = temporaryFolder();
  const history = path.join(made.path, 'history.sqlite');
  file = path.join(made.path, 'audited.heron');
  watchHours(history, 5, signer);
  const range = { fromMs: noonMs + 2 * hourMs, toMs: noonMs + 4 * hourMs };
  const asked = { clusterIds: null, redact: false, nowMs: noonMs + 9 * hourMs, version: 'test' };
  signExtractBy(signer, makeExtract({ file: history, out: file, range, ...asked }));
});
test.afterAll(() => made.remove());

test('an auditor asks an opened file each question in one step', async ({ start, folder }) => {
  const { page } = await start([file], userDataTrusting(folder, signer.fingerprint));
  await page.getByRole('link', { name: 'Audit' }).click();
  const answer = (name: string) => page.getByRole('region', { name, exact: true });

  await test.step('the verdict stands beside the answer', async () => {
    await expect(answer('Availability').getByRole('status', { name: 'Proof' })).toContainText('Verified');
    await expect(page.getByRole('row', { name: /^fra-01 / })).toContainText('%');
  });

  await test.step('availability for office hours without a holiday, against a target', async () => {
    await page.getByRole('textbox', { name: 'Target' }).fill('99.9');
    await page.getByRole('textbox', { name: 'Hours' }).fill('Sun 15:30-16:30');
    await page.getByRole('combobox', { name: 'Time zone' }).fill('Europe/Berlin');
    await page.keyboard.press('Enter');
    await page.getByRole('checkbox', { name: 'Monthly' }).check();
    await expect(answer('Availability')).toContainText(
      'Only these hours count: Sun 15:30-16:30, Europe/Berlin.',
    );
    await expect(page.getByRole('columnheader', { name: 'Error budget' })).toBeVisible();
    await page.locator('summary', { hasText: 'No holidays' }).click();
    await page.getByRole('textbox', { name: 'Holidays' }).fill('2026-11-22 a Sunday');
    await page.getByRole('textbox', { name: 'Target' }).focus();
    await expect(answer('Availability')).toContainText('Holidays in the range: 2026-11-22 a Sunday.');
    await page.locator('summary', { hasText: '1 holiday' }).click();
  });

  await test.step('what cannot be understood is named', async () => {
    await page.getByRole('textbox', { name: 'Hours' }).fill('Mon-Fri');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('alert').filter({ hasText: 'days without times' })).toBeVisible();
    await page.getByRole('textbox', { name: 'Hours' }).fill('24x7');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

  await test.step('the other questions, by keyboard', async () => {
    await page.getByRole('radio', { name: 'Availability' }).focus();
    await page.keyboard.press('ArrowRight');
    // The file has no role of this cluster's LBs at that time.
    await expect(answer('Active LB').getByRole('row', { name: /^fra-01 / })).toContainText('unknown');
    await page.keyboard.press('ArrowRight');
    for (const [choice, words] of [
      ['Role changes', 'Nothing is recorded.'],
      ['Alerts', 'Nothing is recorded'],
      ['Silences', 'Nothing is recorded'],
      ['Configuration', 'edge "lab-01"'],
      ['Not monitored', 'Nothing is recorded.'],
    ] as const) {
      await page.getByRole('radio', { name: choice }).click();
      await expect(answer(choice)).toContainText(words);
    }
    expect(await violationsIn(page, 'audit')).toEqual([]);
  });
});
