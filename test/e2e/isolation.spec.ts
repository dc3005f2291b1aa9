import type {} from '../../renderer/bridge/heron';
import { expect, test, type Heron } from './support/heron';

/** Runs `code` on its own task: what a debugger evaluates directly is exempt from the content policy. */
async function onItsOwn(heron: Heron, code: () => unknown): Promise<unknown> {
  return heron.page.evaluate(
    (text) =>
      new Promise((resolve) => {
        const run = new Function(`return (${text})()`) as () => unknown;
        setTimeout(() => {
          Promise.resolve()
            .then(run)
            .then(resolve, (fault: unknown) =>
              resolve(`refused: ${fault instanceof Error ? fault.name : String(fault)}`),
            );
        }, 0);
      }),
    code.toString(),
  );
}

test('the page has no Node, and of Electron only the bridge with its two functions', async ({ demo }) => {
  const seen = await demo.page.evaluate(() => {
    const globals = globalThis as Record<string, unknown>;
    return {
      node: [
        'require',
        'process',
        'module',
        'Buffer',
        'global',
        '__dirname',
        'electron',
        'ipcRenderer',
      ].filter((name) => name in globals),
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
    const roles =
      Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items.map(({ role }) => role)) ?? [];
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
  expect(await onItsOwn(demo, () => (document.createElement('div').innerHTML = '<b>x</b>'))).toBe(
    'refused: TypeError',
  );
  const handler = await demo.page.evaluate(async () => {
    const violated = new Promise<string>((resolve) =>
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective), {
        once: true,
      }),
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

test('no password and no stack is in the log', async ({ demo }) => {
  expect(demo.log()).toContain('Heron');
  expect(demo.log()).not.toMatch(/heron-demo-(auth|priv)-/);
});
