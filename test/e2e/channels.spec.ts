import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { startReceiver, type HttpReceiver } from '../fixtures/channels/http-receiver';
import { violationsIn } from './support/axe';
import { exampleInventory, expect, test } from './support/heron';

let receiver: HttpReceiver;

/** What a scraper gets; `fetch` would introduce itself as a browser. */
async function textAt(url: string): Promise<string> {
  const [response] = (await once(get(url), 'response')) as [IncomingMessage];
  return text(response);
}

test.beforeEach(async () => {
  receiver = await startReceiver();
});
test.afterEach(() => receiver.close());

test('A channel is added, tested, fails, and sends again what it gave up', async ({
  start,
  folder,
}, info) => {
  test.setTimeout(180_000);
  const userData = path.join(folder, 'user-data');
  receiver.answer = (response) => response.writeHead(404).end();
  // No edge of this inventory exists, so that Heron alerts by itself, and gives that up.
  mkdirSync(userData, { recursive: true });
  const duty = { kind: 'webhook', name: 'duty', format: 'slack', url: `${receiver.base}/duty` };
  writeFileSync(path.join(userData, 'channels.json'), JSON.stringify({ channels: [duty] }));
  const heron = await start(['--inventory', exampleInventory], userData, { keychain: true });
  const { page } = heron;
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.evaluate(() => {
    location.hash = '#/settings';
  });
  const panel = page.getByRole('region', { name: 'Channels' });
  await expect(panel.getByRole('listitem', { name: 'Channel duty' })).toBeVisible();

  await panel.getByRole('button', { name: 'Add channel…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add channel' });
  await dialog.getByRole('button', { name: 'Add channel' }).click();
  await expect(dialog).toContainText('2 things to fix');
  await dialog.getByLabel('Name', { exact: true }).fill('ops');
  await dialog.getByLabel('Receiver').selectOption('Webhook');
  await expect(dialog.getByLabel('Address (https)')).toBeVisible();
  await dialog.getByLabel('Address (https)').fill('http://alerts.example.net/hook');
  await expect(dialog).toContainText('It must be https (http: only for this computer itself).');
  await dialog.getByLabel('Address (https)').fill(`${receiver.base}/hook`);
  await dialog.getByRole('radio', { name: 'Token' }).click();
  await dialog.getByLabel('Token: type it once').fill('s3cret-token');
  await dialog.getByRole('checkbox', { name: /^Quiet hours/ }).check();
  await page.screenshot({ path: info.outputPath('form-dark.png') });
  expect(await violationsIn(page, 'Channel form')).toEqual([]);
  await page.screenshot({ path: info.outputPath('form-contrast.png') });
  await dialog.getByRole('checkbox', { name: /^Quiet hours/ }).uncheck();
  await dialog.getByRole('button', { name: 'Add channel' }).click();
  await expect(dialog).toHaveCount(0);

  const channel = panel.getByRole('listitem', { name: 'Channel ops' });
  await channel.getByRole('button', { name: 'Send a test' }).click();
  await expect(channel).toContainText(/The test was not delivered: 127\.0\.0\.1:\d+ answers HTTP 404/);
  const undelivered = panel.getByRole('region', { name: 'Not delivered' });
  await expect(undelivered).toContainText('answers HTTP 404', { timeout: 60_000 });
  receiver.answer = (response) => response.writeHead(200).end();
  await channel.getByRole('button', { name: 'Send a test' }).click();
  await expect(channel).toContainText('The test was delivered.');
  await page.screenshot({ path: info.outputPath('list-dark.png') });
  expect(await violationsIn(page, 'Settings, Channels')).toEqual([]);
  await page.evaluate(() => (document.documentElement.dataset['theme'] = 'light'));
  await page.screenshot({ path: info.outputPath('list-light.png') });
  const before = receiver.received.length;
  // Both channels gave the alert up where it opened after the second was added.
  const again = undelivered.getByRole('button', { name: 'Send again' });
  await expect(async () => {
    if ((await again.count()) > 0) await again.first().click({ timeout: 1_000 });
    await expect(undelivered).toHaveCount(0, { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  expect(receiver.received.length).toBeGreaterThan(before);
  await expect(panel.getByRole('listitem', { name: 'Channel duty' })).toContainText('Works');
  const tests = receiver.received.filter(({ path: where }) => where === '/hook');
  expect(tests.length).toBeGreaterThanOrEqual(2);
  expect(new Set(tests.map(({ headers }) => headers.authorization))).toEqual(
    new Set(['Bearer s3cret-token']),
  );
  for (const file of ['channels.json', 'channels-outbox.json', 'passwords.json', 'history.sqlite'])
    expect(readFileSync(path.join(userData, file)).includes('s3cret-token')).toBe(false);

  await channel.getByRole('button', { name: 'Edit ops' }).click();
  const edit = page.getByRole('dialog', { name: 'Edit channel ops' });
  await expect(edit).toContainText('Stored in this computer’s keychain');
  await edit.getByRole('radio', { name: 'When escalated' }).click();
  await edit.getByRole('button', { name: 'Save channel' }).click();
  await expect(channel).toContainText('only when not acknowledged in time');

  const file = path.join(folder, 'exported.json');
  await heron.app.evaluate(({ dialog: dialogs }, filePath) => {
    dialogs.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    dialogs.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
    dialogs.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false });
  }, file);
  await panel.getByRole('button', { name: 'Export…' }).click();
  await expect(panel).toContainText(`Saved to ${file}`);
  await channel.getByRole('button', { name: 'Remove ops' }).click();
  await channel.getByRole('button', { name: 'Remove channel' }).click();
  await expect(channel).toHaveCount(0);
  await panel.getByRole('button', { name: 'Import…' }).click();
  await expect(panel).toContainText(`Imported from ${file}`);
  await expect(channel).toContainText('The token is missing on this computer');
});

test('Metrics are offered where the person chooses, and to others only with a token', async ({
  start,
}, info) => {
  const heron = await start(['--inventory', exampleInventory], undefined, { keychain: true });
  const { page } = heron;
  await page.evaluate(() => {
    location.hash = '#/settings';
  });
  const panel = page.getByRole('region', { name: 'Metrics' });
  await panel.getByLabel('Address').fill('0.0.0.0:0');
  await panel.getByRole('switch', { name: 'Metrics for Prometheus' }).click();
  await expect(panel).toContainText('Other computers could read the metrics without a token.');
  await panel.getByLabel('Address').fill('127.0.0.1:0');
  await panel.getByRole('button', { name: 'Use it' }).click();
  await expect(panel).toContainText('on this computer only');
  const [where = ''] = /http:\S+metrics/.exec((await panel.textContent()) ?? '') ?? [];
  await expect.poll(() => textAt(where)).toContain('heron_cluster_state{cluster="Frankfurt"');
  await panel.scrollIntoViewIfNeeded();
  await page.screenshot({ path: info.outputPath('metrics.png') });
});
