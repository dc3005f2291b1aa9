import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { ask } from './support/ask';
import { violationsIn } from './support/axe';
import { DemoControl } from './support/demo-control';
import { calmDemo, expect, test } from './support/heron';
import { runCommand } from './support/palette';
import { row } from './support/wall';

const settleMs = 60_000;

/** The first readings of a cluster are there. A busy machine may find an edge slow, which is no matter here. */
async function monitored(page: Page, name: string, edges: number): Promise<void> {
  await expect(row(page, name)).toContainText(`${edges} / ${edges}`, { timeout: 90_000 });
}

function alertOf(page: Page, name: string | RegExp): Locator {
  return page.locator('.alert').filter({ has: page.locator('.open', { hasText: name }) });
}

async function openAlerts(page: Page): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('link', { name: /^Alerts/ })
    .click();
  await expect(page.getByRole('region', { name: 'Verdict' })).toBeVisible();
}

test('a failover is one alert with its evidence, stays while it is over, and is acknowledged', async ({
  start,
}) => {
  test.setTimeout(300_000);
  const heron = await start(calmDemo);
  const { page } = heron;
  await monitored(page, 'fra-01', 8);
  const control = await DemoControl.of(heron);
  await openAlerts(page);
  await control.cause({ kind: 'lb-dies', cluster: 'fra-01', edge: '@master' });
  const failover = alertOf(page, 'fra-01').filter({ hasText: 'had no active LB for' });
  const detail = page.getByRole('region', { name: 'Detail' });

  await test.step('one alert, with bracket, witnesses, cause and detection latency', async () => {
    await expect(failover).toHaveCount(1, { timeout: settleMs });
    await failover.click();
    await expect(detail.getByRole('heading', { level: 2 })).toContainText('fra-01');
    const evidence = detail.getByRole('region', { name: 'Evidence' });
    await expect(evidence).toContainText(/last seen before\s*\d\d:\d\d:\d\d\.\d/);
    await expect(evidence).toContainText(/first seen after\s*\d\d:\d\d:\d\d\.\d/);
    await expect(evidence).toContainText(/SNMP script\s*.*MASTER on 1/);
    await expect(evidence).toContainText(/Cause\s*Its LB stopped/);
    const detection = detail.getByRole('region', { name: 'Detection and delivery' });
    await expect(detection).toContainText(/First notified .*\d s after it began/);
  });

  await test.step('it stays as over when the cluster has recovered, and is counted at the rail', async () => {
    await control.restore();
    await expect(failover).toContainText('Over', { timeout: 120_000 });
    await expect(failover).toContainText('Unacknowledged');
    await expect(detail).toContainText('It stays here until it is acknowledged.');
    const { alerts } = await ask(page, 'alerts.list', { atMs: null });
    const unacknowledged = alerts.filter(({ acknowledged, held }) => !acknowledged && !held).length;
    await expect(page.getByRole('navigation', { name: 'Views' })).toContainText(
      `${unacknowledged} unacknowledged`,
    );
  });

  let overAtMs = 0;
  await test.step('by keyboard: select, acknowledge; then it is gone', async () => {
    overAtMs = Date.now();
    await failover.locator('.open').focus();
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await expect(failover.locator('.open')).toBeFocused();
    await page.keyboard.press('Shift+A');
    const dialog = page.getByRole('dialog', { name: /^Acknowledge Over, fra-01/ });
    await expect(dialog).toBeVisible();
    expect(await violationsIn(page, 'acknowledge dialog')).toEqual([]);
    await dialog.getByLabel(/^Comment/).fill('seen');
    await dialog.getByLabel(/^Your name/).fill('ann');
    await dialog.getByLabel(/^Your name/).press('Enter');
    await expect(dialog).toBeHidden();
    await expect(failover).toHaveCount(0);
  });

  await test.step('what is over is counted below the list, and leads to its time', async () => {
    const ended = page.getByRole('region', { name: 'Over in the last 24 hours' });
    await expect(ended).toContainText(/\d over in the last 24 hours/, { timeout: 30_000 });
    await ended.getByRole('button', { name: /over in the last 24 hours/ }).click();
    await expect(ended.getByRole('listitem').filter({ hasText: 'fra-01' }).first()).toContainText('lasted');
    expect(await violationsIn(page, 'alerts that are over')).toEqual([]);
    await ended
      .getByRole('link', { name: /fra-01/ })
      .first()
      .click();
    await expect(page).toHaveURL(/#\/timeline\?from=\d+/);
    await openAlerts(page);
  });

  await test.step('in the past it is there, and nobody can acknowledge it', async () => {
    await page.evaluate((t) => (location.hash = `#/alerts?t=${t}`), overAtMs);
    await expect(failover).toHaveCount(1, { timeout: settleMs });
    await failover.click();
    await expect(detail.getByRole('button', { name: /^Acknowledge/ })).toHaveCount(0);
    await expect(detail.getByRole('link', { name: 'Open timeline' })).toBeVisible();
    await page.keyboard.press('l');
    await expect(failover).toHaveCount(0);
  });
});

test('a silence holds back what it matches, with a preview, and ends by hand', async ({ start, folder }) => {
  test.setTimeout(300_000);
  const heron = await start(calmDemo);
  const { page } = heron;
  await monitored(page, 'lhr-01', 12);
  const control = await DemoControl.of(heron);
  await openAlerts(page);
  const [edge = ''] = await control.cause({ kind: 'edge-dies', cluster: 'lhr-01', edge: '@backup' });
  const down = alertOf(page, edge);
  await expect(down).toHaveCount(1, { timeout: 120_000 });
  await down.click();
  expect(await violationsIn(page, 'alerts')).toEqual([]);

  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog', { name: 'Silence alerts' });
  await expect(dialog.getByLabel(/^Reason/)).toBeFocused();
  await expect(dialog).toContainText('Holds back 1 alert now');
  expect(await violationsIn(page, 'silence dialog')).toEqual([]);
  const save = dialog.locator('button.primary');
  await expect(save).toContainText('Enter a reason');

  // What matches everything has to be confirmed.
  for (const token of ['rule edge-down', 'cluster lhr-01', `edge ${edge}`])
    await dialog.getByRole('button', { name: `Remove ${token}` }).click();
  await dialog.getByLabel(/^Reason/).fill('Hypervisor patches');
  await expect(save).toContainText('Enter what to silence');
  await dialog.getByLabel('What', { exact: true }).fill('cluster lhr-*');
  await page.keyboard.press('Enter');
  await dialog.getByLabel(/^Your name/).fill('ann');
  await expect(save).toContainText('Silence it, 1 alert now');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();

  await expect(down).toContainText('Held back by a silence until');
  const silences = page.getByRole('region', { name: 'Silences' });
  await expect(silences).toContainText('cluster lhr-*');
  await expect(silences).toContainText('1 alert held back');
  await page
    .getByRole('group', { name: 'Filter' })
    .getByRole('button', { name: /Held back/ })
    .click();
  await expect(page.locator('.alert')).toHaveCount(1);
  await silences.getByRole('button', { name: 'End the silence of cluster lhr-*' }).click();
  await expect(silences).toContainText('None in force.');
  await page
    .getByRole('group', { name: 'Filter' })
    .getByRole('button', { name: /Listed/ })
    .click();
  await expect(down).toContainText('Unacknowledged');

  await test.step('at once, by one key, until the end of the shift; withdrawn again', async () => {
    await down.click();
    const detail = page.getByRole('region', { name: 'Detail' });
    await expect(detail.getByRole('button', { name: /^Acknowledge until .*(22:00|08:00)/ })).toBeVisible();
    await page.keyboard.press('a');
    await expect(down).toContainText(/Acknowledged by ann until .*(22:00|08:00), or when a new fact/);
    await detail.getByRole('button', { name: 'Withdraw' }).click();
    await expect(down).toContainText('Unacknowledged');
  });

  await test.step('maintenance that would hold it back says so', async () => {
    await page.getByRole('region', { name: 'Maintenance' }).getByRole('button').first().click();
    const plan = page.getByRole('dialog');
    await expect(plan).toContainText(/alerts? open there now/);
    await page.keyboard.press('Escape');
    await expect(plan).toHaveCount(0);
  });

  await test.step('Set up leads to the channels in Settings', async () => {
    await page.getByRole('link', { name: 'Set up' }).click();
    await expect(page.getByRole('heading', { name: 'Channels' })).toBeInViewport();
    await openAlerts(page);
  });

  await runCommand(page, `acknowledge alert edge down ${edge}`);
  const acknowledge = page.getByRole('dialog', { name: /^Acknowledge Edge down/ });
  await acknowledge.getByRole('radio', { name: 'it recovers' }).click();
  await acknowledge.locator('button.primary').click();
  await expect(down).toContainText('Acknowledged by ann until it recovers');

  await test.step('an opened file has the alerts as they were recorded, and nobody can act on them', async () => {
    await heron.quit();
    const copied = path.join(folder, 'copied');
    mkdirSync(copied);
    for (const name of readdirSync(heron.userData).filter((one) => /^demo-history\.sqlite(-wal)?$/.test(one)))
      copyFileSync(path.join(heron.userData, name), path.join(copied, name));
    const reader = await start([path.join(copied, 'demo-history.sqlite')], path.join(folder, 'reader'));
    await expect(reader.page.getByRole('contentinfo', { name: 'Status' })).toContainText('A file is open');
    await openAlerts(reader.page);
    const recorded = alertOf(reader.page, edge);
    await expect(recorded).toContainText('Acknowledged by ann until it recovers');
    await recorded.click();
    const detail = reader.page.getByRole('region', { name: 'Detail' });
    await expect(detail.getByRole('button', { name: /Acknowledge|Silence|Withdraw/ })).toHaveCount(0);
    await reader.page.keyboard.press('a');
    await reader.page.keyboard.press('s');
    await expect(reader.page.getByRole('dialog')).toHaveCount(0);
    await expect(reader.page.getByRole('navigation', { name: 'Views' })).not.toContainText('unacknowledged');
    expect(await violationsIn(reader.page, 'alerts of a file')).toEqual([]);
  });
});
