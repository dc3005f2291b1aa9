import { expect, test } from './support/heron';
import { openWall } from './support/wall';

test('Ctrl K finds a cluster, an action and a time by keyboard alone', async ({ demo }) => {
  const { page } = demo;
  await openWall(page);
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await expect(palette.getByRole('option', { name: /Add a cluster/ })).toBeVisible();
  await page.keyboard.type('fr1');
  await expect(palette.getByRole('option').first()).toContainText('fra-01');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('article', { name: 'Cluster fra-01' })).toBeVisible();

  await page.keyboard.press('Control+k');
  await expect(palette.getByRole('group').first()).toContainText('Recent');
  await page.keyboard.type('2026-01-02 03:04');
  await expect(palette.getByRole('option').first()).toContainText('Go to');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'Time shown' })).toContainText('PAST');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('go live');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'Time shown' })).toContainText('LIVE');
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
  await expect(page.getByRole('article', { name: 'Cluster fra-01' })).toBeVisible();
});

test('the palette does what a person can do, and goes to a cluster at a time', async ({ demo }) => {
  const { page } = demo;
  await openWall(page);
  await page.getByRole('button', { name: /^Command palette/ }).click();
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  const first = palette.getByRole('option').first();
  for (const [typed, title] of [
    ['report fra-01', 'Report on fra-01'],
    ['incidents fra-01', 'Incidents of fra-01'],
    ['note fra-01', 'Add a note on fra-01'],
    ['maintenance fra-01', 'Plan maintenance of fra-01'],
    ['add cluster', 'Add a cluster'],
    ['verify', 'Verify the history'],
    ['export', 'Export the clusters'],
    ['yesterday', 'Go to'],
  ] as const) {
    await palette.getByRole('textbox').fill(typed);
    await expect(first, typed).toContainText(title);
  }
  await palette.getByRole('textbox').fill('fra-01 -5s');
  await expect(first).toContainText('fra-01 at');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'Time shown' })).toContainText('PAST');
  await page.keyboard.press('l');
  await expect(page.getByRole('article', { name: 'Cluster fra-01' })).toBeVisible();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('report fra-01');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /report/i });
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('typing in the search leaves a view that it does not filter only by Enter', async ({ demo }) => {
  const { page } = demo;
  await openWall(page);
  await page.getByRole('link', { name: 'Audit' }).click();
  await page.keyboard.press('/');
  await page.keyboard.type('fra');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Audit');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Clusters');
  await page.getByRole('button', { name: 'Clear search' }).click();
});

test('Ctrl and = enlarge, without Shift', async ({ demo }) => {
  const level = (): Promise<number> =>
    demo.app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomLevel() ?? 0,
    );
  const before = await level();
  const accelerators = await demo.app.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).flatMap(({ submenu }) =>
      (submenu?.items ?? [])
        .filter(({ role }) => role?.toLowerCase() === 'zoomin')
        .map(({ accelerator }) => accelerator),
    ),
  );
  expect(accelerators).toContain('CmdOrCtrl+=');
  expect(await level()).toBe(before);
});
