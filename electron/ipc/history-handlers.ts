import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { dialog, type BrowserWindow } from 'electron';
import { runFileTask } from '../../db/client/run-file-task';
import type { RequestHandlers } from '../../monitor/usecases/answer-request';
import { RequestRefused } from '../../domain/contract/request-refused';
import { systemClock } from '../../monitor/base/clock';
import { builtFiles } from '../session/built-files';
import type { MonitorSession } from '../../monitor/usecases/monitor-session';

export type HistoryHandlers = Pick<RequestHandlers, 'history.backup'>;

const workersUrl = pathToFileURL(builtFiles.workers);
const historyFileKinds = [{ name: 'Heron history', extensions: ['sqlite'] }];

/** Asks for a history file to work with; null when the person cancelled. */
export async function chooseHistory(window: BrowserWindow | null): Promise<string | null> {
  const asked = { title: 'Open a history', filters: historyFileKinds, properties: ['openFile' as const] };
  const { filePaths } = await (window ? dialog.showOpenDialog(window, asked) : dialog.showOpenDialog(asked));
  return filePaths[0] ?? null;
}

/** Gives a history another name beside the old one, and answers it. Rejects with a HistoryError. */
export function putAside(file: string): Promise<string> {
  return runFileTask(workersUrl, { task: 'set-aside', file, nowMs: systemClock.nowMs() }).result;
}

/** The handlers of commands about the history file itself. */
export function historyHandlers(
  watching: MonitorSession,
  currentWindow: () => BrowserWindow | null,
): HistoryHandlers {
  let underWay = false;
  return {
    'history.backup': async () => {
      if (underWay) {
        throw new RequestRefused({
          what: 'A backup is being written already.',
          where: 'Heron’s main process.',
          todo: 'Wait until it is done.',
        });
      }
      underWay = true;
      try {
        const { historyFile } = await watching.current();
        const asked = {
          title: 'Back up the history',
          defaultPath: `heron-${new Date(systemClock.nowMs()).toISOString().slice(0, 10)}.sqlite`,
          filters: historyFileKinds,
        };
        const window = currentWindow();
        const { filePath } = await (window
          ? dialog.showSaveDialog(window, asked)
          : dialog.showSaveDialog(asked));
        if (!filePath) return null;
        const { file, sizeBytes, lastEventId } = await runFileTask(workersUrl, {
          task: 'back-up',
          file: historyFile,
          out: path.resolve(filePath),
          // The dialog has asked already whether a file that is there may be replaced.
          force: true,
          nowMs: systemClock.nowMs(),
        }).result;
        return { file, sizeBytes, lastEventId };
      } finally {
        underWay = false;
      }
    },
  };
}
