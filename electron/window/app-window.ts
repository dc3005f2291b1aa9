import type { BrowserWindow } from 'electron';
import type { NoticeName, NoticePayload } from '../../domain/contract/contract';
import { jsonText, noticeChannel } from '../../domain/contract/ipc-json';
import { showMessage } from './dialogs';
import { loadPage, openMainWindow, type MainWindowOptions } from './main-window';
import { isUnattended } from './unattended-page';

/** The app's one window. Before it is opened and after it is closed, everything here does nothing. */
export class AppWindow {
  private opened: BrowserWindow | null = null;
  private readonly waiting: string[] = [];
  /** Called when `waits` has changed. */
  onWaitsChange: () => void = () => undefined;

  /** Null before it is opened and after it is closed. */
  get current(): BrowserWindow | null {
    return this.opened === null || this.opened.isDestroyed() ? null : this.opened;
  }

  /** What waits until a dialog may be shown, in words; null: nothing. */
  get waits(): string | null {
    return this.waiting[0] ?? null;
  }

  /**
   * Resolves when a dialog may be shown: at once, but when the window is hidden once it is shown, and on the wall, which no dialog may
   * cover, when the person leaves it. `words`: what waits, for the wall's foot.
   */
  async attended(words: string): Promise<void> {
    const { current } = this;
    if (current === null || isAttended(current)) return;
    this.waiting.push(words);
    this.onWaitsChange();
    await new Promise<void>((resolve) => {
      const check = (): void => {
        if (!current.isDestroyed() && !isAttended(current)) return;
        current.off('show', check);
        current.off('closed', check);
        if (!current.isDestroyed()) current.webContents.off('did-navigate-in-page', check);
        resolve();
      };
      current.on('show', check);
      current.on('closed', check);
      current.webContents.on('did-navigate-in-page', check);
    });
    this.waiting.splice(this.waiting.indexOf(words), 1);
    this.onWaitsChange();
  }

  open(options: MainWindowOptions): BrowserWindow {
    this.opened = openMainWindow(options);
    return this.opened;
  }

  /** Sends a notice of the contract to the page. */
  send<N extends NoticeName>(name: N, payload: NoticePayload<N>): void {
    this.current?.webContents.send(noticeChannel, name, jsonText(payload));
  }

  reload(): void {
    this.current?.webContents.reload();
  }

  /** Loads another of the app's pages; `page` is a path under the app's origin. */
  async show(page: string): Promise<void> {
    if (this.current !== null) await loadPage(this.current, page);
  }

  /** Shows a warning above the page, on the wall once the person leaves it. */
  warn(message: string, detail: string): void {
    void this.attended(message).then(() => {
      if (this.current !== null)
        void showMessage(this.current, { type: 'warning', message, detail, buttons: ['Close'] });
    });
  }

  bringToFront(): void {
    if (this.current?.isMinimized()) this.current.restore();
    this.current?.show();
    this.current?.focus();
  }

  close(): void {
    this.current?.close();
  }
}

function isAttended(window: BrowserWindow): boolean {
  return window.isVisible() && !isUnattended(window.webContents.getURL());
}
