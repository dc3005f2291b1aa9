import type {} from '../../renderer/bridge/heron';
import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { ask } from './support/ask';
import { expect, test, type Heron } from './support/heron';
import { rows } from './support/wall';

const example = path.resolve(import.meta.dirname, '..', 'fixtures', 'inventories', 'example.json');
const sum = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Says in a history of which version it is; answers what it said before. */
function setVersion(file: string, version: number): number {
  const database = new Database(file);
  const before = Number(database.pragma('user_version', { simple: true }));
  database.pragma(`user_version = ${version}`);
  database.close();
  return before;
}

/** A user data folder whose history is of a newer Heron. */
async function refusedHistory(
  start: (args: string[]) => Promise<Heron>,
): Promise<{ folder: string; history: string; version: number }> {
  const heron = await start(['--inventory', example]);
  await expect(rows(heron.page).filter({ hasText: 'Frankfurt' })).toHaveCount(1);
  await heron.quit();
  const history = path.join(heron.userData, 'history.sqlite');
  const version = setVersion(history, 9999);
  return { folder: heron.userData, history, version };
}

test(
  'a refused history offers a way on: a new one, with the old kept aside; preferences stay as they were',
  { tag: '@checkout' },
  async ({ start }) => {
    const { folder, history } = await refusedHistory(start);
    const before = sum(history);
    const preferences = sum(path.join(folder, 'preferences.json'));
    const refused = await start(['--inventory', example], folder);
    await expect(refused.page.getByRole('alert')).toContainText('version 9999');
    expect(await refused.quit()).toBe(1);
    expect(sum(path.join(folder, 'preferences.json'))).toBe(preferences);

    const again = await start(['--inventory', example], folder);
    await again.page.getByRole('link', { name: 'Start a new history' }).click();
    await expect(rows(again.page).filter({ hasText: 'Frankfurt' })).toHaveCount(1);
    const aside = readdirSync(folder).filter((name) => name.startsWith('history.sqlite.aside-'));
    expect(aside.map((name) => sum(path.join(folder, name)))).toEqual([before]);
    expect(await again.quit()).toBe(0);
  },
);

test(
  'a refused history offers a way on: another one, such as a backup',
  { tag: '@checkout' },
  async ({ start }) => {
    const { folder, history, version } = await refusedHistory(start);
    const backup = path.join(folder, 'backup.sqlite');
    copyFileSync(history, backup);
    setVersion(backup, version);
    const before = sum(history);
    const refused = await start([], folder);
    await refused.app.evaluate(({ dialog }, file) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] });
    }, backup);
    await refused.page.getByRole('link', { name: 'Open another history' }).click();
    await expect(rows(refused.page).filter({ hasText: 'Frankfurt' })).toHaveCount(1);
    const { historyFile } = await ask(refused.page, 'app.about', undefined);
    expect(historyFile).toBe(backup);
    expect(await refused.quit()).toBe(0);
    expect(sum(history)).toBe(before);
  },
);

test('the history is backed up from Settings, while it is written', async ({ start }) => {
  const heron = await start(['--inventory', example]);
  await expect(rows(heron.page).filter({ hasText: 'Frankfurt' })).toHaveCount(1);
  const file = path.join(heron.userData, 'backup.sqlite');
  await heron.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await heron.page.getByRole('link', { name: 'Settings' }).click();
  await heron.page.getByRole('button', { name: 'Back up history' }).click();
  await expect(heron.page.getByText('It was checked: it is sound.')).toContainText(file);
  const database = new Database(file, { readonly: true });
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(database.prepare('SELECT count(*) FROM events').pluck().get()).toBeGreaterThan(0);
  database.close();
});
