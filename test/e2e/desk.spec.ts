import { ask } from './support/ask';
import { violationsIn } from './support/axe';
import { DemoControl } from './support/demo-control';
import { beInput, closeWindow, isVisible, pagePictures, test } from './support/desktop';
import { calmDemo, exampleInventory, expect } from './support/heron';
import { runHeron } from './support/processes';
import { openWall } from './support/wall';

/* Heron with the notification server, tray and sound of a real desktop. */

test('from the tray it notifies and sounds, and a click opens the view at that time', async ({
  desktop,
  startHere,
}) => {
  test.setTimeout(240_000);
  const heron = await startHere(calmDemo);
  await openWall(heron.page);
  const control = await DemoControl.of(heron);
  await closeWindow(heron.app);
  await heron.page.getByRole('button', { name: 'Keep monitoring' }).click();
  await expect.poll(() => isVisible(heron.app)).toBe(false);
  expect(desktop.loudest()).toBe(0);
  await control.cause({ kind: 'split', cluster: 'gru-01', forSeconds: 90 });
  await expect
    .poll(() => desktop.notifications(), { timeout: 60_000 })
    .toContain('Split brain: gru-01 (São Paulo)');
  await expect.poll(() => desktop.loudest(), { timeout: 30_000 }).toBeGreaterThan(5_000);
  await expect.poll(() => desktop.shownCount()).toBe(1);
  await desktop.picture(heron.app, 'notification');
  desktop.click();
  await expect.poll(() => isVisible(heron.app)).toBe(true);
  await expect.poll(() => heron.page.evaluate(() => location.hash)).toMatch(/^#\/cluster\/[^?]+\?t=\d+$/);
  await expect(heron.page.getByRole('heading', { name: 'gru-01 São Paulo' })).toBeVisible();
});

test('the tray shows the worst state and names what quitting stops', async ({ desktop, startHere }) => {
  const heron = await startHere(calmDemo);
  await openWall(heron.page);
  // The mark of a fleet that is well, on its dark tile.
  await expect
    .poll(() => desktop.trayColours(heron.app), { timeout: 30_000 })
    .toEqual(expect.arrayContaining(['#4FB89A', '#10171F']));
  await desktop.picture(heron.app, 'tray');
  const { quitStops } = await ask(heron.page, 'desk.status', undefined);
  expect(quitStops).toEqual([
    'Polling of 6 clusters with 49 edges',
    'Notifications and sounds on this computer',
    'The demo fleet',
  ]);
});

test('closing asks once, keeps monitoring in the tray, and a second start shows the window', async ({
  startHere,
}, info) => {
  const heron = await startHere(['--inventory', exampleInventory]);
  await expect(heron.page.getByRole('navigation', { name: 'Views' })).toBeVisible();
  await closeWindow(heron.app);
  const question = heron.page.getByRole('dialog', { name: 'Keep monitoring in the background?' });
  await expect(question).toContainText('Polling of 1 cluster with 2 edges');
  expect(await violationsIn(heron.page, 'the question')).toEqual([]);
  await pagePictures(heron.page, 'close-question');
  // No answer: the window stays, and it asks again.
  await heron.page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  expect(await isVisible(heron.app)).toBe(true);
  await closeWindow(heron.app);
  await question.getByRole('button', { name: 'Keep monitoring' }).click();
  await expect.poll(() => isVisible(heron.app)).toBe(false);
  expect((await ask(heron.page, 'app.about', undefined)).mode).toBe('inventory');
  const again = await runHeron(info.project.name, ['--user-data', heron.userData]);
  expect(again.errors).toContain('Its window came to the front.');
  await expect.poll(() => isVisible(heron.app)).toBe(true);
  await closeWindow(heron.app);
  await expect.poll(() => isVisible(heron.app)).toBe(false);
  expect(await heron.quit()).toBe(0);
  expect(heron.log()).toContain('goes on monitoring in the background');
});

test('quitting at the question ends it, and so does closing from then on', async ({ startHere, folder }) => {
  const first = await startHere(['--inventory', exampleInventory]);
  await expect(first.page.getByRole('navigation', { name: 'Views' })).toBeVisible();
  await closeWindow(first.app);
  await first.page.getByRole('button', { name: 'Quit Heron' }).click();
  expect(await first.ended).toBe(0);
  const second = await startHere([], `${folder}/user-data`);
  await expect(second.page.getByRole('navigation', { name: 'Views' })).toBeVisible();
  await closeWindow(second.app);
  expect(await second.ended).toBe(0);
});

test('starts in the tray, and SIGTERM ends it there', async ({ startHere }) => {
  const heron = await startHere(['--inventory', exampleInventory, '--hidden']);
  await expect(heron.page.getByRole('navigation', { name: 'Views' })).toBeAttached();
  await expect.poll(() => ask(heron.page, 'desk.status', undefined)).toMatchObject({ asksToClose: false });
  expect(await isVisible(heron.app)).toBe(false);
  heron.app.process().kill('SIGTERM');
  expect(await heron.ended).toBe(0);
});

test('what happened while the window was hidden is listed until it is seen, also after a restart', async ({
  startHere,
}) => {
  test.setTimeout(240_000);
  const heron = await startHere(calmDemo);
  await openWall(heron.page);
  await ask(heron.page, 'desk.set', { closeKeepsMonitoring: true });
  await beInput(heron.app);
  await closeWindow(heron.app);
  await expect.poll(() => isVisible(heron.app)).toBe(false);
  const hiddenMs = Date.now();
  const control = await DemoControl.of(heron);
  await control.cause({ kind: 'lb-dies', cluster: 'fra-01', edge: '@master', forSeconds: 60 });
  const failovers = { clusterId: null, types: ['failover' as const], beforeId: null, limit: 5 };
  await expect
    .poll(async () => (await ask(heron.page, 'history.events', failovers)).length, { timeout: 60_000 })
    .toBe(1);
  await expect.poll(() => Date.now() - hiddenMs, { timeout: 60_000 }).toBeGreaterThan(32_000);
  await heron.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.show());
  const strip = heron.page.getByRole('region', { name: 'While you were away' });
  await expect(strip).toContainText('change');
  await strip.getByRole('button', { name: 'Show' }).click();
  const failover = strip.getByRole('link', { name: /^fra-01: Failover/ });
  await expect(failover).toBeVisible();
  expect(await violationsIn(heron.page, 'while you were away')).toEqual([]);
  await pagePictures(heron.page, 'away');
  await failover.click();
  await expect(heron.page).toHaveURL(/#\/cluster\/.*[?]t=\d+/);
  await heron.quit();
  const again = await startHere(calmDemo, heron.userData);
  await beInput(again.app);
  const kept = again.page.getByRole('region', { name: 'While you were away' });
  await expect(kept).toBeVisible();
  await kept.getByRole('button', { name: 'Seen' }).click();
  await expect(kept).toBeHidden();
  expect((await ask(again.page, 'desk.status', undefined)).away).toBeNull();
});

test('the wall keeps the display on, and asks in its foot instead of a dialog', async ({ startHere }) => {
  const heron = await startHere(['--inventory', exampleInventory]);
  const isAwake = (): Promise<boolean> =>
    heron.app.evaluate(({ powerSaveBlocker }) =>
      Array.from({ length: 20 }, (_, id) => id).some((id) => powerSaveBlocker.isStarted(id)),
    );
  await expect(heron.page.getByRole('navigation', { name: 'Views' })).toBeVisible();
  expect(await isAwake()).toBe(false);
  await heron.page.getByRole('link', { name: 'Wall' }).click();
  await expect.poll(isAwake).toBe(true);
  await closeWindow(heron.app);
  const asked = heron.page.getByRole('alert');
  await expect(asked).toContainText('Keep monitoring in the background?');
  await expect(heron.page.getByRole('dialog')).toHaveCount(0);
  expect(await violationsIn(heron.page, 'the question on the wall')).toEqual([]);
  await pagePictures(heron.page, 'wall-question');
  await asked.getByRole('button', { name: 'Stay' }).click();
  await expect(asked).toHaveCount(0);
  expect(await isVisible(heron.app)).toBe(true);
  await heron.page.keyboard.press('Escape');
  await expect.poll(isAwake).toBe(false);
});

test('settings test notifications and sounds, and say how it went', async ({ desktop, startHere }) => {
  const heron = await startHere(['--inventory', exampleInventory]);
  await heron.page.getByRole('link', { name: 'Settings' }).click();
  const panel = heron.page.getByRole('region', { name: /^Notifications/ });
  await expect(panel.getByRole('status', { name: 'State of notifications' })).toContainText('Not used');
  await panel.getByRole('button', { name: 'Send a test notification' }).click();
  await expect(panel.getByRole('status', { name: 'State of notifications' })).toContainText('Last shown');
  await expect.poll(() => desktop.notifications()).toContain('Test of notifications');
  await panel.getByRole('combobox', { name: 'Sound to test' }).selectOption('critical');
  await panel.getByRole('button', { name: 'Play a test sound' }).click();
  await expect(panel.getByRole('status', { name: 'State of sounds' })).toContainText('Last played');
  expect(desktop.loudest()).toBeGreaterThan(5_000);
  await panel.getByRole('textbox', { name: 'From' }).fill('25:00');
  await panel.getByRole('textbox', { name: 'From' }).blur();
  await expect(panel.getByRole('alert')).toContainText('Enter both times');
  expect(await violationsIn(heron.page, 'settings of notifications')).toEqual([]);
  await pagePictures(heron.page, 'settings');
});
