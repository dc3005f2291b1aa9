import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {} from '../../renderer/bridge/heron';
import { expect, test, type Heron } from './support/heron';

/** A server nobody may reach: it counts who tries. */
let stranger: Server;
let strangerUrl: string;
let visits: string[] = [];

test.beforeAll(async () => {
  stranger = createServer((request, response) => {
    visits.push(request.url ?? '');
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end('reached');
  });
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  strangerUrl = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
});
test.beforeEach(() => {
  visits = [];
});
test.afterAll(() => {
  stranger.close();
});

/** Runs `code` on its own task: what a debugger evaluates directly is exempt from the content policy. */
async function onItsOwn(heron: Heron, code: () => unknown): Promise<unknown> {
  return heron.page.evaluate(
    (text) =>
      new Promise((resolve) => {
        const run = new Function(`return (${text})()`) as () => unknown;
        setTimeout(() => {
          Promise.resolve()
            .then(run)
            .then(resolve, (fault: unknown) => resolve(`refused: ${fault instanceof Error ? fault.name : String(fault)}`));
        }, 0);
      }),
    code.toString(),
  );
}

/** Does something in the page, waits until the main process has logged its refusal, and sees the page unmoved. */
async function isRefused(heron: Heron, action: (url: string) => void, url: string, words: RegExp): Promise<void> {
  const home = heron.page.url();
  const before = heron.log().length;
  await heron.page.evaluate(action, url);
  await expect.poll(() => heron.log().slice(before)).toMatch(words);
  expect(heron.page.url()).toBe(home);
  expect(heron.app.windows()).toHaveLength(1);
}

test('the page has no Node, and of Electron only the bridge with its two functions', async ({ demo }) => {
  const seen = await demo.page.evaluate(() => {
    const globals = globalThis as Record<string, unknown>;
    return {
      node: ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer'].filter(
        (name) => name in globals,
      ),
      bridge: Object.keys(window.heron ?? {}).sort(),
      inherited: Object.values(window.heron ?? {}).every((part) => typeof part === 'function'),
    };
  });
  expect(seen).toEqual({ node: [], bridge: ['on', 'request'], inherited: true });
});

test('the window asks for the sandbox, isolation and no Node', async ({ demo }) => {
  const preferences = await demo.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
  });
});

test('developer tools are offered in development only', async ({ demo }, info) => {
  const packaged = info.project.name === 'packaged';
  const seen = await demo.app.evaluate(({ app, BrowserWindow, Menu }) => {
    const roles = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items.map(({ role }) => role)) ?? [];
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (app.isPackaged) contents?.openDevTools();
    return {
      packaged: app.isPackaged,
      offered: roles.some((role) => role?.toLowerCase() === 'toggledevtools'),
      open: contents?.isDevToolsOpened(),
    };
  });
  expect(seen).toEqual({ packaged, offered: !packaged, open: false });
});

test('the content policy comes with every answer, errors included, and is strict', async ({ demo }) => {
  const policies = await demo.page.evaluate(async () => {
    const answers = await Promise.all([fetch('/'), fetch('/nothing-here.js')]);
    return answers.map((answer) => [answer.status, answer.headers.get('content-security-policy') ?? '']);
  });
  expect(policies.map(([status]) => status)).toEqual([200, 404]);
  for (const [, policy] of policies) {
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe-|https?:|\*/);
  }
});

test('text does not become code', async ({ demo }) => {
  expect(await onItsOwn(demo, () => eval('1 + 1') as number)).toBe('refused: EvalError');
  expect(await onItsOwn(demo, () => new Function('return 1')() as number)).toBe('refused: EvalError');
  const inserted = await demo.page.evaluate(() => {
    try {
      const script = document.createElement('script');
      script.append(document.createTextNode('globalThis.inlineRan = true'));
      document.head.append(script);
      script.remove();
      return 'inlineRan' in globalThis ? 'ran' : 'not run';
    } catch (fault) {
      return `refused: ${fault instanceof Error ? fault.name : String(fault)}`;
    }
  });
  expect(inserted).toMatch(/not run|refused: TypeError/);
  expect(await onItsOwn(demo, () => (document.createElement('div').innerHTML = '<b>x</b>'))).toBe('refused: TypeError');
  const handler = await demo.page.evaluate(async () => {
    const violated = new Promise<string>((resolve) =>
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective), { once: true }),
    );
    const button = document.createElement('button');
    try {
      button.setAttribute('onclick', 'globalThis.handlerRan = true');
    } catch (fault) {
      return `refused: ${fault instanceof Error ? fault.name : String(fault)}`;
    }
    button.click();
    const directive = await violated;
    return 'handlerRan' in globalThis ? 'ran' : directive;
  });
  expect(handler).toMatch(/script-src|refused: TypeError/);
});

test('nothing is fetched from anywhere else', async ({ demo }) => {
  const outcomes = await demo.page.evaluate(async (url) => {
    const failed = (work: Promise<unknown>) => work.then(() => 'reached', () => 'refused');
    const element = (tag: 'img' | 'script' | 'link', set: (made: HTMLElement) => void) =>
      new Promise<string>((resolve) => {
        const made = document.createElement(tag);
        made.onload = () => resolve('reached');
        made.onerror = () => resolve('refused');
        try {
          set(made);
          document.head.append(made);
        } catch {
          resolve('refused');
        }
        setTimeout(() => made.remove(), 0);
      });
    return {
      fetch: await failed(fetch(`${url}/fetch`)),
      file: await failed(fetch('file:///etc/passwd')),
      image: await element('img', (made) => made.setAttribute('src', `${url}/image`)),
      script: await element('script', (made) => made.setAttribute('src', `${url}/script`)),
      style: await element('link', (made) => {
        made.setAttribute('rel', 'stylesheet');
        made.setAttribute('href', `${url}/style`);
      }),
      socket: await new Promise<string>((resolve) => {
        try {
          const socket = new WebSocket(url.replace('http', 'ws'));
          socket.onopen = () => resolve('reached');
          socket.onerror = () => resolve('refused');
        } catch {
          resolve('refused');
        }
      }),
      beacon: navigator.sendBeacon(`${url}/beacon`) && false,
    };
  }, strangerUrl);
  expect(outcomes).toEqual({
    fetch: 'refused',
    file: 'refused',
    image: 'refused',
    script: 'refused',
    style: 'refused',
    socket: 'refused',
    beacon: false,
  });
  expect(visits).toEqual([]);
});

test('not even the session itself reaches out when a policy is forgotten', async ({ demo }) => {
  const outcome = await demo.app.evaluate(
    ({ session }, url) =>
      session.defaultSession.fetch(url).then(
        () => 'reached',
        (fault: unknown) => String(fault),
      ),
    `${strangerUrl}/session`,
  );
  expect(outcome).toMatch(/ERR_BLOCKED_BY_CLIENT/);
  expect(visits).toEqual([]);
});

test('the page stays where it is', async ({ demo }) => {
  const go = (url: string): void => location.assign(url);
  await isRefused(demo, go, `${strangerUrl}/away`, /navigation was refused: http:\/\/127/);
  await isRefused(demo, (url) => void open(url), `${strangerUrl}/popup`, /new window was refused/);
  await isRefused(demo, (url) => void open(url), 'heron-app://app/', /new window was refused/);
  const link = (url: string): void => {
    const made = document.createElement('a');
    made.href = url;
    made.target = '_blank';
    made.click();
  };
  await isRefused(demo, link, `${strangerUrl}/link`, /new window was refused/);
  expect(visits).toEqual([]);
});

test('a file or a data page cannot be opened in its place', async ({ demo }) => {
  const home = demo.page.url();
  for (const url of ['file:///etc/passwd', 'data:text/html,<h1>away</h1>', 'heron-app://elsewhere/']) {
    await demo.page.evaluate((there) => location.assign(there), url);
    await demo.page.evaluate(() => document.readyState);
    expect(demo.page.url()).toBe(home);
  }
  expect(await demo.page.evaluate(() => document.title)).toMatch(/Heron/);
});

test('permissions and downloads are denied', async ({ demo }) => {
  const asked = await demo.page.evaluate(async () => ({
    notifications: await Notification.requestPermission(),
    camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'given',
      (fault: Error) => fault.name,
    ),
    clipboard: await navigator.clipboard.readText().then(
      () => 'given',
      (fault: Error) => fault.name,
    ),
    place: await new Promise((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('given'),
        (fault) => resolve(fault.code),
      ),
    ),
  }));
  expect(asked.notifications).toBe('denied');
  expect(asked.camera).toMatch(/NotAllowedError|NotFoundError/);
  expect(asked.clipboard).toBe('NotAllowedError');
  expect(asked.place).toBe(1);
  const before = demo.log().length;
  await demo.page.evaluate(() => {
    const made = document.createElement('a');
    made.href = URL.createObjectURL(new Blob(['x']));
    made.download = 'x.txt';
    made.click();
  });
  await expect.poll(() => demo.log().slice(before)).toMatch(/download was refused/);
});

test('the protocol serves the renderer’s files and nothing beside them', async ({ demo }) => {
  const statuses = await demo.page.evaluate(async () => {
    const ask = async (url: string) => (await fetch(url)).status;
    return {
      page: await ask('/'),
      climbing: await ask('/../../package.json'),
      encoded: await ask('/%2e%2e/%2e%2e/package.json'),
      slashes: await ask('/..%2f..%2fpackage.json'),
      backslashes: await ask('/..%5c..%5cpackage.json'),
      main: await ask('/../main/main.js'),
      absolute: await ask('//app//etc/passwd'),
      folder: await ask('/assets'),
      posted: (await fetch('/', { method: 'POST' })).status,
    };
  });
  expect(statuses).toEqual({
    page: 200,
    climbing: 404,
    encoded: 404,
    slashes: 404,
    backslashes: 404,
    main: 404,
    absolute: 404,
    folder: 404,
    posted: 405,
  });
});

test('a frame in the page cannot be a page, and has no bridge', async ({ demo }) => {
  const frame = await demo.page.evaluate(async () => {
    const violated = new Promise<string>((resolve) =>
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective), { once: true }),
    );
    const made = document.createElement('iframe');
    made.src = 'heron-app://app/';
    document.body.append(made);
    const directive = await violated;
    const empty = document.createElement('iframe');
    document.body.append(empty);
    const bridge = 'heron' in (empty.contentWindow ?? {});
    made.remove();
    empty.remove();
    return { directive, bridge };
  });
  expect(frame).toEqual({ directive: 'frame-src', bridge: false });
});

test('another window is not answered, although it has the same page and bridge', async ({ demo }) => {
  const refused = await demo.app.evaluate(async ({ app, BrowserWindow }) => {
    const other = new BrowserWindow({
      show: false,
      webPreferences: { sandbox: true, preload: `${app.getAppPath()}/out/preload/preload.cjs` },
    });
    await other.loadURL('heron-app://app/nothing-here.html').catch(() => undefined);
    const answer: unknown = await other.webContents.executeJavaScript(
      'window.heron.request("app.about").then(() => "answered", (failure) => failure.what)',
    );
    other.destroy();
    return answer;
  });
  expect(refused).toBe('It does not come from Heron’s window.');
});

test('requests with wrong names or arguments are refused in words', async ({ demo }) => {
  const failures = await demo.page.evaluate(async () => {
    const ask = window.heron?.request as (name: string, args?: unknown) => Promise<unknown>;
    const failure = (name: string, args?: unknown) => ask(name, args).then(() => 'answered', (said: unknown) => said);
    return {
      unknown: await failure('shell.run', 'ls'),
      inherited: await failure('toString'),
      theme: await failure('appearance.set', { theme: 'pink' }),
      limit: await failure('events.list', { clusterId: null, types: null, beforeId: null, limit: 1e9 }),
      type: await failure('events.list', { clusterId: null, types: ['x'], beforeId: null, limit: 5 }),
      file: await failure('inventory.import', { file: '/etc/passwd' }),
    };
  });
  for (const failure of Object.values(failures)) {
    expect(Object.keys(failure as object).sort()).toEqual(['todo', 'what', 'where']);
  }
  expect(failures.theme).toMatchObject({ where: 'appearance.set', what: expect.stringMatching(/theme/) });
  expect(failures.limit).toMatchObject({ what: expect.stringMatching(/limit/) });
  expect(failures.type).toMatchObject({ what: expect.stringMatching(/no kind of event/) });
  expect(failures.file).toMatchObject({ what: expect.stringMatching(/not chosen/) });
});

test('no password and no stack is in the log', async ({ demo }) => {
  expect(demo.log()).toContain('Heron');
  expect(demo.log()).not.toMatch(/heron-demo-(auth|priv)-/);
});
