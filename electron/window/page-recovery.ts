import type { BrowserWindow } from 'electron';
import { duration } from '../../domain/words/duration';
import { log } from '../../monitor/log/log';
import { showMessage } from './dialogs';
import { watchForHang } from './page-hang';
import { onRecoveryAction } from './recovery-actions';
import { RestartLimit } from './restart-limit';
import { isUnattended } from './unattended-page';

/** A page that worked for so long has recovered: the next crash is its first. */
const recoveredMs = 600_000;
const firstPauseMs = 60_000;
const longestPauseMs = 900_000;

/**
 * Loads the page again, at the same view, when its process has ended or no longer responds; monitoring is untouched. After three times in
 * a minute `onRepeatedCrash` shows a message instead, and the page is tried again after a pause that doubles each time.
 */
export function recoverPage(window: BrowserWindow, onRepeatedCrash: (retryInWords: string) => void): void {
  new PageRecovery(window, onRepeatedCrash).start();
}

class PageRecovery {
  readonly #restarts = new RestartLimit(3, 60_000);
  #pauseMs = firstPauseMs;
  #lastEndMs = -Infinity;
  #hung = false;
  /** While the message is shown: the page to try again, and when. */
  #waiting: { url: string; timer: NodeJS.Timeout } | null = null;

  constructor(
    private readonly window: BrowserWindow,
    private readonly onRepeatedCrash: (retryInWords: string) => void,
  ) {}

  start(): void {
    const { window } = this;
    watchForHang(window, () => {
      log.error('The page does not respond: its process is ended, and the page is loaded again.');
      this.#hung = true;
      // A process that is busy for ever takes no part in a reload.
      window.webContents.forcefullyCrashRenderer();
    });
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      log.error(`The page's process ended: ${reason}, exit code ${exitCode}.`);
      if (reason !== 'clean-exit' && !window.isDestroyed()) this.#recover();
    });
    onRecoveryAction(window, (action) => {
      if (action === 'show-window') this.#tryAgain();
    });
    window.on('closed', () => clearTimeout(this.#waiting?.timer));
  }

  #recover(): void {
    const wasHung = this.#hung;
    this.#hung = false;
    // The message itself may crash: it is not repeated, and the next attempt is due already.
    if (this.#waiting !== null) return;
    const nowMs = performance.now();
    if (nowMs - this.#lastEndMs > recoveredMs) this.#pauseMs = firstPauseMs;
    this.#lastEndMs = nowMs;
    const { webContents } = this.window;
    if (!this.#restarts.allows(nowMs)) return this.#pause(webContents.getURL());
    webContents.reload();
    if (isUnattended(webContents.getURL())) return;
    void showMessage(this.window, {
      type: 'info',
      message: wasHung
        ? 'The window did not respond and was reloaded.'
        : 'The window crashed and was reloaded.',
      detail: 'Monitoring continued meanwhile, and the history is complete. The log file has the details.',
      buttons: ['Close'],
    });
  }

  #pause(url: string): void {
    const timer = setTimeout(() => this.#tryAgain(), this.#pauseMs);
    this.#waiting = { url, timer };
    this.onRepeatedCrash(duration(this.#pauseMs));
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
  }

  #tryAgain(): void {
    const waiting = this.#waiting;
    if (waiting === null || this.window.isDestroyed()) return;
    clearTimeout(waiting.timer);
    this.#waiting = null;
    log.info('The page is loaded again.');
    this.window
      .loadURL(waiting.url)
      .catch((fault: unknown) => log.error('The page was not loaded again:', fault));
  }
}
