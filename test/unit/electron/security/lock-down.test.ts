import { EventEmitter } from 'node:events';
import type { App, Session } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  allowOwnDownloads,
  lockDownContents,
  lockDownSessions,
  sandboxEverything,
} from '../../../../electron/security/lock-down';

const home = 'heron-app://app';
let reports: string[] = [];
const report = (what: string): void => void reports.push(what);
beforeEach(() => (reports = []));

/** An event as Electron emits it, of which only the refusal matters. */
function cancelable(url = '') {
  const event = { url, refused: false, preventDefault: () => void (event.refused = true) };
  return event;
}

class FakeContents extends EventEmitter {
  openWindow: (details: { url: string }) => unknown = () => null;
  setWindowOpenHandler(handler: typeof this.openWindow): void {
    this.openWindow = handler;
  }
}

function lockedContents(): FakeContents {
  const app = new EventEmitter();
  lockDownContents(app as unknown as App, report);
  const contents = new FakeContents();
  app.emit('web-contents-created', {}, contents);
  return contents;
}

describe('the contents of every window', () => {
  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])(
    '%s to a foreign page is refused and reported without its query; a page of the app is not',
    (name) => {
      const contents = lockedContents();
      for (const url of [
        'https://example.com/page?token=planted#x',
        'file:///etc/passwd',
        'data:text/html,planted',
        'heron-app://other/',
        'javascript:alert(1)',
        'about:blank',
        '',
      ]) {
        const event = cancelable(url);
        contents.emit(name, event);
        expect(event.refused, url).toBe(true);
      }
      expect(reports).toHaveLength(7);
      expect(reports.join('\n')).not.toContain('token');
      const own = cancelable(`${home}/index.html#/clusters`);
      contents.emit(name, own);
      expect(own.refused).toBe(false);
    },
  );

  it('a webview is refused, also one that asks for nothing special', () => {
    const event = cancelable();
    lockedContents().emit('will-attach-webview', event, {}, { src: `${home}/` });
    expect(event.refused).toBe(true);
  });

  it.each(['https://example.com/', `${home}/`, 'about:blank'])('a new window for %s is refused', (url) => {
    expect(lockedContents().openWindow({ url })).toEqual({ action: 'deny' });
  });
});

interface Request {
  url: string;
  resourceType?: string;
  webContentsId?: number;
}
class FakeSession extends EventEmitter {
  isAllowed: { request?: boolean; check?: boolean; device?: boolean; spelling?: boolean } = {};
  private decide: (details: Request, decide: (answer: { cancel: boolean }) => void) => void = () => undefined;
  readonly webRequest = { onBeforeRequest: (decide: typeof this.decide) => void (this.decide = decide) };
  setPermissionRequestHandler(ask: (contents: null, what: string, decide: (yes: boolean) => void) => void) {
    ask(null, 'media', (yes) => (this.isAllowed.request = yes));
  }
  setPermissionCheckHandler(check: () => boolean) {
    this.isAllowed.check = check();
  }
  setDevicePermissionHandler(check: () => boolean) {
    this.isAllowed.device = check();
  }
  setSpellCheckerEnabled(enabled: boolean) {
    this.isAllowed.spelling = enabled;
  }
  cancels(details: Request): boolean | null {
    let answer: boolean | null = null;
    this.decide(details, ({ cancel }) => (answer = cancel));
    return answer;
  }
}

describe.each(['default', 'later'])('the %s session', (which) => {
  function locked(reachable: string[] = []): FakeSession {
    const app = new EventEmitter();
    const [first, later] = [new FakeSession(), new FakeSession()];
    lockDownSessions(app as unknown as App, first as unknown as Session, report, reachable);
    app.emit('session-created', first);
    app.emit('session-created', later);
    return which === 'default' ? first : later;
  }

  it('grants no permission, asked for or checked, no device and no spelling dictionary', () => {
    const none = { request: false, check: false, device: false, spelling: false };
    expect(locked().isAllowed).toEqual(none);
    expect(reports).toContain('A permission was refused: media');
  });

  it('downloads nothing', () => {
    const session = locked();
    expect(session.listenerCount('will-download')).toBe(1);
    const event = cancelable();
    session.emit('will-download', event);
    expect(event.refused).toBe(true);
  });

  it.each([
    ['https://example.com/', 'script', true],
    ['http://127.0.0.1:9/', 'xhr', true],
    ['ws://127.0.0.1:9/', 'webSocket', true],
    ['file:///etc/passwd', 'mainFrame', true],
    ['data:text/html,planted', 'mainFrame', true],
    ['data:image/png;base64,AA==', 'image', false],
    [`${home}/index.html`, 'mainFrame', false],
  ])('asks for %s as %s: cancelled %s', (url, resourceType, cancelled) => {
    expect(locked().cancels({ url, resourceType })).toBe(cancelled);
  });

  it('reaches the development server when that is named, and only that', () => {
    const session = locked(['http://localhost:5173']);
    expect(session.cancels({ url: 'http://localhost:5173/x.js' })).toBe(false);
    expect(session.cancels({ url: 'http://localhost:5174/x.js' })).toBe(true);
  });
});

describe('the session of the download of a newer version', () => {
  it.each([
    [{ url: 'https://releases.example/heron.AppImage', resourceType: 'other' }, false],
    [{ url: 'http://127.0.0.1:8080/heron.AppImage', resourceType: 'other' }, false],
    [{ url: 'http://releases.example/heron.AppImage', resourceType: 'other' }, true],
    [{ url: 'http://127.0.0.1.example/heron.AppImage', resourceType: 'other' }, true],
    [{ url: 'file:///etc/passwd', resourceType: 'other' }, true],
    [{ url: 'https://releases.example/', resourceType: 'xhr', webContentsId: 1 }, true],
  ])('asks for %j: cancelled %s', (request, cancelled) => {
    const session = new FakeSession();
    allowOwnDownloads(session as unknown as Session, report);
    expect(session.cancels(request)).toBe(cancelled);
  });
});

describe('the sandbox', () => {
  it.each([
    [false, 1],
    [true, 0],
  ])('is enabled for every process; with --no-sandbox %s: %i times', (without, times) => {
    let enabled = 0;
    const commandLine = { hasSwitch: (name: string) => without && name === 'no-sandbox' };
    sandboxEverything({ commandLine, enableSandbox: () => (enabled += 1) } as unknown as App);
    expect(enabled).toBe(times);
  });
});
