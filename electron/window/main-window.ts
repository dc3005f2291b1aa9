import path from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { backgroundOf } from '../settings/appearance';
import { appOrigin } from '../security/content-policy';
import { log } from '../../monitor/log/log';
import { logPageErrors } from './page-errors';
import { recoverPage } from './page-recovery';
import type { PreferencesFile } from '../settings/preferences';
import { stayOnDisplays } from './stay-on-displays';
import { placeWindow, smallestWindow } from './window-placement';

export interface MainWindowOptions {
  preload: string;
  /** Path of the page under the app's origin. */
  page: string;
  development: boolean;
  preferences: PreferencesFile;
  /** Opened without being shown: Heron starts in the tray. */
  isHidden: boolean;
  /** Whether position and size are saved when the window is closed. */
  savesPlace(): boolean;
  /** The page crashed too often to be loaded again at once. `retryInWords`: after how long it is. */
  onRepeatedCrash(retryInWords: string): void;
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
    // Electron otherwise tells the page that it is visible until the window was shown once, and draws it.
    paintWhenInitiallyHidden: !options.isHidden,
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
      // The second start already finds the page's scripts compiled, not the third.
      v8CacheOptions: 'bypassHeatCheck',
      devTools: options.development,
    },
  });
  window.once('ready-to-show', () => {
    if (!options.isHidden) window.show();
  });
  // Maximising shows the window.
  window.once('show', () => {
    if (saved?.maximized === true) window.maximize();
  });
  window.on('close', () => {
    if (!options.savesPlace()) return;
    preferences.set({ window: { ...window.getNormalBounds(), maximized: window.isMaximized() } });
  });
  nativeTheme.on('updated', () => {
    if (window.isDestroyed()) return;
    window.setBackgroundColor(backgroundOf(preferences.get().theme));
  });
  logPageErrors(window.webContents);
  recoverPage(window, (retryInWords) => options.onRepeatedCrash(retryInWords));
  stayOnDisplays(window);
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
