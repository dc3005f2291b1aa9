import { screen, type BrowserWindow } from 'electron';
import { log } from '../../monitor/log/log';
import { rescuedBounds } from './window-placement';

/** Moves the window onto a display that exists, when the one that showed it was unplugged or switched off. */
export function stayOnDisplays(window: BrowserWindow): void {
  const check = (): void => {
    const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const bounds = rescuedBounds(window.getBounds(), areas, screen.getPrimaryDisplay().workArea);
    if (bounds === null) return;
    log.info('The display of the window is gone: the window was moved to another one.');
    const [isFullScreen, isMaximized] = [window.isFullScreen(), window.isMaximized()];
    // A window that fills a display cannot be moved.
    if (isFullScreen) window.setFullScreen(false);
    if (isMaximized) window.unmaximize();
    window.setBounds(bounds);
    if (isMaximized) window.maximize();
    if (isFullScreen) window.setFullScreen(true);
  };
  const events = ['display-removed', 'display-added', 'display-metrics-changed'] as const;
  for (const name of events) screen.on(name as 'display-removed', check);
  window.on('closed', () => {
    for (const name of events) screen.off(name as 'display-removed', check);
  });
}
