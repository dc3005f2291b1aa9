/** As much of a frame as the check needs; Electron's WebFrameMain fits. */
export interface FrameLike {
  readonly url: string;
  readonly parent: unknown;
}

/** As much of an IPC call's origin as the check needs; Electron's IpcMainInvokeEvent fits. */
export interface RequestSender {
  readonly sender: { readonly id: number };
  readonly senderFrame: FrameLike | null;
}

/** Why a request is not answered, or null when it comes from the main frame of Heron's own window, showing Heron's own page. */
export function whyNotAnswered(
  from: RequestSender,
  windowContentsId: number | null,
  home: string,
): string | null {
  if (from.sender.id !== windowContentsId) return 'It does not come from Heron’s window.';
  if (from.senderFrame === null) return 'Its frame is gone.';
  if (from.senderFrame.parent !== null) return 'It comes from a frame inside the page.';
  if (originOf(from.senderFrame.url) !== home) return 'It comes from a page that is not Heron’s.';
  return null;
}

/** Scheme and host: `URL.origin` is "null" for schemes Node does not know. */
export function originOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
