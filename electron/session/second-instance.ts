import { dialog, type BrowserWindow } from 'electron';
import { failureOf } from '../../domain/contract/request-refused';
import { inventoryOf, previewOf } from '../../monitor/inventory/inventory-file';
import { log } from '../../monitor/log/log';
import type { MonitorSession } from '../../monitor/usecases/monitor-session';

/**
 * Somebody started Heron again: the window there is comes to the front, and the inventory that came along is taken in
 * when the person agrees.
 */
export async function takeSecondStart(
  inventoryFile: string | null,
  window: BrowserWindow | null,
  watching: MonitorSession,
): Promise<void> {
  if (window === null) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
  if (inventoryFile === null) return;
  try {
    const content = await inventoryOf(inventoryFile);
    const { added, changed, removed } = previewOf(inventoryFile, content, await watching.storedInventory());
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: 'Watch this inventory from now on?',
      detail: `${inventoryFile}\n${added.length} added, ${changed.length} changed, ${removed.length} removed.`,
      buttons: ['Keep what is watched', 'Watch this inventory'],
      defaultId: 1,
      cancelId: 0,
    });
    if (response === 1) await watching.startInventory(content, inventoryFile);
  } catch (fault) {
    const failure = failureOf(fault);
    if (failure === null) throw fault;
    log.error('The inventory of a second start was refused:', fault);
    await dialog.showMessageBox(window, {
      type: 'error',
      message: failure.what,
      detail: `${failure.where}\n${failure.todo}`,
      buttons: ['Close'],
    });
  }
}
