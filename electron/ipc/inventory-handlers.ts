import { dialog, type BrowserWindow } from 'electron';
import type { RequestHandlers } from '../../monitor/usecases/answer-request';
import { RequestRefused } from '../../domain/contract/request-refused';
import { InventoryDesk } from '../../monitor/usecases/inventory-service';
import { demoPasswords } from '../../monitor/secrets/demo-passwords';
import type { SecretResolver } from '../../monitor/secrets/secret-resolver';
import { inventoryOf, previewOf, writeInventory } from '../../monitor/inventory/inventory-file';
import type { PasswordStore } from '../../monitor/secrets/password-store';
import type { MonitorSession } from '../../monitor/usecases/monitor-session';

const fileKinds = [{ name: 'Heron inventory', extensions: ['json', 'heron'] }];
const emptyInventory = { credentials: [], clusters: [], standaloneEdges: [] };

/** The handlers of every request about the inventory. */
export type InventoryHandlers = Pick<
  RequestHandlers,
  Extract<keyof RequestHandlers, `inventory.${string}` | `password.${string}`>
>;

/** Answers them on what is watched now and on what is stored. Only files a person chose in a dialog are ever read. */
export function inventoryHandlers(
  watching: MonitorSession,
  passwords: PasswordStore,
  secrets: SecretResolver,
  currentWindow: () => BrowserWindow | null,
): InventoryHandlers {
  const chosenFiles = new Set<string>();
  const desk = new InventoryDesk({
    holder: {
      mode: async () => (await watching.mode()) ?? 'inventory',
      async inventory(which) {
        if (which === 'own') return (await watching.storedInventory()) ?? emptyInventory;
        return (await watching.current()).inventory;
      },
      replace: (which, inventory) => watching.replaceInventory(which, inventory),
      passwordsChanged: async (edgeIds) => (await watching.current()).monitor.resetSessions(edgeIds),
    },
    passwords,
    secrets,
    isSet: (variable) => (process.env[variable] ?? '') !== '' || Object.hasOwn(demoPasswords, variable),
  });
  return {
    ...desk.handlers(),
    'inventory.choose': async () => {
      const asked = { title: 'Open an inventory', filters: fileKinds, properties: ['openFile' as const] };
      const window = currentWindow();
      const { filePaths } = await (window
        ? dialog.showOpenDialog(window, asked)
        : dialog.showOpenDialog(asked));
      const [file] = filePaths;
      if (file === undefined) return null;
      const preview = previewOf(file, await inventoryOf(file), await watching.storedInventory());
      chosenFiles.add(file);
      return preview;
    },
    'inventory.import': async ({ file }) => {
      if (!chosenFiles.has(file)) {
        throw new RequestRefused({
          what: 'This file was not chosen in the dialog.',
          where: file,
          todo: 'Choose the file first, then take it in.',
        });
      }
      const content = await inventoryOf(file);
      const preview = previewOf(file, content, await watching.storedInventory());
      await watching.startInventory(content, file);
      chosenFiles.delete(file);
      return preview;
    },
    'inventory.export': async () => {
      const asked = { title: 'Save the inventory', defaultPath: 'inventory.json', filters: fileKinds };
      const window = currentWindow();
      const { filePath } = await (window
        ? dialog.showSaveDialog(window, asked)
        : dialog.showSaveDialog(asked));
      if (!filePath) return null;
      const { inventory } = await watching.current();
      await writeInventory(filePath, inventory);
      return filePath;
    },
  };
}
