import { app, dialog, nativeTheme, type BrowserWindow } from 'electron';
import { heronEventSchema, type HeronEventType } from '../../domain/event';
import type { RequestHandlers } from '../ipc/answer-request';
import { RequestRefused } from '../ipc/request-refused';
import { shareSeries } from '../ipc/share-series';
import { inventoryOf, previewOf, writeInventory } from './inventory-file';
import type { PreferencesFile } from './preferences';
import type { TrapPort } from './trap-port';
import type { Watching } from './watching';

const fileKinds = [{ name: 'Heron inventory', extensions: ['json', 'heron'] }];

/** The handlers of every request, on what is watched now. Only files a person chose in a dialog are ever read. */
export function requestHandlers(
  watching: Watching,
  preferences: PreferencesFile,
  trapPort: TrapPort,
  currentWindow: () => BrowserWindow | null,
): RequestHandlers {
  const chosenFiles = new Set<string>();
  return {
    'snapshot.get': async () => (await watching.now()).polling.pipeline.snapshot(),
    'events.list': async (args) => {
      const { history } = await watching.now();
      return history.events({ ...args, types: args.types?.map(eventType) ?? null });
    },
    'share.series': async (args) => {
      const { history, inventory } = await watching.now();
      return shareSeries(history, inventory, args);
    },
    'app.about': async () => {
      const { mode, source, historyFile } = await watching.now();
      return {
        version: app.getVersion(),
        mode,
        source,
        electron: process.versions['electron'] ?? '',
        historyFile,
      };
    },
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
      const { inventory } = await watching.now();
      await writeInventory(filePath, inventory);
      return filePath;
    },
    'demo.start': () => watching.startDemo(),
    'window.fullScreen': ({ on }) => {
      currentWindow()?.setFullScreen(on);
    },
    'traps.status': () => trapPort.status(),
    'traps.set': ({ port }) => {
      preferences.set({ trapPort: port });
      return trapPort.set(port);
    },
    'appearance.set': ({ theme }) => {
      nativeTheme.themeSource = theme;
      preferences.set({ theme });
    },
  };
}

const eventTypes = new Set<string>(heronEventSchema.options.map((option) => option.shape.type.value));

function eventType(name: string): HeronEventType {
  if (eventTypes.has(name)) return name as HeronEventType;
  throw new RequestRefused({
    what: `There is no kind of event named "${name.slice(0, 40)}".`,
    where: 'events.list',
    todo: `Ask for one of ${[...eventTypes].join(', ')}.`,
  });
}
