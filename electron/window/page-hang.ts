import type { BrowserWindow } from 'electron';

const askEveryMs = 2_000;
/** Unanswered for so many times in a row: 20 s. Times are counted, not seconds, since this process may have been suspended meanwhile. */
const mostUnanswered = 10;
/** A page that is still being loaded, on a slow disk for instance, gets a minute. */
const mostWhileLoading = 30;
/** Of its own: what the page does to its globals has no effect here. */
const isolatedWorld = 1_001;

/**
 * Calls `onHang` when the page's thread answers no more. Chromium itself notices that only when somebody clicks or types, which nobody does
 * on a wall.
 */
export function watchForHang(window: BrowserWindow, onHang: () => void): void {
  const { webContents } = window;
  let unanswered = 0;
  let question = 0;
  let isAsked = false;
  const reset = (): void => {
    question += 1;
    isAsked = false;
    unanswered = 0;
  };
  const ask = (): void => {
    isAsked = true;
    const asked = question;
    const answered = (): void => {
      if (asked === question) reset();
    };
    webContents.executeJavaScriptInIsolatedWorld(isolatedWorld, [{ code: '0' }]).then(answered, answered);
  };
  const timer = setInterval(() => {
    // In a debugger the page may stand still for as long as its developer likes.
    if (webContents.isCrashed() || webContents.isDevToolsOpened()) return reset();
    if (!isAsked) return ask();
    unanswered += 1;
    if (unanswered < (webContents.isLoadingMainFrame() ? mostWhileLoading : mostUnanswered)) return;
    reset();
    onHang();
  }, askEveryMs);
  webContents.on('did-finish-load', reset);
  webContents.on('render-process-gone', reset);
  window.on('closed', () => clearInterval(timer));
}
