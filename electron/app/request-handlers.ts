import os from 'node:os';
import { app, type BrowserWindow } from 'electron';
import { heronEventSchema, type HeronEventType } from '../../domain/event';
import { addNote } from '../ipc/add-note';
import type { RequestHandlers } from '../ipc/answer-request';
import { listIncidents } from '../ipc/list-incidents';
import { pastRequests } from '../ipc/past-requests';
import { RequestRefused } from '../ipc/request-refused';
import { shareSeries } from '../ipc/share-series';
import { systemClock } from '../polling/clock';
import { historyHandlers } from './history-handlers';
import type { FileRequests } from './audit/file-requests';
import type { InventoryHandlers } from './inventory-handlers';
import { applyTheme, backgroundOf } from './appearance';
import { log } from './log';
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
): Omit<RequestHandlers, FileRequests> {
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
        user: userName(),
      };
    },
    'cluster.acknowledge': async ({ clusterId, ...said }) => {
      if ((await watching.now()).polling.pipeline.acknowledge(clusterId, said)) return;
      throw new RequestRefused({
        what: said.withdrawn ? 'Nobody has this problem any more.' : 'There is no problem to acknowledge.',
        where: clusterId,
        todo: 'Look at the cluster again: it may be well by now.',
      });
    },
    'demo.start': () => watching.startDemo(),
    'note.add': async (args) => {
      const { history, polling } = await watching.now();
      const { pipeline } = polling;
      return addNote(
        {
          history,
          nameOf: (id) => pipeline.snapshot().clusters.find((row) => row.id === id)?.name ?? null,
          write: (event) => pipeline.note(event),
          refusal: () => (history.status().state === 'failing' ? history.status().words : null),
        },
        args,
        Math.round(systemClock.nowMs()),
      );
    },
    'window.fullScreen': ({ on }) => {
      currentWindow()?.setFullScreen(on);
    },
    'incidents.list': async (args) =>
      listIncidents((await watching.now()).history, args, systemClock.nowMs()),
    'traps.status': () => trapPort.status(),
    'traps.set': ({ port }) => {
      preferences.set({ trapPort: port });
      return trapPort.set(port);
    },
    'appearance.set': ({ theme }) => {
      preferences.set({ theme });
      applyTheme(theme);
      currentWindow()?.setBackgroundColor(backgroundOf(theme));
    },
  };
}

/** The system's name of the person; a system account without one is nobody. */
function userName(): string {
  try {
    return os.userInfo().username;
  } catch (fault) {
    log.warn('The system does not tell who uses it.', fault);
    return '';
  }
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
