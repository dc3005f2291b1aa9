import type { BrowserWindow } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { requestChannel } from '../../../../domain/contract/ipc-json';
import { serveRequests } from '../../../../electron/ipc/request-channel';
import type { RequestHandlers } from '../../../../monitor/usecases/answer-request';

type Listener = (event: unknown, text: unknown) => Promise<unknown>;
const listeners = vi.hoisted(() => new Map<string, Listener>());
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, listener: Listener) => listeners.set(channel, listener) },
}));

const ownWindow = { webContents: { id: 7 } } as BrowserWindow;
const ownFrame = { url: 'heron-app://app/index.html', parent: null };
const fullScreen = vi.fn();

/** Sends a text on the channel as the preload script of a window does. */
function send(text: unknown, sender = 7, senderFrame: typeof ownFrame | null = ownFrame): unknown {
  return listeners.get(requestChannel)!({ sender: { id: sender }, senderFrame }, text);
}
const request = JSON.stringify({ name: 'window.fullScreen', args: { on: true } });

describe('the request channel', () => {
  beforeEach(() => {
    listeners.clear();
    fullScreen.mockClear();
    serveRequests(() => ownWindow, {
      handlers: { 'window.fullScreen': fullScreen } as unknown as RequestHandlers,
      fileIsOpen: () => false,
      checkResults: true,
    });
  });

  it('is the only one, and answers the own window', async () => {
    expect([...listeners.keys()]).toEqual(['heron:request']);
    expect(await send(request)).toEqual({ ok: true, text: '' });
    expect(fullScreen).toHaveBeenCalledWith({ on: true });
  });

  it.each([
    ['another window', 8, ownFrame],
    ['a frame in the page', 7, { ...ownFrame, parent: {} as unknown as null }],
    ['a foreign page', 7, { ...ownFrame, url: 'https://evil.example/' }],
    ['a frame that no longer exists', 7, null],
  ])('refuses %s with what, where and what to do, before it reads the request', async (_who, id, frame) => {
    for (const text of [request, 'not JSON', undefined])
      expect(await send(text, id, frame)).toEqual({
        ok: false,
        failure: {
          what: expect.stringMatching(/request/),
          where: 'heron:request',
          todo: expect.stringMatching(/./),
        },
      });
    expect(fullScreen).not.toHaveBeenCalled();
  });

  it('refuses an unknown name and wrong arguments', async () => {
    expect(await send(JSON.stringify({ name: 'shell.run' }))).toMatchObject({
      ok: false,
      failure: { what: 'There is no such request.', where: 'shell.run' },
    });
    expect(await send(JSON.stringify({ name: 'window.fullScreen', args: { on: 1 } }))).toMatchObject({
      ok: false,
      failure: { where: 'window.fullScreen' },
    });
    expect(fullScreen).not.toHaveBeenCalled();
  });
});
