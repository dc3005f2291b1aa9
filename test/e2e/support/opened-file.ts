import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type {} from '../../../renderer/bridge/heron';
import { expect, type Heron } from './heron';

/** Where the next save dialog of this Heron says to save. */
export async function saveAs(heron: Heron, file: string): Promise<void> {
  await heron.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
}

/** Says whose file is open, which range, verified or not. */
export function banner(page: Page): Locator {
  return page.getByRole('region', { name: 'Open file' });
}

export function timeShown(page: Page): Locator {
  return page.getByRole('group', { name: 'Time shown' });
}

/** Goes to a moment by typing it, as a person does. */
export async function goTo(page: Page, ms: number): Promise<void> {
  await page.getByTitle('Go to a time').click();
  await page.getByRole('textbox', { name: 'Go to this time' }).fill(new Date(ms).toISOString());
  await page.keyboard.press('Enter');
}

/** Waits until so much was watched: a look at the past needs a past. */
export async function watchedFor(page: Page, ms: number): Promise<void> {
  const watchedMs = (): Promise<number> =>
    page.evaluate(async () => {
      const coverage = await window.heron?.request('history.coverage', undefined);
      return coverage ? coverage.lastMs - coverage.firstMs : 0;
    });
  await expect.poll(watchedMs, { timeout: 60_000 }).toBeGreaterThan(ms);
}

/** All that is in a file's folder, and the file's digest: what opening it must not change. */
export function stateOf(file: string): { beside: string[]; sha256: string } {
  return {
    beside: readdirSync(path.dirname(file)).sort(),
    sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
  };
}
