import { exampleInventory, expect, test } from './support/heron';
import { rows } from './support/wall';

test('a page whose process died is reloaded, with a note; monitoring goes on', async ({ start }) => {
  const heron = await start(['--inventory', exampleInventory]);
  await expect(rows(heron.page).filter({ hasText: 'Frankfurt' })).toHaveCount(1);
  const title = await heron.app.evaluate(async ({ BrowserWindow, dialog }) => {
    const told = new Promise<string>((resolve) => {
      dialog.showMessageBox = ((_window: unknown, options: { message: string }) => {
        resolve(options.message);
        return Promise.resolve({ response: 0, checkboxChecked: false });
      }) as unknown as typeof dialog.showMessageBox;
    });
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const loaded = new Promise<void>((resolve) => contents?.once('did-finish-load', () => resolve()));
    contents?.forcefullyCrashRenderer();
    await loaded;
    return `${await told} ${contents?.getTitle() ?? ''}`;
  });
  expect(title).toMatch(/was reloaded.*Heron/);
  expect(heron.log()).toMatch(/page's process ended/);
  // Playwright lost the page with its process: Electron asks the new one.
  const watchedUntilMs = (): Promise<number> =>
    heron.app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const text: unknown = await contents?.executeJavaScript('window.heron.request("snapshot.get")');
      const snapshot = JSON.parse(String(text)) as { atMs: number; clusters: unknown[] };
      return snapshot.clusters.length > 0 ? snapshot.atMs : 0;
    });
  const shownMs = await watchedUntilMs();
  expect(shownMs).toBeGreaterThan(0);
  await expect.poll(watchedUntilMs).toBeGreaterThan(shownMs);
});

test('no dialog covers the wall when its page is reloaded after a crash', async ({ start }) => {
  const heron = await start(['--inventory', exampleInventory]);
  await heron.page.evaluate(() => {
    location.hash = '#/wall';
  });
  await expect(heron.page.getByRole('main', { name: 'Wall' })).toBeVisible();
  const after = await heron.app.evaluate(async ({ BrowserWindow, dialog }) => {
    let asked = 0;
    dialog.showMessageBox = (() => {
      asked += 1;
      return Promise.resolve({ response: 0, checkboxChecked: false });
    }) as unknown as typeof dialog.showMessageBox;
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const loaded = new Promise<void>((resolve) => contents?.once('did-finish-load', () => resolve()));
    contents?.forcefullyCrashRenderer();
    await loaded;
    return { asked, url: contents?.getURL() };
  });
  expect(after.asked).toBe(0);
  expect(after.url).toMatch(/#\/wall$/);
});
