import { powerMonitor, type BrowserWindow } from 'electron';
import { log } from '../monitor/log/log';

export interface SystemEventActions {
  /** The system suspends this computer (true), or has resumed. */
  computerSleeps(isSuspended: boolean): void;
  /** The system may end this process at any moment: what is known is written. */
  prepareForEnd(): Promise<void>;
  /** The system ends all programs. */
  end(why: string): void;
}

/** Follows what the system reports: sleep, and the end of the session or of the whole system. */
export function followSystem(window: BrowserWindow, actions: SystemEventActions): void {
  powerMonitor.on('suspend', () => {
    log.info('The computer is being suspended.');
    actions.computerSleeps(true);
  });
  powerMonitor.on('resume', () => {
    log.info('The computer has resumed.');
    actions.computerSleeps(false);
  });
  // Linux and macOS; preventing the default makes the system wait for the history to be closed.
  powerMonitor.on('shutdown', (event?: Pick<Event, 'preventDefault'>) => {
    event?.preventDefault();
    actions.end('The system shuts down.');
  });
  // Windows: the session may still go on after the query, and leaves little time after its end.
  window.on('query-session-end', () => {
    actions
      .prepareForEnd()
      .catch((fault: unknown) =>
        log.warn('The history was not sealed before the end of the session:', fault),
      );
  });
  window.on('session-end', () => actions.end('The Windows session ends.'));
}
