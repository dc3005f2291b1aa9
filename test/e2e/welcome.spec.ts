import type {} from '../../renderer/bridge/heron';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ask } from './support/ask';
import { violationsIn } from './support/axe';
import { DemoControl } from './support/demo-control';
import { exampleInventory, expect, test } from './support/heron';
import { openWall, row, rows } from './support/wall';

test('the first start: a failover is caused, detected and found on the timeline, then come one’s own edges', async ({
  start,
  folder,
}) => {
  test.setTimeout(180_000);
  const heron = await start(['--demo-script', 'none']);
  const { page } = heron;
  const welcome = page.getByRole('region', { name: 'Welcome to Heron' });
  await openWall(page);

  await test.step('it says what is on screen, and hides nothing of it', async () => {
    await expect(welcome).toContainText(/6 clusters with \d+ edges, worst first/);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await row(page, 'fra-01').click();
    await expect.poll(() => page.evaluate(() => location.hash)).toBe('#/clusters/fra-01');
    await page.keyboard.press('Escape');
    expect(await violationsIn(page, 'welcome')).toEqual([]);
  });

  const control = await DemoControl.of(heron);
  const stepTwo = welcome.getByRole('listitem').nth(1);
  const stepThree = welcome.getByRole('listitem').nth(2);
  let cluster = '';
  await test.step('one key press causes a real failover, which Heron detects with a bracket', async () => {
    await expect(stepThree.getByRole('button', { name: 'Show on timeline' })).toBeDisabled();
    await stepTwo.getByRole('button', { name: 'Cause a failover' }).press('Enter');
    await expect(stepTwo).toContainText(/The active LB of \S+ was stopped at \d\d:\d\d:\d\d/);
    cluster = /The active LB of (\S+) was/.exec((await stepTwo.textContent()) ?? '')?.[1] ?? '';
    await expect(stepTwo).toContainText('Heron detected the failover', { timeout: 30_000 });
    await expect(stepThree).toContainText(/between \d\d:\d\d:\d\d\.\d and \d\d:\d\d:\d\d\.\d/);
    // It counts as true once the new master has lasted.
    await expect.poll(async () => (await control.failovers(cluster)).length).toBe(1);
    const [truth] = await control.failovers(cluster);
    await expect(stepThree).toContainText(`${truth?.from} to ${truth?.to}`);
  });

  await test.step('the timeline shows this failover', async () => {
    await stepThree.getByRole('button', { name: 'Show on timeline' }).press('Enter');
    await expect(page.getByRole('complementary', { name: /^Event: Failover, / })).toContainText(
      /Between \d\d:\d\d:\d\d\.\d and/,
    );
    await expect(welcome).toBeVisible();
    await stepThree.getByRole('button', { name: 'Back to live' }).click();
    await expect(page.getByRole('region', { name: 'Time travel' })).toHaveCount(0);
  });

  await test.step('the wall has it not', async () => {
    await page.evaluate(() => (location.hash = '#/wall'));
    await expect(page.getByRole('main', { name: 'Wall' })).toBeVisible();
    await expect(welcome).toHaveCount(0);
    await page.keyboard.press('Escape');
  });

  await test.step('it is dismissed for good, and Help shows it again', async () => {
    await welcome.getByRole('button', { name: 'Dismiss' }).press('Enter');
    await expect(welcome).toHaveCount(0);
    const stored = readFileSync(path.join(heron.userData, 'preferences.json'), 'utf8');
    expect(JSON.parse(stored)).toMatchObject({ welcome: false });
    await page.getByRole('link', { name: 'Help' }).click();
    await page.getByRole('button', { name: 'Show the welcome again' }).click();
    await expect(welcome).toBeVisible();
  });

  await test.step('it leads to one’s own edges by a form or a file, and is over then', async () => {
    await welcome.getByRole('button', { name: 'Add cluster' }).click();
    await expect(page.getByRole('dialog', { name: /cluster/i })).toBeVisible();
    await page.keyboard.press('Escape');
    await heron.app.evaluate(({ dialog }, file) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] });
    }, exampleInventory);
    await welcome.getByRole('button', { name: 'Import inventory' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click();
    await expect(rows(page).filter({ hasText: 'Frankfurt' })).toHaveCount(1, { timeout: 30_000 });
    await expect(welcome).toHaveCount(0);
    await expect(ask(page, 'demo.failover', undefined)).rejects.toThrow();
  });
  expect(await heron.quit()).toBe(0);

  const again = await start([], path.join(folder, 'user-data'));
  await expect(rows(again.page).filter({ hasText: 'Frankfurt' })).toHaveCount(1);
  await expect(again.page.getByRole('region', { name: 'Welcome to Heron' })).toHaveCount(0);
});

test('who starts on an inventory or asks for the demo fleet is not welcomed', async ({ start, folder }) => {
  for (const [name, args] of [
    ['own', ['--inventory', exampleInventory]],
    ['demo', ['--demo', '--demo-script', 'none']],
  ] as const) {
    const heron = await start([...args], path.join(folder, name));
    await expect(rows(heron.page).first()).toBeVisible({ timeout: 45_000 });
    expect(await ask(heron.page, 'welcome.status', undefined)).toEqual({ shown: false });
    await heron.quit();
  }
});
