import type {} from '../../renderer/bridge/heron';
import { expect, test } from './support/heron';

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
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective), {
        once: true,
      }),
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
  expect(refused).toBe('The request does not come from Heron’s window.');
});

test('requests with wrong names or arguments are refused in words', async ({ demo }) => {
  const failures = await demo.page.evaluate(async () => {
    const ask = window.heron?.request as (name: string, args?: unknown) => Promise<unknown>;
    const failure = (name: string, args?: unknown) =>
      ask(name, args).then(
        () => 'answered',
        (said: unknown) => said,
      );
    return {
      unknown: await failure('shell.run', 'ls'),
      inherited: await failure('toString'),
      huge: await failure('text.copy', { text: 'x'.repeat(50_000_001) }),
      theme: await failure('appearance.set', { theme: 'pink' }),
      limit: await failure('history.events', { clusterId: null, types: null, beforeId: null, limit: 1e9 }),
      type: await failure('history.events', { clusterId: null, types: ['x'], beforeId: null, limit: 5 }),
      file: await failure('inventory.import', { file: '/etc/passwd' }),
    };
  });
  for (const failure of Object.values(failures)) {
    expect(Object.keys(failure as object).sort()).toEqual(['todo', 'what', 'where']);
  }
  expect(failures.unknown).toMatchObject({ where: 'shell.run', what: 'There is no such request.' });
  expect(failures.huge).toMatchObject({ what: expect.stringMatching(/50000000 are allowed/) });
  expect(failures.theme).toMatchObject({ where: 'appearance.set', what: expect.stringMatching(/theme/) });
  expect(failures.limit).toMatchObject({ what: expect.stringMatching(/limit/) });
  expect(failures.type).toMatchObject({ what: expect.stringMatching(/types/) });
  expect(failures.file).toMatchObject({ what: expect.stringMatching(/not chosen/) });
});
