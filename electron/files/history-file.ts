import type { BrowserWindow } from 'electron';
import { runFileTask } from '../../db/client/run-file-task';
import { RequestRefused } from '../../domain/contract/request-refused';
import { systemClock } from '../../monitor/base/clock';
import type { RequestHandlers } from '../../monitor/usecases/answer-request';
import type { MonitorSession } from '../../monitor/usecases/monitor-session';
import type { AppWindow } from '../window/app-window';
import { chooseFileToOpen, chooseFileToSave } from '../window/dialogs';
import { ownThreads } from './file-workers';

const historyKinds = [{ name: 'Heron history', extensions: ['sqlite'] }];

/** Asks which history to use; null: the person cancelled. */
export function chooseHistory(window: BrowserWindow | null): Promise<string | null> {
  return chooseFileToOpen(window, { title: 'Open a history', filters: historyKinds });
}

/** Renames a history in its folder and resolves to the new path. Rejects with a HistoryError. */
export function moveHistoryAside(file: string): Promise<string> {
  return runFileTask(ownThreads, { task: 'set-aside', file, nowMs: systemClock.nowMs() }).result;
}

/** The handler that backs up the recorded history. */
export function backupHandler(
  session: MonitorSession,
  window: AppWindow,
): Pick<RequestHandlers, 'history.backup'> {
  let running = false;
  return {
    'history.backup': async () => {
      if (running) {
        throw new RequestRefused({
          what: 'Another backup is being written.',
          where: 'Heron’s main process.',
          todo: 'Wait until it is finished.',
        });
      }
      running = true;
      try {
        return await backUp(session, window);
      } finally {
        running = false;
      }
    },
  };
}

async function backUp(
  session: MonitorSession,
  window: AppWindow,
): Promise<{ file: string; sizeBytes: number; lastEventId: number } | null> {
  const { historyFile } = await session.current();
  const day = new Date(systemClock.nowMs()).toISOString().slice(0, 10);
  const out = await chooseFileToSave(window.current, {
    title: 'Back up the history',
    defaultPath: `heron-${day}.sqlite`,
    filters: historyKinds,
  });
  if (out === null) return null;
  const { file, sizeBytes, lastEventId } = await runFileTask(ownThreads, {
    task: 'back-up',
    file: historyFile,
    out,
    // The dialog has already confirmed replacing an existing file.
    force: true,
    nowMs: systemClock.nowMs(),
  }).result;
  return { file, sizeBytes, lastEventId };
}
