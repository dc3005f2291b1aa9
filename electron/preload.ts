import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { HeronBridge } from '../domain/contract/contract';
import { noticeChannel, requestChannel, type RequestReply } from '../domain/contract/ipc-json';

/**
 * All that the page gets from Electron: `window.heron`, with one channel for requests and one for notices. Names and
 * arguments are checked in the main process, results and notices in the page.
 */
const bridge: HeronBridge = {
  async request(name, args) {
    const text = JSON.stringify({ name, args });
    const reply = (await ipcRenderer.invoke(requestChannel, text)) as RequestReply<never>;
    // A plain object, not an Error: only the message of an Error would cross to the page.
    return reply.ok ? reply.text : Promise.reject(reply.failure);
  },
  on(name, listener) {
    const receive = (_event: unknown, noticeName: unknown, payload: string): void => {
      if (noticeName === name) listener(payload);
    };
    ipcRenderer.on(noticeChannel, receive);
    return () => {
      ipcRenderer.removeListener(noticeChannel, receive);
    };
  },
};

/** A file that is dropped on the window is opened read-only; the page itself does not learn its path. */
window.addEventListener('dragover', (event) => event.preventDefault());
window.addEventListener('drop', (event) => {
  event.preventDefault();
  const file = event.dataTransfer?.files[0];
  // A refusal is in the file's status, which a notice sends to the page.
  if (file) bridge.request('file.open', { file: webUtils.getPathForFile(file) }).catch(() => undefined);
});

contextBridge.exposeInMainWorld('heron', bridge);
