import type { BrowserWindow } from 'electron';
import type { SnapshotPublisher } from '../../monitor/pipeline/snapshot-publisher';
import type { RequestHandlers } from '../../monitor/usecases/answer-request';

/** Publishes to the window while it is visible, and everything again after its page was loaded. */
export function publishTo(window: BrowserWindow, publisher: SnapshotPublisher): void {
  const follow = (): void => {
    if (window.isVisible() && !window.isMinimized()) publisher.resume();
    else publisher.pause();
  };
  window.on('show', follow);
  window.on('restore', follow);
  window.on('hide', follow);
  window.on('minimize', follow);
  window.on('closed', () => publisher.pause());
  window.webContents.on('did-finish-load', () => publisher.sendAll());
}

/** After a page has requested the whole snapshot, later notices do not build on what was sent before. */
export function resetOnSnapshot<H extends Pick<RequestHandlers, 'snapshot.get'>>(
  handlers: H,
  publisher: SnapshotPublisher,
): H {
  return {
    ...handlers,
    'snapshot.get': () => {
      publisher.forgetSent();
      return handlers['snapshot.get']();
    },
  };
}
