import type { BrowserWindow } from 'electron';
import { chooseFileToOpen } from '../window/dialogs';

export const inventoryKinds = [{ name: 'Heron inventory', extensions: ['json', 'heron'] }];

/** Asks which inventory file to use; null: the person cancelled. */
export function chooseInventory(window: BrowserWindow | null): Promise<string | null> {
  return chooseFileToOpen(window, { title: 'Open an inventory', filters: inventoryKinds });
}
