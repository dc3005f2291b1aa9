import { ask } from './support/ask';
import { violationsIn } from './support/axe';
import { DemoControl } from './support/demo-control';
import { closeWindow, isVisible, missingPart, test } from './support/desktop';
import { calmDemo, exampleInventory, expect } from './support/heron';
import { openWall } from './support/wall';

/** Heron with the notification server, tray and sound of a real desktop. */
const absent = missingPart();
test.skip(absent !== null, `This computer has no ${absent}.`);

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
  await expect(heron.page.getByRole('heading', { name: 'gru-01' })).toBeVisible();
  // Its end closes what is still shown of it.
  await expect.poll(() => desktop.shownCount(), { timeout: 120_000 }).toBe(0);
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
    'Polling of 6 clusters with 23 edges',
    'Notifications and sounds on this computer',
    'The demo fleet',
  ]);
});

test('closing asks once, keeps monitoring in the tray, and a second start shows the window', async ({
  startHere,
  folder,
}) => {
  const heron = await startHere(['--inventory', exampleInventory]);
  await expect(heron.page.getByRole('navigation', { name: 'Views' })).toBeVisible();
  await closeWindow(heron.app);
  const question = heron.page.getByRole('dialog', { name: 'Keep monitoring in the background?' });
  await expect(question).toContainText('Polling of 1 cluster with 2 edges');
  expect(await violationsIn(heron.page, 'the question')).toEqual([]);
  // No answer: the window stays, and it asks again.
  await heron.page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  expect(await isVisible(heron.app)).toBe(true);
  await closeWindow(heron.app);
  await question.getByRole('button', { name: 'Keep monitoring' }).click();
  await expect.poll(() => isVisible(heron.app)).toBe(false);
  expect((await ask(heron.page, 'app.about', undefined)).mode).toBe('inventory');
  const again = await startSecond(`${folder}/user-data`);
  expect(again).toContain('came to the front');
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
