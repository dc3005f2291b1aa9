import Database from 'better-sqlite3';
import path from 'node:path';
import { ask } from './support/ask';
import { exampleInventory, expect, test, type Heron } from './support/heron';
import { rows } from './support/wall';

const inventory = ['--inventory', exampleInventory];

/** What the page shows and knows, asked through the main process: Playwright loses a page whose process ends. */
async function shown(heron: Heron): Promise<{ url: string; atMs: number }> {
  return heron.app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const text: unknown = await contents?.executeJavaScript('window.heron.request("snapshot.get")');
    return { url: contents?.getURL() ?? '', atMs: (JSON.parse(String(text)) as { atMs: number }).atMs };
  });
}

/** Answers every dialog at once. */
async function withoutDialogs(heron: Heron): Promise<void> {
  await heron.app.evaluate(({ dialog }) => {
    dialog.showMessageBox = (() => Promise.resolve({ response: 0, checkboxChecked: false })) as never;
  });
}

const pageProcess = (heron: Heron): Promise<number> =>
  heron.app.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
  );

async function goTo(heron: Heron, hash: string): Promise<void> {
  await heron.page.evaluate((wanted) => {
    location.hash = wanted;
  }, hash);
  await expect.poll(() => heron.page.url()).toContain(hash);
}

/** Waits until another page than the one of this process shows the same view, and is told of polls that ended after `polledMs`. */
async function expectSameView(heron: Heron, before: number, hash: string, polledMs: number): Promise<void> {
  await expect.poll(() => pageProcess(heron), { timeout: 60_000 }).not.toBe(before);
  await expect
    .poll(async () => (await shown(heron).catch(() => ({ atMs: 0 }))).atMs, { timeout: 30_000 })
    .toBeGreaterThan(polledMs);
  expect((await shown(heron)).url).toContain(hash);
}

interface Ended {
  end: unknown;
  gaps: { reason: string; words: string; from: number; to: number }[];
}

/** How the last run ended, and the gaps, read from the file of a Heron that has ended. */
function historyOf(heron: Heron): Ended {
  const db = new Database(path.join(heron.userData, 'history.sqlite'), { readonly: true });
  try {
    const gaps =
      "SELECT body ->> 'reason' AS reason, body ->> 'words' AS words, body ->> 'fromMs' AS 'from', body ->> 'toMs' AS 'to'";
    return {
      end: db.prepare('SELECT ended FROM monitor_runs ORDER BY id DESC LIMIT 1').pluck().get(),
      gaps: db.prepare(`${gaps} FROM events WHERE type = 'gap'`).all() as Ended['gaps'],
    };
  } finally {
    db.close();
  }
}

test('a page whose process is killed is back at the same view, and polling goes on', async ({ start }) => {
  const heron = await start(inventory);
  await withoutDialogs(heron);
  await expect(rows(heron.page).filter({ hasText: 'Frankfurt' })).toHaveCount(1);
  await goTo(heron, '#/timeline');
  const pid = await pageProcess(heron);
  process.kill(pid, 'SIGKILL');
  await expectSameView(heron, pid, '#/timeline', Date.now());
  expect(heron.log()).toContain("The page's process ended: killed");
});

test('a page that hangs is ended and back at the same view, though nobody touches it', async ({ start }) => {
  test.setTimeout(180_000);
  const heron = await start(inventory);
  await withoutDialogs(heron);
  await goTo(heron, '#/events');
  const pid = await pageProcess(heron);
  const hungMs = Date.now();
  await heron.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    void contents?.executeJavaScript('for (;;);');
  });
  await expectSameView(heron, pid, '#/events', hungMs + 20_000);
  expect(heron.log()).toContain('The page does not respond');
  expect(await heron.quit()).toBe(0);
  expect(historyOf(heron).gaps.filter(({ to }) => to > hungMs)).toEqual([]);
});

test('a page that crashes again and again is replaced by a message, and shown again on request', async ({
  start,
}) => {
  test.setTimeout(120_000);
  const heron = await start(inventory);
  await withoutDialogs(heron);
  await goTo(heron, '#/incidents');
  for (let crash = 0; crash < 4; crash += 1) {
    const pid = await pageProcess(heron);
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => pageProcess(heron), { timeout: 30_000 }).not.toBe(pid);
    await expect.poll(() => pageProcess(heron), { timeout: 30_000 }).not.toBe(0);
  }
  const text = (): Promise<string> =>
    heron.app.evaluate(async ({ BrowserWindow }) =>
      String(
        await BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText'),
      ),
    );
  await expect.poll(text).toContain('Heron goes on monitoring, but cannot show it.');
  await expect.poll(text).toContain('shown again in 1 m 0 s');
  await heron.app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    await contents?.executeJavaScript("document.querySelector('a').click()");
  });
  await expect.poll(async () => (await shown(heron).catch(() => ({ url: '' }))).url).toContain('#/incidents');
});

test('errors in the main process that nothing caught are recorded, and polling goes on', async ({
  start,
}) => {
  const heron = await start(inventory);
  await heron.app.evaluate(() => {
    setTimeout(() => {
      throw new Error('planted in a timer');
    }, 1);
    void Promise.reject(new Error('planted rejection'));
  });
  const facts = async (): Promise<string[]> => {
    const filter = { clusterId: null, types: ['finding' as const], beforeId: null, limit: 50 };
    const events = await ask(heron.page, 'history.events', filter);
    return events.map(({ event }) => (event.type === 'finding' ? event.reason.fact : ''));
  };
  await expect.poll(facts).toContain('An error in Heron itself: Error: planted in a timer.');
  await expect.poll(facts).toContain('An error in Heron itself: Error: planted rejection.');
  const polledMs = async (): Promise<number> => (await ask(heron.page, 'snapshot.get', undefined)).atMs;
  const before = await polledMs();
  await expect.poll(polledMs, { timeout: 10_000 }).toBeGreaterThan(before);
});

test('errors in the page that nothing caught are logged, and the page goes on', async ({ start }) => {
  const heron = await start(inventory);
  await goTo(heron, '#/events');
  await heron.page.evaluate(() => {
    setTimeout(() => {
      throw new Error('planted in the page');
    }, 1);
    void Promise.reject(new Error('planted rejection'));
  });
  await expect.poll(() => heron.log()).toMatch(/An error in the page, number 1 since the start.*planted/);
  await heron.page.getByRole('link', { name: 'Timeline' }).click();
  await expect(heron.page.getByRole('heading', { name: 'Timeline' })).toBeVisible();
});

test('too many errors in the main process start Heron again: same view, and a gap that explains itself', async ({
  start,
}) => {
  test.setTimeout(120_000);
  const heron = await start(inventory);
  await goTo(heron, '#/timeline');
  const args = await heron.app.evaluate(async ({ app }) => {
    const asked = new Promise<string[]>((resolve) => {
      app.relaunch = (options) => resolve(options?.args ?? []);
    });
    for (let count = 0; count < 30; count += 1)
      setTimeout(() => {
        throw new Error('planted again');
      }, count);
    return asked;
  });
  expect(await heron.ended).toBe(0);
  expect(args).toContain('--view=/#/timeline');
  const own = args.filter((argument) => /^--(restarts|view)=/.test(argument));
  const again = await start(own, heron.userData);
  await expect.poll(() => again.page.url()).toContain('#/timeline');
  expect(await again.quit()).toBe(0);
  const gap = historyOf(again).gaps.find(({ reason }) => reason === 'restarted');
  expect(gap?.words).toContain('error in itself: Error: planted again. It was started again.');
});

test('a sleep of the computer is a gap with its reason, and polling is back within 10 s', async ({
  start,
}) => {
  const heron = await start(inventory);
  await expect(rows(heron.page).filter({ hasText: 'Frankfurt' })).toHaveCount(1);
  await heron.app.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'));
  const main = heron.app.process().pid ?? 0;
  process.kill(main, 'SIGSTOP');
  const untilMs = Date.now() + 6_000;
  await expect.poll(() => Date.now(), { timeout: 10_000 }).toBeGreaterThan(untilMs);
  process.kill(main, 'SIGCONT');
  await heron.app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
  const gaps = async (): Promise<string[]> => {
    const range = { fromMs: untilMs - 60_000, toMs: Date.now() };
    const found = await ask(heron.page, 'history.gaps', range);
    return found.filter(({ reason }) => reason === 'suspended').map(({ words }) => words);
  };
  await expect
    .poll(gaps, { timeout: 10_000 })
    .toEqual([expect.stringMatching(/^This computer slept for \d+ s\.$/)]);
  const polledMs = async (): Promise<number> => (await ask(heron.page, 'snapshot.get', undefined)).atMs;
  await expect.poll(polledMs, { timeout: 10_000 }).toBeGreaterThan(untilMs + 1_000);
});

test('the window moves to a display that exists when its own is unplugged', async ({ start }) => {
  const heron = await start(inventory);
  const moved = await heron.app.evaluate(({ BrowserWindow, screen }) => {
    const window = BrowserWindow.getAllWindows()[0];
    const [only] = screen.getAllDisplays();
    if (!window || !only) throw new Error('There is no display.');
    const beside = {
      ...only,
      workArea: { ...only.workArea, x: only.workArea.x + only.workArea.width + 200 },
    };
    const { width, height } = window.getBounds();
    window.setBounds({ x: beside.workArea.x + 10, y: beside.workArea.y + 10, width, height });
    const real = screen.getAllDisplays.bind(screen);
    screen.getAllDisplays = () => [...real(), beside];
    screen.emit('display-metrics-changed', {}, beside, []);
    const stayed = window.getBounds();
    screen.getAllDisplays = real;
    screen.emit('display-removed', {}, beside);
    return { stayed, now: window.getBounds(), area: only.workArea };
  });
  expect(moved.stayed.x).toBeGreaterThan(moved.area.x + moved.area.width);
  expect(moved.now.x).toBeLessThan(moved.area.x + moved.area.width);
});

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
  test(`${signal} ends the app with a closed history and a summary`, async ({ start }) => {
    const heron = await start(inventory);
    await expect(rows(heron.page).filter({ hasText: 'Frankfurt' })).toHaveCount(1);
    heron.app.process().kill(signal);
    expect(await heron.ended).toBe(0);
    expect(heron.log()).toMatch(
      /Heron ended\. It monitored .* for \d+ s: \d+ polls, \d+ answered\. Its history is closed\./,
    );
    expect(historyOf(heron).end).toBe('closed');
  });

test('the end of a Windows session closes the history', async ({ start }) => {
  const heron = await start(inventory);
  await expect(rows(heron.page).filter({ hasText: 'Frankfurt' })).toHaveCount(1);
  // Only Windows sends these; what follows them is the same everywhere.
  await heron.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.emit('query-session-end', { reasons: ['logoff'] });
    window?.emit('session-end', { reasons: ['logoff'] });
  });
  expect(await heron.ended).toBe(0);
  expect(heron.log()).toContain('Heron ends. The Windows session ends.');
  expect(historyOf(heron).end).toBe('closed');
});

test('a changed time zone of the computer shows in local times, and changes nothing else', async ({
  start,
}) => {
  const heron = await start(inventory);
  const { page } = heron;
  await goTo(heron, '#/events');
  await page.getByRole('radio', { name: 'Local' }).click();
  const events = page.getByRole('main');
  const minutesIn = (zone: string): string =>
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format();
  const session = await page.context().newCDPSession(page);
  for (const zone of ['Asia/Kolkata', 'America/St_Johns']) {
    await session.send('Emulation.setTimezoneOverride', { timezoneId: zone });
    await expect
      .poll(async () => (await page.locator('.top').innerText()).includes(minutesIn(zone)), {
        timeout: 30_000,
      })
      .toBe(true);
    await expect(events).toContainText(minutesIn(zone).slice(0, 3));
  }
  expect(page.url()).toContain('#/events');
  const gaps = await ask(page, 'history.gaps', { fromMs: Date.now() - 60_000, toMs: Date.now() });
  expect(gaps.filter(({ reason }) => reason === 'clock-stepped')).toEqual([]);
  await page.getByRole('radio', { name: 'UTC' }).click();
});
