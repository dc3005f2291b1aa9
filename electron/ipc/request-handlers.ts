import os from 'node:os';
import { app, type BrowserWindow } from 'electron';
import { addNote } from '../../monitor/usecases/add-note';
import type { RequestHandlers } from '../../monitor/usecases/answer-request';
import { listIncidents } from '../../monitor/usecases/list-incidents';
import { pastRequests } from '../../monitor/usecases/past-requests';
import { RequestRefused } from '../../domain/contract/request-refused';
import { systemClock } from '../../monitor/base/clock';
import { historyHandlers } from './history-handlers';
import type { FileRequests } from '../files/file-requests';
import type { InventoryHandlers } from './inventory-handlers';
import { applyTheme, backgroundOf } from '../settings/appearance';
import { log } from '../../monitor/log/log';
import type { PreferencesFile } from '../settings/preferences';
import { textHandlers } from './text-handlers';
import type { TrapPort } from '../../monitor/traps/trap-port';
import type { MonitorSession } from '../../monitor/usecases/monitor-session';

/** The handlers of every request, on what is watched now. `inventory`: those about the inventory. */
export function requestHandlers(
  watching: MonitorSession,
  preferences: PreferencesFile,
  trapPort: TrapPort,
  currentWindow: () => BrowserWindow | null,
  inventory: InventoryHandlers,
): Omit<RequestHandlers, FileRequests> {
  return {
    ...inventory,
    ...textHandlers(currentWindow),
    ...historyHandlers(watching, currentWindow),
    'snapshot.get': async () => (await watching.current()).monitor.snapshot(),
    ...pastRequests(async () => (await watching.current()).history),
    'app.about': async () => {
      const { mode, source, historyFile } = await watching.current();
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
      if ((await watching.current()).monitor.acknowledge(clusterId, said)) return;
      throw new RequestRefused({
        what: said.withdrawn ? 'Nobody has this problem any more.' : 'There is no problem to acknowledge.',
        where: clusterId,
        todo: 'Look at the cluster again: it may be well by now.',
      });
    },
    'demo.start': () => watching.startDemo(),
    'note.add': async (args) => {
      const { history, monitor } = await watching.current();
      return addNote(
        {
          history,
          nameOf: (id) => monitor.snapshot().clusters.find((row) => row.id === id)?.name ?? null,
          write: (event) => monitor.recordNote(event),
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
      listIncidents((await watching.current()).history, args, systemClock.nowMs()),
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
