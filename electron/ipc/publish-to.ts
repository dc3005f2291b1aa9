import type { BrowserWindow } from 'electron';
import type { RequestHandlers } from '../../monitor/usecases/answer-request';
import type { SnapshotPublisher } from '../../monitor/pipeline/snapshot-publisher';

/** Publishes to the window while it can be seen, and everything anew after its page was loaded. */
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
  window.webContents.on('did-finish-load', () => publisher.tellAll());
}

/** A page that asks for the whole snapshot goes on from that: what it was told before is not built on. */
export function toldAnew(handlers: RequestHandlers, publisher: SnapshotPublisher): RequestHandlers {
  const { 'snapshot.get': getSnapshot } = handlers;
  return {
    ...handlers,
    'snapshot.get': (args) => {
      publisher.forgetTold();
      return getSnapshot(args);
    },
  };
}
