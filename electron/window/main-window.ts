import path from 'node:path';
import { BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import { backgroundOf } from '../settings/appearance';
import { appOrigin } from '../security/content-policy';
import { log } from '../../monitor/log/log';
import type { PreferencesFile } from '../settings/preferences';
import { RestartLimit } from './restart-limit';
import { placeWindow, smallestWindow } from './window-placement';

export interface MainWindowOptions {
  preload: string;
  /** Path of the page under the app's origin. */
  page: string;
  development: boolean;
  preferences: PreferencesFile;
  /** Whether the window's place is worth remembering when it is closed. */
  keepsPlace(): boolean;
  /** The page crashed too often to be loaded again. */
  onHopeless(): void;
}

/** Opens the one window: sandboxed, no Node, its own session, shown when it has something to show. */
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
    if (!options.keepsPlace()) return;
    preferences.set({ window: { ...window.getNormalBounds(), maximized: window.isMaximized() } });
  });
  nativeTheme.on('updated', () => {
    if (window.isDestroyed()) return;
    window.setBackgroundColor(backgroundOf(preferences.get().theme));
  });
  keepAlive(window, options.onHopeless);
  void loadPage(window, options.page);
  return window;
}

/** Shows another of the app's pages in the window. */
export async function loadPage(window: BrowserWindow, page: string): Promise<void> {
  try {
    await window.loadURL(`${appOrigin}${page}`);
  } catch (fault) {
    log.error(`The page ${page} was not loaded:`, fault);
  }
}

/** Loads a page that crashed again, and asks about one that does not answer. Watching goes on all the while. */
function keepAlive(window: BrowserWindow, onHopeless: () => void): void {
  const restarts = new RestartLimit(3, 60_000);
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.error(`The page's process is gone: ${reason}, exit code ${exitCode}.`);
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    if (!restarts.allows(Date.now())) return onHopeless();
    window.webContents.reload();
    void sayItWasLoadedAgain(window);
  });
  window.on('unresponsive', () => {
    log.warn('The page does not answer.');
    void askAboutUnresponsive(window);
  });
  window.on('responsive', () => log.info('The page answers again.'));
}

async function sayItWasLoadedAgain(window: BrowserWindow): Promise<void> {
  await dialog.showMessageBox(window, {
    type: 'info',
    message: 'The window stopped and was loaded again.',
    detail: 'Watching went on meanwhile; nothing is missing from the history. The log file says more.',
    buttons: ['Close'],
  });
}

async function askAboutUnresponsive(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'The window does not answer.',
    detail: 'Heron goes on watching. Loading the window again loses nothing.',
    buttons: ['Wait', 'Load again'],
    defaultId: 0,
    cancelId: 0,
  });
  if (response === 1 && !window.isDestroyed()) window.webContents.reload();
}
