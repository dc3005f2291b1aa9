import { RequestRefused } from '../../domain/contract/request-refused';
import { planFileImport } from '../../monitor/inventory/file-import';
import type { importedFile } from '../../monitor/inventory/imported-file';
import { inventoryOf, writeInventory } from '../../monitor/inventory/inventory-file';
import { demoPasswords } from '../../monitor/secrets/demo-passwords';
import type { PasswordStore } from '../../monitor/secrets/password-store';
import type { SecretConsents } from '../../monitor/secrets/secret-consents';
import type { SecretResolver } from '../../monitor/secrets/secret-resolver';
import type { RequestHandlers } from '../../monitor/usecases/answer-request';
import { InventoryService } from '../../monitor/usecases/inventory-service';
import type { MonitorSession } from '../../monitor/usecases/monitor-session';
import { chooseInventory, inventoryKinds } from '../files/choose-inventory';
import type { AppWindow } from '../window/app-window';
import { chooseFileToSave } from '../window/dialogs';

const emptyInventory = { credentials: [], clusters: [], standaloneEdges: [] };

export interface InventoryServices {
  session: MonitorSession;
  passwords: PasswordStore;
  secrets: SecretResolver;
  consents: SecretConsents;
  window: AppWindow;
  /** The content of the file imported last. */
  imported: Pick<ReturnType<typeof importedFile>, 'load'>;
}

type InventoryRequest = Extract<keyof RequestHandlers, `inventory.${string}` | `password.${string}`>;

/** The handlers about the inventory. They read only files that the person chose in a dialog. */
export function inventoryHandlers(services: InventoryServices): Pick<RequestHandlers, InventoryRequest> {
  const { session, window } = services;
  const chosenFiles = new Set<string>();
  const both = async () => ({
    stored: await session.storedInventory(),
    base: await services.imported.load(),
  });
  return {
    ...inventoryService(services).handlers(),
    'inventory.choose': async () => {
      const file = await chooseInventory(window.current);
      if (file === null) return null;
      const { preview } = planFileImport(file, await inventoryOf(file), await both());
      chosenFiles.add(file);
      return preview;
    },
    'inventory.import': async ({ file, preferred }) => {
      if (!chosenFiles.has(file)) {
        throw new RequestRefused({
          what: 'This file was not chosen in the dialog.',
          where: file,
          todo: 'Choose the file first, then import it.',
        });
      }
      const content = await inventoryOf(file);
      const { file: merged, preview } = planFileImport(file, content, await both(), preferred);
      if (preview.conflicts.length > 0 && preferred === undefined)
        throw undecided(file, preview.conflicts.length);
      await session.startInventory(merged, file, content);
      chosenFiles.delete(file);
      return preview;
    },
    'inventory.export': async () => {
      const options = { title: 'Save the inventory', defaultPath: 'inventory.json', filters: inventoryKinds };
      const file = await chooseFileToSave(window.current, options);
      if (file === null) return null;
      const { inventory, historyFile } = await session.current();
      await writeInventory(file, inventory, [historyFile]);
      return file;
    },
  };
}

function undecided(file: string, count: number): RequestRefused {
  return new RequestRefused({
    what: `The inventory here and the file changed the same ${count === 1 ? 'value' : `${count} values`}, differently. Nothing was changed.`,
    where: file,
    todo: 'Choose whose values count, and import again.',
  });
}

function inventoryService({ session, passwords, secrets, consents }: InventoryServices): InventoryService {
  return new InventoryService({
    inventories: {
      mode: async () => (await session.mode()) ?? 'inventory',
      async get(which) {
        if (which === 'stored') return (await session.storedInventory()) ?? emptyInventory;
        return (await session.current()).inventory;
      },
      replace: (which, inventory) => session.replaceInventory(which, inventory),
      passwordsChanged: async (edgeIds) => (await session.current()).monitor.resetSessions(edgeIds),
    },
    passwords,
    secrets,
    allowUses: (uses) => consents.allow(uses),
    forgetUses: (secret) => consents.forget(secret),
    isSet: (variable) => (process.env[variable] ?? '') !== '' || Object.hasOwn(demoPasswords, variable),
  });
}
