import { app, nativeTheme, type BrowserWindow } from 'electron';
import { heronEventSchema, type HeronEventType } from '../../domain/event';
import type { RequestHandlers } from '../ipc/answer-request';
import { pastRequests } from '../ipc/past-requests';
import { RequestRefused } from '../ipc/request-refused';
import { shareSeries } from '../ipc/share-series';
import { historyHandlers } from './history-handlers';
import type { InventoryHandlers } from './inventory-handlers';
import type { PreferencesFile } from './preferences';
import { textHandlers } from './text-handlers';
import type { TrapPort } from './trap-port';
import type { Watching } from './watching';

/** The handlers of every request, on what is watched now. `inventory`: those about the inventory. */
export function requestHandlers(
  watching: Watching,
  preferences: PreferencesFile,
  trapPort: TrapPort,
  currentWindow: () => BrowserWindow | null,
  inventory: InventoryHandlers,
): RequestHandlers {
  return {
    ...inventory,
    ...textHandlers(currentWindow),
    ...historyHandlers(watching, currentWindow),
    'snapshot.get': async () => (await watching.now()).polling.pipeline.snapshot(),
    'events.list': async (args) => {
      const { history } = await watching.now();
      return history.events({ ...args, types: args.types?.map(eventType) ?? null });
    },
    'share.series': async (args) => {
      const { history } = await watching.now();
      return shareSeries(history, args);
    },
    ...pastRequests(async () => (await watching.now()).history),
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
