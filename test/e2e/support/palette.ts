import type { Page } from '@playwright/test';
import { expect } from './heron';

/** Runs a command by the palette: `Ctrl K`, some of its words, Enter. Types once the field has the focus. */
export async function runCommand(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog', { name: 'Command palette' });
  await expect(dialog.locator('input:focus')).toBeVisible();
  await page.keyboard.type(words);
  // Until the list has followed what was typed, Enter would run what was first before.
  const first = dialog.locator('[role=option][data-highlighted]');
  for (const word of words.split(' ')) await expect(first).toContainText(new RegExp(word, 'i'));
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
}
