import type { BrowserWindow } from 'electron';
import { z } from 'zod';
import { failureOf } from '../domain/contract/request-refused';
import { inventoryOf, previewOf } from '../monitor/inventory/inventory-file';
import { log } from '../monitor/log/log';
import type { MonitorSession } from '../monitor/usecases/monitor-session';
import type { OpenedFiles } from '../monitor/usecases/opened-files';
import type { AppWindow } from './window/app-window';
import { showMessage } from './window/dialogs';

/** What a second instance passes to the first before it exits. Paths are absolute. */
const passedOnSchema = z.object({ inventoryFile: z.string().nullable(), openFile: z.string().nullable() });

export interface FirstInstance {
  window: AppWindow;
  session: Pick<MonitorSession, 'storedInventory' | 'startInventory'>;
  files: Pick<OpenedFiles, 'open'>;
}

/** Brings the window to the front, opens the file, and imports the inventory if the person agrees. */
export async function handleSecondInstance(
  passedOn: unknown,
  { window, session, files }: FirstInstance,
): Promise<void> {
  const read = passedOnSchema.safeParse(passedOn);
  const { inventoryFile, openFile } = read.data ?? { inventoryFile: null, openFile: null };
  if (openFile !== null) void files.open(openFile);
  window.bringToFront();
  const { current } = window;
  if (current !== null && inventoryFile !== null) await offerInventory(inventoryFile, current, session);
}

async function offerInventory(
  file: string,
  window: BrowserWindow,
  session: FirstInstance['session'],
): Promise<void> {
  try {
    const content = await inventoryOf(file);
    const { added, changed, removed } = previewOf(file, content, await session.storedInventory());
    const chosen = await showMessage(window, {
      type: 'question',
      message: 'Monitor this inventory?',
      detail: `${file}\n${added.length} added, ${changed.length} changed, ${removed.length} removed.`,
      buttons: ['Keep the current one', 'Monitor this inventory'],
      defaultId: 1,
      cancelId: 0,
    });
    if (chosen === 1) await session.startInventory(content, file);
  } catch (fault) {
    const failure = failureOf(fault);
    if (failure === null) throw fault;
    log.error('The inventory of a second instance was refused:', fault);
    await showMessage(window, {
      type: 'error',
      message: failure.what,
      detail: `${failure.where}\n${failure.todo}`,
      buttons: ['Close'],
    });
  }
}
