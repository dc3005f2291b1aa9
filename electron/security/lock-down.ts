import type { App, Session, WebContents } from 'electron';
import { appOrigin, appScheme } from './content-policy';
import { originOf } from './request-sender';

type Report = (what: string) => void;

/** Every page's process is sandboxed, whatever its window asks for. Must run before the app is ready. */
export function sandboxEverything(app: App): void {
  // On Linux root has no sandbox, and enabling it would end the app.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
}

/** Every window that is ever created: no foreign pages, no new windows, no embedded browsers. */
export function lockDownContents(app: App, report: Report): void {
  app.on('web-contents-created', (_event, contents) => lockDown(contents, report));
}

function lockDown(contents: WebContents, report: Report): void {
  const stayHome = (event: { preventDefault(): void; url: string }): void => {
    if (originOf(event.url) === appOrigin) return;
    event.preventDefault();
    report(`A navigation was refused: ${withoutQuery(event.url)}`);
  };
  contents.on('will-navigate', stayHome);
  contents.on('will-redirect', stayHome);
  contents.on('will-frame-navigate', stayHome);
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    report('An embedded browser was refused.');
  });
  contents.setWindowOpenHandler(({ url }) => {
    report(`A new window was refused: ${withoutQuery(url)}`);
    return { action: 'deny' };
  });
}

/** The default session, and any that is created later. @param reachableOrigins that may be reached as well */
export function lockDownSessions(
  app: App,
  defaultSession: Session,
  report: Report,
  reachableOrigins: readonly string[],
): void {
  lockDownSession(defaultSession, report, reachableOrigins);
  app.on('session-created', (created) => {
    if (created !== defaultSession) lockDownSession(created, report, reachableOrigins);
  });
}

/**
 * A session: no permissions, no downloads, no devices, no spelling dictionaries, no request but for the page's own files.
 *
 * @param reachableOrigins that may be reached as well
 */
function lockDownSession(session: Session, report: Report, reachableOrigins: readonly string[]): void {
  session.setPermissionRequestHandler((_contents, permission, decide) => {
    report(`A permission was refused: ${permission}`);
    decide(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => {
    event.preventDefault();
    report('A download was refused.');
  });
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, decide) => {
    const { protocol } = new URL(details.url);
    const drawn = protocol === 'data:' && details.resourceType === 'image';
    const reachable = reachableOrigins.includes(originOf(details.url) ?? '');
    const own = protocol === `${appScheme}:` || protocol === 'devtools:' || drawn || reachable;
    if (!own) report(`A request was refused: ${withoutQuery(details.url)}`);
    decide({ cancel: !own });
  });
}

/**
 * Lets the main process itself download through a session that was locked: from https, or from this computer. No page gets further
 * by it.
 */
export function allowOwnDownloads(session: Session, report: Report): void {
  session.webRequest.onBeforeRequest((details, decide) => {
    const { protocol, hostname } = new URL(details.url);
    const safe = protocol === 'https:' || (protocol === 'http:' && loopback.test(hostname));
    const allowed = safe && details.webContentsId === undefined;
    if (!allowed) report(`A request was refused: ${withoutQuery(details.url)}`);
    decide({ cancel: !allowed });
  });
}

const loopback = /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

function withoutQuery(url: string): string {
  return url.split(/[?#]/)[0]?.slice(0, 200) ?? '';
}
