/** The part of Electron's WebFrameMain that the check needs. */
export interface FrameLike {
  readonly url: string;
  readonly parent: unknown;
}

/** The part of Electron's IpcMainInvokeEvent that the check needs. */
export interface RequestSender {
  readonly sender: { readonly id: number };
  readonly senderFrame: FrameLike | null;
}

/** Why a request is refused; null when the main frame of Heron's own window sent it, showing Heron's own page. */
export function senderRefusal(
  from: RequestSender,
  windowContentsId: number | null,
  home: string,
): string | null {
  if (from.sender.id !== windowContentsId) return 'The request does not come from Heron’s window.';
  if (from.senderFrame === null) return 'The frame that sent the request no longer exists.';
  if (from.senderFrame.parent !== null) return 'The request comes from a frame inside the page.';
  if (originOf(from.senderFrame.url) !== home) return 'The request comes from a page that is not Heron’s.';
  return null;
}

/** Scheme and host: `URL.origin` is "null" for schemes Node does not know. */
export function originOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
