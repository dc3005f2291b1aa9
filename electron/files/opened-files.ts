import type { BrowserWindow } from 'electron';
import type { FileStatus } from '../../domain/contract/opened-file';
import { runFileTask } from '../../db/client/run-file-task';
import { fileStamp } from '../../db/file/while-unchanged';
import { openHistoryReadOnly } from '../../db/open-history';
import { systemClock } from '../../monitor/base/clock';
import { log, logSlowQuery } from '../../monitor/log/log';
import type { KnownKeysStore } from '../../monitor/proof/known-keys';
import type { SnapshotPublisher } from '../../monitor/pipeline/snapshot-publisher';
import type { MonitorSession } from '../../monitor/usecases/monitor-session';
import { OpenedFiles } from '../../monitor/usecases/opened-files';
import { chooseFileToOpen } from '../window/dialogs';
import { fileProcesses } from './file-workers';

const fileKinds = [
  { name: 'Incident files and histories', extensions: ['heron', 'sqlite'] },
  { name: 'All files', extensions: ['*'] },
];

export interface FileEvents {
  statusChanged(status: FileStatus): void;
  /** The window shows another history from now on. */
  historyChanged(): void;
  /** Starts what the command line asks for; called when a file is closed and nothing was monitored before. */
  startMonitoring(): Promise<void>;
}

/** The app's opened files: read in processes of their own, while monitoring is paused. */
export function openedFiles(
  session: MonitorSession,
  publisher: SnapshotPublisher,
  keys: KnownKeysStore,
  events: FileEvents,
): OpenedFiles {
  return new OpenedFiles(
    {
      stamp: fileStamp,
      inspect: (file) => runFileTask(fileProcesses, { task: 'inspect', file }).result,
      openHistory: (file) => openHistoryReadOnly({ file, workers: fileProcesses, onSlowQuery: logSlowQuery }),
      verify: (file, onProgress) =>
        runFileTask(
          fileProcesses,
          { task: 'verify', file, key: null, trusted: [...keys.names().keys()], anchor: null },
          onProgress,
        ),
    },
    {
      async pauseMonitoring() {
        const mode = await session.mode();
        await session.stop();
        return async () => {
          if (mode === null) await events.startMonitoring();
          else await (mode === 'demo' ? session.startDemo() : session.startStored());
          events.historyChanged();
        };
      },
      show(snapshot) {
        publisher.replace(snapshot);
        events.historyChanged();
      },
      update: (snapshot, newEvents) => publisher.replace(snapshot, newEvents),
      statusChanged: (status) => events.statusChanged(status),
      clock: systemClock,
      nameOfKey: (fingerprint) => keys.names().get(fingerprint) ?? null,
      log: (what, fault) => log.warn(what, fault),
    },
  );
}

/** Asks which file to open, and opens it. Resolves to whether a file is open now. */
export async function chooseAndOpen(files: OpenedFiles, window: BrowserWindow | null): Promise<boolean> {
  const options = { title: 'Open a history or incident file', filters: fileKinds };
  const chosen = await chooseFileToOpen(window, options);
  return chosen !== null && files.open(chosen);
}
