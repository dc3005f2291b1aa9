import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { trustKey } from '../../../monitor/proof/trusted-keys';
import { ask } from './ask';
import { expect, type Heron } from './heron';

/** Makes Heron's save dialogs answer with this file. */
export async function saveAs(heron: Heron, file: string): Promise<void> {
  await heron.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
}

/** The bar that names the open file, its range and whether it is verified. */
export function banner(page: Page): Locator {
  return page.getByRole('region', { name: 'Open file' });
}

/** A user data folder in which this key is trusted. */
export function userDataTrusting(folder: string, fingerprint: string): string {
  const userData = path.join(folder, 'user-data');
  mkdirSync(userData, { recursive: true });
  const key = { fingerprint, name: 'the NOC', from: 'the test', addedMs: 1 };
  trustKey(path.join(userData, 'trusted-keys.json'), key);
  return userData;
}

export function timeShown(page: Page): Locator {
  return page.getByRole('group', { name: 'Time shown' });
}

/** Goes to a time by typing it, as a person does. */
export async function goTo(page: Page, ms: number): Promise<void> {
  await page.getByTitle('Go to a time').click();
  await page.getByRole('textbox', { name: 'Go to this time' }).fill(new Date(ms).toISOString());
  await page.keyboard.press('Enter');
}

/** Waits until the history covers this duration. */
export async function watchedFor(page: Page, ms: number): Promise<void> {
  const watchedMs = async (): Promise<number> => {
    const coverage = await ask(page, 'history.coverage', undefined);
    return coverage === null ? 0 : coverage.lastMs - coverage.firstMs;
  };
  await expect.poll(watchedMs, { timeout: 60_000 }).toBeGreaterThan(ms);
}

/** The files in a file's folder, and the file's digest: opening it must change neither. */
export function stateOf(file: string): { siblings: string[]; sha256: string } {
  return {
    siblings: readdirSync(path.dirname(file)).sort(),
    sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
  };
}

/** Drops files or a text on the middle of the window, as the system's drag and drop does. */
export async function drop(
  page: Page,
  { files = [], text }: { files?: string[]; text?: string },
): Promise<void> {
  const items = text === undefined ? [] : [{ mimeType: 'text/plain', data: text }];
  const devTools = await page.context().newCDPSession(page);
  const { x, y } = await page.evaluate(() => ({ x: innerWidth / 2, y: innerHeight / 2 }));
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    const data = { items, files, dragOperationsMask: 1 };
    await devTools.send('Input.dispatchDragEvent', { type, x, y, data });
  }
  await devTools.detach();
}
