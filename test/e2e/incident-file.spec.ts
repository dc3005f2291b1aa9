import { copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from '@playwright/test';
import Database from 'better-sqlite3';
import { ask } from './support/ask';
import { violationsIn } from './support/axe';
import { DemoControl } from './support/demo-control';
import { calmDemo, expect, test, type Heron } from './support/heron';
import { banner, saveAs, watchedFor } from './support/opened-file';
import { pictureOf } from './support/report-picture';
import { cell, firstReadingsMs, row } from './support/wall';

/** Every button of a dialog lies within it, also in a low window with all fields shown. */
async function expectInside(dialog: Locator): Promise<void> {
  const overflow = await dialog.evaluate((element) => {
    const { top, bottom, left, right } = element.getBoundingClientRect();
    return [...element.querySelectorAll('footer button')]
      .map((button) => button.getBoundingClientRect())
      .filter((box) => box.top < top || box.bottom > bottom || box.left < left || box.right > right).length;
  });
  expect(overflow).toBe(0);
}

async function failOver(heron: Heron): Promise<string> {
  const activeLb = await cell(heron.page, 'fra-01', 'Active LB');
  await expect(activeLb).toHaveText(/fra-01-\d\d/, { timeout: firstReadingsMs });
  const before = /fra-01-\d\d/.exec((await activeLb.textContent()) ?? '')?.[0] ?? '';
  await watchedFor(heron.page, 8000);
  const control = await DemoControl.of(heron);
  await control.cause({ kind: 'lb-dies', cluster: 'fra-01', edge: '@master' });
  await expect(await cell(heron.page, 'fra-01', 'Last failover')).toHaveText(/ago/, { timeout: 60_000 });
  await expect(activeLb).not.toHaveText(new RegExp(before), { timeout: 30_000 });
  return before;
}

test(
  'a failover is handed on as an incident file: opened elsewhere, travelled to, verified; a changed byte is named',
  { tag: '@checkout' },
  async ({ start, folder }) => {
    test.setTimeout(240_000);
    const heron = await start(calmDemo, undefined, { keychain: true });
    const before = await failOver(heron);
    const file = path.join(folder, 'incident.heron');
    const pdf = path.join(folder, 'report.pdf');
    await heron.page.getByRole('link', { name: 'Audit' }).click();
    await expect(heron.page.getByRole('row', { name: /^fra-01 / })).toContainText('%');
    await saveAs(heron, file);
    await heron.page.getByRole('button', { name: 'Save incident file' }).click();
    await expect(heron.page.getByText(`Saved as ${file}`)).toContainText(/Signed by [0-9a-f]{64}/, {
      timeout: 30_000,
    });
    expect(statSync(file).size).toBeLessThan(2_000_000);
    await saveAs(heron, pdf);
    await heron.page.getByRole('button', { name: 'Report…' }).click();
    const dialog = heron.page.getByRole('dialog', { name: 'Report' });
    await dialog.getByRole('radio', { name: /^Chosen/ }).check();
    await expectInside(dialog);
    await dialog.getByRole('radio', { name: /^All/ }).check();
    expect(await violationsIn(heron.page, 'the report dialog')).toEqual([]);
    await dialog.getByRole('textbox', { name: /^Title/ }).fill('ACME, November');
    await dialog.getByLabel(/^Logo/).setInputFiles('build/icons/png/64x64.png');
    await dialog.getByRole('button', { name: /^Save as PDF/ }).click();
    await expect(heron.page.getByText(`Saved as ${pdf}`)).toBeVisible({ timeout: 30_000 });
    await heron.page.keyboard.press('Escape');
    const printed = readFileSync(pdf).toString('latin1');
    expect(printed.startsWith('%PDF-')).toBe(true);
    expect(printed.match(/\/Type\s*\/Page\b/g)?.length ?? 0).toBeGreaterThan(0);
    const picture = await pictureOf(heron, pdf);
    // The timeline: green where all was well, and not a page of paper only.
    expect(picture.green).toBeGreaterThan(200);
    expect(picture.ink).toBeGreaterThan(2000);
    expect(await heron.quit()).toBe(0);

    const other = await start([file], path.join(folder, 'second-profile'));
    await expect(banner(other.page)).toContainText('Incident file incident.heron', { timeout: 30_000 });
    await expect(banner(other.page)).toContainText('signed by a key you have not trusted', {
      timeout: 30_000,
    });
    await expect(banner(other.page)).toContainText('Intact, signed by key ');
    await expect(other.page.getByRole('group', { name: 'Time shown' })).toContainText('FILE');
    // It opens on what it is about.
    await expect(other.page.getByRole('article', { name: /in fra-01/i })).toBeVisible();
    await other.page.getByRole('link', { name: 'Timeline' }).click();
    await expect(other.page.getByText('end of file', { exact: true })).toBeVisible();
    const asked = { clusterId: null, types: ['failover'], range: null, beforeId: null, limit: 1 };
    const event = (await ask(other.page, 'history.events', asked))[0]?.event;
    const lastOldMs = event?.type === 'failover' ? event.bracket.lastOldMs : 0;
    await other.page.getByRole('link', { name: 'Clusters' }).click();
    await other.page.getByTitle('Go to a time').click();
    await other.page
      .getByRole('textbox', { name: 'Go to this time' })
      .fill(new Date(lastOldMs).toISOString());
    await other.page.keyboard.press('Enter');
    await expect(row(other.page, 'fra-01')).toContainText(before);
    await expect(other.page.getByRole('group', { name: 'Time shown' })).toContainText('PAST');
    expect(readdirSync(folder).filter((name) => name.startsWith('incident.'))).toEqual(['incident.heron']);

    const altered = path.join(folder, 'altered.heron');
    copyFileSync(file, altered);
    const bytes = readFileSync(altered);
    const database = new Database(file, { readonly: true });
    const body = String(database.prepare("SELECT body FROM events WHERE type = 'failover'").pluck().get());
    const id = Number(database.prepare("SELECT id FROM events WHERE type = 'failover'").pluck().get());
    database.close();
    // The whole of it: events of one moment begin alike.
    const place = bytes.indexOf(body);
    expect(place).toBeGreaterThan(0);
    bytes[place + 30] = (bytes[place + 30] ?? 0) ^ 1;
    writeFileSync(altered, bytes);
    await ask(other.page, 'file.open', { file: altered });
    await expect(banner(other.page)).toContainText('altered.heron', { timeout: 30_000 });
    await expect(banner(other.page)).toContainText('Not verified: altered or damaged.', { timeout: 30_000 });
    await expect(banner(other.page)).toContainText(new RegExp(`(events row|Event) ${id}\\b`));

    await banner(other.page).getByRole('button', { name: 'Close the file' }).click();
    await expect(banner(other.page)).toHaveCount(0);
    await expect(other.page.getByRole('group', { name: 'Time shown' })).toContainText('LIVE', {
      timeout: 60_000,
    });
    // Nothing is stored on this computer, so nothing is polled: no demo fleet unasked.
    await expect(row(other.page, 'fra-01')).toHaveCount(0);
    await expect(other.page.getByRole('button', { name: /demo/i })).toBeVisible();
  },
);

test('what is no history is refused in words, and Heron goes on watching', async ({ demo, folder }) => {
  const text = path.join(folder, 'letter.heron');
  writeFileSync(text, 'Dear colleague,\n');
  await ask(demo.page, 'file.open', { file: text });
  await expect(demo.page.getByRole('alert')).toContainText('This is not a history');
  await demo.page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(demo.page.getByRole('alert')).toHaveCount(0);
  await expect(demo.page.getByRole('group', { name: 'Time shown' })).toContainText('LIVE', {
    timeout: 30_000,
  });
  expect(readFileSync(text, 'utf8')).toBe('Dear colleague,\n');
});
