import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FileStatus } from '../../domain/contract/opened-file';
import { runFileTask } from '../../db/client/run-file-task';
import { openHistoryReadOnly } from '../../db/open-history';
import type { SnapshotPublisher } from '../../monitor/pipeline/snapshot-publisher';
import { log } from '../../monitor/log/log';
import { builtFiles } from '../session/built-files';
import type { MonitorSession } from '../../monitor/usecases/monitor-session';
import { OpenedFiles } from '../../monitor/usecases/opened-files';

const workersUrl = pathToFileURL(`${builtFiles.workers}${path.sep}`);

/** What the app does for opened files. */
export interface FileEvents {
  /** Tells the window. */
  send(status: FileStatus): void;
  /** Loads the page anew: it must not mix two histories. */
  reload(): void;
  /** Watches what the command line asked for: where nothing was watched before. */
  begin(): Promise<void>;
}

/** Opened files as the app has them: in threads, instead of watching. */
export function appFiles(
  watching: MonitorSession,
  publisher: SnapshotPublisher,
  { send, reload, begin }: FileEvents,
): OpenedFiles {
  return new OpenedFiles(
    {
      inspect: (file) => runFileTask(workersUrl, { task: 'inspect', file }).result,
      openHistory: (file) => openHistoryReadOnly({ file, workersUrl }),
      verify: (file, onProgress) =>
        runFileTask(workersUrl, { task: 'verify', file, key: null, anchor: null }, onProgress),
    },
    {
      async pause() {
        const mode = await watching.mode();
        await watching.stop();
        return async () => {
          if (mode === null) await begin();
          else await (mode === 'demo' ? watching.startDemo() : watching.startStored());
          setImmediate(reload);
        };
      },
      shows(snapshot) {
        publisher.replace(snapshot);
        setImmediate(reload);
      },
      changed: send,
      log: (what, fault) => log.warn(what, fault),
    },
  );
}
