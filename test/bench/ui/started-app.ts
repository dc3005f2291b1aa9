import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';

export interface StartedApp {
  app: ElectronApplication;
  page: Page;
  /** When Electron was ready, UTC milliseconds. */
  readyMs: number;
}

export interface HowToStart {
  /** The bundled app.ts. */
  main: string;
  userData: string;
  /** Of the app: a link to begin with. */
  link?: string;
  speed?: number;
  healthIntervalMs?: number;
  roleIntervalMs?: number;
  /** It says every few seconds on its standard output what its heap holds after a forced collection. */
  tellsHeap?: boolean;
  /** What the page runs as soon as it stands; `answerOfPage` answers what comes of it. */
  inPage?: string;
}

/** Starts the app of this bench and waits for its window. */
export async function startApp(how: HowToStart): Promise<StartedApp> {
  const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const env = {
    ...process.env,
    ...(how.speed === undefined ? {} : { HERON_BENCH_SPEED: String(how.speed) }),
    ...(how.healthIntervalMs === undefined ? {} : { HERON_BENCH_HEALTH_MS: String(how.healthIntervalMs) }),
    ...(how.roleIntervalMs === undefined ? {} : { HERON_BENCH_ROLE_MS: String(how.roleIntervalMs) }),
    ...(how.tellsHeap === true ? { HERON_BENCH_TELLS: '1' } : {}),
  } as Record<string, string>;
  const app = await _electron.launch({
    args: [
      ...sandbox,
      '--js-flags=--expose-gc',
      path.resolve(how.main),
      '--user-data',
      how.userData,
      ...(how.link === undefined ? [] : [how.link]),
    ],
    env,
  });
  if (how.inPage !== undefined) await app.evaluate(runInPage, how.inPage);
  const page = await app.firstWindow();
  const readyMs = await app.evaluate(() => {
    const mark = performance.getEntriesByName('electron-ready')[0];
    return performance.timeOrigin + (mark?.startTime ?? Number.NaN);
  });
  return { app, page, readyMs };
}

/** In the main process: the page may be there before Playwright can speak to it. */
function runInPage({ app, BrowserWindow }: typeof Electron.CrossProcessExports, code: string): void {
  let begun: (answer: Promise<unknown>) => void = () => undefined;
  Object.assign(globalThis, { answerOfPage: new Promise((resolve) => (begun = resolve)) });
  const run = ({ webContents }: Electron.BrowserWindow): void => {
    const go = (): void => begun(webContents.mainFrame.executeJavaScript(code));
    if (webContents.isLoadingMainFrame() || webContents.getURL() === '') webContents.once('dom-ready', go);
    else go();
  };
  const [there] = BrowserWindow.getAllWindows();
  if (there) run(there);
  else app.once('browser-window-created', (_event, window) => run(window));
}

export function answerOfPage<T>({ app }: StartedApp): Promise<T> {
  return app.evaluate(() => (globalThis as unknown as { answerOfPage: Promise<T> }).answerOfPage);
}
