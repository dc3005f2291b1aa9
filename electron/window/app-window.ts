import type { BrowserWindow } from 'electron';
import type { NoticeName, NoticePayload } from '../../domain/contract/contract';
import { jsonText, noticeChannel } from '../../domain/contract/ipc-json';
import { showMessage } from './dialogs';
import { loadPage, openMainWindow, type MainWindowOptions } from './main-window';
import { isUnattended } from './unattended-page';

/** The app's one window. Before it is opened and after it is closed, everything here does nothing. */
export class AppWindow {
  private opened: BrowserWindow | null = null;

  /** Null before it is opened and after it is closed. */
  get current(): BrowserWindow | null {
    return this.opened === null || this.opened.isDestroyed() ? null : this.opened;
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

  /** Shows a warning above the page; none on the wall, which no dialog may cover. */
  warn(message: string, detail: string): void {
    const { current } = this;
    if (current === null || isUnattended(current.webContents.getURL())) return;
    void showMessage(current, { type: 'warning', message, detail, buttons: ['Close'] });
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
