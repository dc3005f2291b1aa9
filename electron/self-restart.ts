import { app } from 'electron';
import { log } from '../monitor/log/log';
import { onUncaughtFault } from '../monitor/log/uncaught';
import type { AppServices } from './app-services';
import { MainFaults } from './main-faults';
import { restartArguments, type RestartState } from './restart-arguments';

type Parts = Pick<AppServices, 'window' | 'session' | 'files'>;

/**
 * Survives errors in the main process that nothing caught, and starts Heron again, at the same view, when there are too many.
 *
 * @param restarts how often Heron has started itself again in a row
 * @param stop ends this process in order
 */
export function surviveFaults(services: Parts, restarts: number, stop: (why: string) => void): void {
  const faults = new MainFaults({
    record: (words) => services.session.recordFault(words, false),
    restart: (words) => restart(services, restarts, words, stop),
  });
  onUncaughtFault((fault) => faults.handle(fault));
}

function restart(services: Parts, restarts: number, words: string, stop: (why: string) => void): void {
  const { session, window } = services;
  const args = restartArguments(process.argv.slice(1), restarts, performance.now(), stateOf(services));
  if (args === null) {
    log.error('There are too many errors, also after Heron was started again: it goes on as it is.');
    window.warn(
      'Heron meets errors in itself again and again.',
      'Monitoring goes on, but may miss something. The log file has the details.',
    );
    return;
  }
  log.error('There are too many errors: Heron starts again.');
  session.recordFault(words, true);
  // An AppImage runs from a temporary mount.
  const execPath = process.env['APPIMAGE'];
  app.relaunch(execPath === undefined ? { args } : { args, execPath });
  stop('There were too many errors.');
}

function stateOf({ session, files, window }: Parts): RestartState {
  const url = window.current?.webContents.getURL() ?? '';
  return {
    shown: files.opened
      ? { mode: 'file', file: files.opened.file }
      : { mode: session.runningMode === 'demo' ? 'demo' : 'inventory' },
    page: `/${URL.canParse(url) ? new URL(url).hash : ''}`,
  };
}
