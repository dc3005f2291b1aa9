import path from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { backgroundOf } from '../settings/appearance';
import { appOrigin } from '../security/content-policy';
import { log } from '../../monitor/log/log';
import { showMessage } from './dialogs';
import type { PreferencesFile } from '../settings/preferences';
import { RestartLimit } from './restart-limit';
import { isUnattended } from './unattended-page';
import { placeWindow, smallestWindow } from './window-placement';

export interface MainWindowOptions {
  preload: string;
  /** Path of the page under the app's origin. */
  page: string;
  development: boolean;
  preferences: PreferencesFile;
  /** Whether position and size are saved when the window is closed. */
  savesPlace(): boolean;
  /** The page crashed too often to be loaded again. */
  onRepeatedCrash(): void;
}

/** Opens the one window: sandboxed, without Node. It is shown once its page has been drawn. */
export function openMainWindow(options: MainWindowOptions): BrowserWindow {
  const { preferences } = options;
  const saved = preferences.get().window;
  const window = new BrowserWindow({
    ...placeWindow(
      saved,
      screen.getAllDisplays().map((display) => display.workArea),
    ),
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    show: false,
    title: 'Heron',
    autoHideMenuBar: true,
    backgroundColor: backgroundOf(preferences.get().theme),
    webPreferences: {
      preload: path.resolve(options.preload),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: options.development,
    },
  });
  window.once('ready-to-show', () => {
    if (saved?.maximized === true) window.maximize();
    window.show();
  });
  window.on('close', () => {
    if (!options.savesPlace()) return;
    preferences.set({ window: { ...window.getNormalBounds(), maximized: window.isMaximized() } });
  });
  nativeTheme.on('updated', () => {
    if (window.isDestroyed()) return;
    window.setBackgroundColor(backgroundOf(preferences.get().theme));
  });
  recoverFromCrashes(window, options.onRepeatedCrash);
  void loadPage(window, options.page);
  return window;
}

/** Loads one of the app's pages; `page` is a path under the app's origin. */
export async function loadPage(window: BrowserWindow, page: string): Promise<void> {
  try {
    await window.loadURL(`${appOrigin}${page}`);
  } catch (fault) {
    log.error(`The page ${page} was not loaded:`, fault);
  }
}

/** Reloads the page after a crash, and asks about a page that does not respond. Monitoring continues. */
function recoverFromCrashes(window: BrowserWindow, onRepeatedCrash: () => void): void {
  const restarts = new RestartLimit(3, 60_000);
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.error(`The page's process ended: ${reason}, exit code ${exitCode}.`);
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    if (!restarts.allows(Date.now())) return onRepeatedCrash();
    window.webContents.reload();
    if (isUnattended(window.webContents.getURL())) return;
    void showMessage(window, {
      type: 'info',
      message: 'The window crashed and was reloaded.',
      detail: 'Monitoring continued meanwhile, and the history is complete. The log file has the details.',
      buttons: ['Close'],
    });
  });
  window.on('unresponsive', () => {
    log.warn('The page does not respond.');
    void offerReload(window);
  });
  window.on('responsive', () => log.info('The page responds again.'));
}

/** Where somebody may be waiting for the page, asks; the wall is reloaded at once. */
async function offerReload(window: BrowserWindow): Promise<void> {
  if (isUnattended(window.webContents.getURL())) return window.webContents.reload();
  const chosen = await showMessage(window, {
    type: 'warning',
    message: 'The window does not respond.',
    detail: 'Monitoring continues. Reloading the window loses nothing.',
    buttons: ['Wait', 'Reload'],
    defaultId: 0,
    cancelId: 0,
  });
  if (chosen === 1 && !window.isDestroyed()) window.webContents.reload();
}
