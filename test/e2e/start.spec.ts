import type {} from '../../renderer/bridge/heron';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { ask } from './support/ask';
import { calmDemo, exampleInventory, expect, test, type Heron } from './support/heron';
import { runHeron, startHeron } from './support/processes';
import { rows } from './support/wall';

const example = exampleInventory;
const sum = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** A copy of the example with `change` done to its text. */
function brokenInventory(folder: string, change: (text: string) => string): string {
  const file = path.join(folder, 'broken.json');
  const text = readFileSync(example, 'utf8');
  expect(change(text)).not.toBe(text);
  writeFileSync(file, change(text));
  return file;
}

async function about(heron: Heron): Promise<{ mode: string; source: string; historyFile: string }> {
  return ask(heron.page, 'app.about', undefined);
}

test('an inventory file opens on one’s own edges, is remembered, and has a history apart from the demo’s', async ({
  start,
  folder,
}) => {
  const heron = await start(['--inventory', example]);
  await expect(rows(heron.page).filter({ hasText: 'Frankfurt' })).toHaveCount(1);
  const first = await about(heron);
  expect(first).toMatchObject({ mode: 'inventory', source: example });
  expect(path.basename(first.historyFile)).toBe('history.sqlite');
  expect(await heron.quit()).toBe(0);

  const again = await start([], heron.userData);
  await expect(rows(again.page).filter({ hasText: 'Frankfurt' })).toHaveCount(1);
  expect((await about(again)).mode).toBe('inventory');
  await again.quit();

  const demo = await start(calmDemo, heron.userData);
  await expect(rows(demo.page).filter({ hasText: 'fra-01' })).toHaveCount(1, { timeout: 45_000 });
  await expect(rows(demo.page).filter({ hasText: 'fra-edge' })).toHaveCount(0);
  expect(path.basename((await about(demo)).historyFile)).toBe('demo-history.sqlite');
  expect(existsSync(path.join(folder, 'user-data', 'history.sqlite'))).toBe(true);
});

test('without an inventory it opens on the demo fleet', async ({ start }) => {
  const heron = await start(['--demo-script', 'none']);
  await expect(heron.page.getByRole('contentinfo')).toContainText('Demo fleet', { timeout: 45_000 });
});

const faults: [string, (text: string) => string, RegExp][] = [
  ['bad JSON', (text) => text.slice(0, -20), /line|JSON/i],
  ['an unknown key', (text) => text.replace('"clusterIp"', '"clusterAddress"'), /clusterAddress|clusterIp/],
  [
    'an address that is none',
    (text) => text.replace('10.20.0.100', '10.20.0.1000'),
    /clusters\[0\].*clusterIp/,
  ],
  ['a credential that is missing', (text) => text.replace('"name": "noc"', '"name": "nok"'), /credential/],
];
for (const [index, [what, change, words]] of faults.entries()) {
  const title = `an inventory with ${what}: one clear error, nothing started, nothing overwritten, exit code 1`;
  test(title, { tag: index === 0 ? [] : '@checkout' }, async ({ start, folder }) => {
    const file = brokenInventory(folder, change);
    const before = sum(file);
    const heron = await start(['--inventory', file]);
    const alert = heron.page.getByRole('alert');
    await expect(alert).toContainText(/The inventory file has \d+ errors?\. Nothing was started/);
    await expect(alert).toContainText(file);
    const ways = ['Choose another file…', 'Try again', 'Show the demo fleet', 'Quit'];
    await expect(alert.getByRole('link')).toHaveText(ways);
    await expect(alert).toContainText(words);
    expect(existsSync(path.join(heron.userData, 'history.sqlite'))).toBe(false);
    expect(existsSync(path.join(heron.userData, 'demo'))).toBe(false);
    expect(await heron.quit()).toBe(1);
    expect(sum(file)).toBe(before);
  });
}

test('what is wrong is told on standard error too, once, and ends with exit code 1', async ({
  folder,
}, info) => {
  const file = brokenInventory(folder, (text) => text.replace('10.20.0.100', '10.20.0.1000'));
  const heron = startHeron(info.project.name, [
    '--user-data',
    path.join(folder, 'user-data'),
    '--inventory',
    file,
  ]);
  await expect.poll(() => heron.errors(), { timeout: 30_000 }).toMatch(/clusters\[0\].*clusterIp/);
  heron.terminate();
  const { code, errors } = await heron.ended;
  expect(code).toBe(1);
  expect(errors.split('heron: The inventory file has 1 error')).toHaveLength(2);
  expect(errors).toContain(file);
  expect(errors).not.toMatch(/\n\s+at /);
});

test(
  'a broken inventory does not overwrite the stored one',
  { tag: '@checkout' },
  async ({ start, folder }) => {
    const heron = await start(['--inventory', example]);
    await expect(rows(heron.page).filter({ hasText: 'Frankfurt' })).toHaveCount(1);
    await heron.quit();
    const history = path.join(heron.userData, 'history.sqlite');
    const before = sum(history);
    const refused = await start(
      ['--inventory', brokenInventory(folder, (text) => text.slice(1))],
      heron.userData,
    );
    await expect(refused.page.getByRole('alert')).toBeVisible();
    expect(await refused.quit()).toBe(1);
    expect(sum(history)).toBe(before);
  },
);

test(
  'a history from a newer Heron is refused, untouched, in words',
  { tag: '@checkout' },
  async ({ start }) => {
    const heron = await start(['--inventory', example]);
    await expect(rows(heron.page).filter({ hasText: 'Frankfurt' })).toHaveCount(1);
    await heron.quit();
    const history = path.join(heron.userData, 'history.sqlite');
    const database = new Database(history);
    database.pragma('journal_mode = DELETE');
    database.pragma('user_version = 9999');
    database.close();
    const before = sum(history);
    const refused = await start([], heron.userData);
    await expect(refused.page.getByRole('alert')).toContainText('version 9999');
    await expect(refused.page.getByRole('alert')).toContainText(history);
    expect(await refused.quit()).toBe(1);
    expect(sum(history)).toBe(before);
  },
);

test('wrong arguments are told in one line, exit code 1', async ({ folder }, info) => {
  const ended = await runHeron(info.project.name, ['--user-data', folder, '--demo', '--inventory', example]);
  expect(ended.code).toBe(1);
  expect(ended.errors).toContain('heron: give either --demo or --inventory, not both');
});

test('a bad inventory at start leads on: the same file fixed, another file, the demo fleet', async ({
  start,
  folder,
}) => {
  const file = brokenInventory(folder, (text) => text.replaceAll(/"10\.[\d.]+"/g, '"10.0.0.1000"'));
  const heron = await start(['--inventory', file]);
  const { page } = heron;
  const alert = page.getByRole('alert');
  const press = async (name: string): Promise<void> => {
    await alert.getByRole('link', { name }).focus();
    await page.keyboard.press('Enter');
  };
  await expect(alert).toContainText(/The inventory file has \d+ errors/);
  const faults = alert.getByRole('list', { name: 'Errors' }).getByRole('listitem');
  expect(await faults.count()).toBeGreaterThan(5);
  expect((await alert.innerText()).split(file)).toHaveLength(2);
  await expect(alert.getByRole('link', { name: 'Quit' })).toBeInViewport();

  const other = path.join(folder, 'other.json');
  writeFileSync(other, '{');
  await heron.app.evaluate(({ dialog }, file) => {
    const chosen = { canceled: false, filePaths: [file] };
    dialog.showOpenDialog = (() => Promise.resolve(chosen)) as typeof dialog.showOpenDialog;
  }, other);
  await press('Choose another file…');
  await expect(alert).toContainText(other);

  copyFileSync(example, other);
  await press('Try again');
  await expect(rows(page).filter({ hasText: 'Frankfurt' })).toHaveCount(1);
  expect(await about(heron)).toMatchObject({ mode: 'inventory', source: other });
  expect(await heron.quit()).toBe(0);
});

test('a bad inventory at start leads to the demo fleet', { tag: '@checkout' }, async ({ start, folder }) => {
  const heron = await start(['--demo-script', 'none', '--inventory', path.join(folder, 'none.json')]);
  await expect(heron.page.getByRole('alert')).toContainText('There is no such file.');
  await heron.page.getByRole('link', { name: 'Show the demo fleet' }).click();
  await expect(heron.page.getByRole('contentinfo')).toContainText('Demo fleet', { timeout: 45_000 });
});

/** Answers each message box of the main process with the next of these buttons, and returns what was shown. */
async function answerMessages(heron: Heron, answers: number[]): Promise<() => Promise<string[]>> {
  await heron.app.evaluate(({ dialog }, responses) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = ((_window: unknown, options: { message: string; detail?: string }) => {
      asked.push(`${options.message} ${options.detail ?? ''}`);
      return Promise.resolve({ response: responses.shift() ?? 0, checkboxChecked: false });
    }) as unknown as typeof dialog.showMessageBox;
  }, answers);
  return () => heron.app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
}

test('a second start says in its terminal and in the window what became of its arguments', async ({
  start,
  folder,
}, info) => {
  const heron = await start(calmDemo);
  await expect(rows(heron.page).filter({ hasText: 'fra-01' })).toHaveCount(1, { timeout: 45_000 });
  const asked = await answerMessages(heron, [0, 0, 0, 1]);
  await heron.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  const visible = (): Promise<boolean> =>
    heron.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);
  expect(await visible()).toBe(false);
  const second = (...args: string[]) => runHeron(info.project.name, ['--user-data', heron.userData, ...args]);

  const plain = await second();
  expect(plain.code).toBe(0);
  expect(plain.errors).toContain(
    'heron: Heron is already running with the demo fleet. Its window came to the front.',
  );
  await expect.poll(visible).toBe(true);
  expect(heron.app.windows()).toHaveLength(1);

  const broken = await second(
    '--inventory',
    brokenInventory(folder, (text) => text.slice(1)),
  );
  expect(broken.code).toBe(1);
  expect(broken.errors).toContain('broken.json');
  expect((await asked())[0]).toMatch(/inventory file.*broken\.json/s);

  const seeded = await second('--demo', '--demo-seed', '2');
  expect(seeded.code).toBe(1);
  expect(seeded.errors).toContain('Close it first to start with --demo-seed.');
  expect((await asked())[1]).toContain('Close it first');

  const kept = await second('--inventory', example);
  expect(kept.code).toBe(1);
  expect(kept.errors).toContain('Nothing was changed.');
  expect((await asked())[2]).toMatch(/Monitor this inventory.*example\.json.*added/s);
  expect((await about(heron)).mode).toBe('demo');

  const agreed = await second('--inventory', example);
  expect(agreed.code).toBe(0);
  expect(agreed.errors).toContain(`Heron monitors ${example} now.`);
  expect((await about(heron)).mode).toBe('inventory');
  await expect(rows(heron.page).filter({ hasText: 'Frankfurt' })).toHaveCount(1);
  await expect(rows(heron.page).filter({ hasText: 'fra-01' })).toHaveCount(0);

  const same = await second('--inventory', example);
  expect(same.code).toBe(0);
  expect(same.errors).toContain('is the same inventory');
  expect(await asked()).toHaveLength(4);
});

test(
  'the window comes back where it was, and never smaller than it can be used',
  { tag: '@checkout' },
  async ({ start }) => {
    const heron = await start(['--inventory', example]);
    const bounds = { x: 120, y: 80, width: 1300, height: 760 };
    await heron.app.evaluate(
      ({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setBounds(wanted),
      bounds,
    );
    const read = (from: Heron) =>
      from.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
    await expect.poll(() => read(heron)).toEqual(bounds);
    const smallest = await heron.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getMinimumSize(),
    );
    expect(smallest).toEqual([1024, 640]);
    await heron.quit();
    const again = await start(['--inventory', example], heron.userData);
    expect(await read(again)).toEqual(bounds);
  },
);

test('a password is stored only where it can be kept, or when the person insists; never in the clear', async ({
  folder,
}, info) => {
  const store = (name: string, more: string[]) =>
    runHeron(info.project.name, ['--user-data', folder, '--store-password', name, ...more], 'swordfish-42\n');
  const file = path.join(folder, 'passwords.json');
  const refused = await store('noc-auth', []);
  if (refused.code === 1) {
    expect(refused.errors).toContain('no keychain');
    expect(existsSync(file)).toBe(false);
  }
  const kept = await store('noc-auth', ['--without-keychain']);
  expect(kept).toMatchObject({ code: 0, output: expect.stringContaining('noc-auth') });
  expect(readFileSync(file, 'utf8')).not.toContain('swordfish');
  expect(kept.output + kept.errors).not.toContain('swordfish');
  const copy = path.join(folder, 'copy.json');
  copyFileSync(file, copy);
  expect((await store('../etc', ['--without-keychain'])).code).toBe(1);
  expect(sum(file)).toBe(sum(copy));
});
