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
    await expect(alert).toContainText('The inventory file has errors');
    await expect(alert).toContainText(file);
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
  expect(errors.split('heron: The inventory file has errors')).toHaveLength(2);
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

test('a second start brings the first window forward and hands its inventory over, when agreed', async ({
  start,
}, info) => {
  const heron = await start(calmDemo);
  await expect(rows(heron.page).filter({ hasText: 'fra-01' })).toHaveCount(1, { timeout: 45_000 });
  await heron.app.evaluate(({ BrowserWindow, dialog }) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    const answers = [0, 1];
    dialog.showMessageBox = ((_window: unknown, options: { message: string; detail?: string }) => {
      asked.push(`${options.message} ${options.detail ?? ''}`);
      return Promise.resolve({ response: answers.shift() ?? 0, checkboxChecked: false });
    }) as unknown as typeof dialog.showMessageBox;
    BrowserWindow.getAllWindows()[0]?.hide();
  });
  const visible = (): Promise<boolean> =>
    heron.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);
  expect(await visible()).toBe(false);
  const second = ['--user-data', heron.userData];
  expect((await runHeron(info.project.name, second)).code).toBe(0);
  await expect.poll(visible).toBe(true);
  expect(heron.app.windows()).toHaveLength(1);

  const asked = (): Promise<string[]> =>
    heron.app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
  expect((await runHeron(info.project.name, [...second, '--inventory', example])).code).toBe(0);
  await expect.poll(asked).toHaveLength(1);
  expect((await asked())[0]).toMatch(/Monitor this inventory.*example\.json.*added/s);
  expect((await about(heron)).mode).toBe('demo');

  expect((await runHeron(info.project.name, [...second, '--inventory', example])).code).toBe(0);
  await expect(rows(heron.page).filter({ hasText: 'Frankfurt' }).filter({ hasText: 'fra-edge' })).toHaveCount(
    0,
  );
  await expect.poll(async () => (await about(heron)).mode, { timeout: 20_000 }).toBe('inventory');
  await expect(rows(heron.page).filter({ hasText: 'fra-01' })).toHaveCount(0);
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
