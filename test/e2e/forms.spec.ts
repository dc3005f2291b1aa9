import type {} from '../../renderer/bridge/heron';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { ask } from './support/ask';
import {
  startSeparateDemo,
  type SeparateDemo,
  type DemoCluster,
  type DemoEdge,
} from './support/separate-demo';
import { expect, test, type Heron } from './support/heron';
import { firstReadingsMs, row, rows } from './support/wall';

/** The demo fleet's passwords are public. */
const passwords = { auth: 'heron-demo-auth-2026', priv: 'heron-demo-priv-2026' };

let fleet: SeparateDemo;
test.beforeEach(async ({ folder }) => {
  fleet = await startSeparateDemo(folder);
});
test.afterEach(() => fleet.stop());

/** An inventory of the fleet's first cluster only; the others are there to be typed in. */
function inventoryOfFirst(folder: string): string {
  const file = path.join(folder, 'first.json');
  const whole = JSON.parse(readFileSync(fleet.inventoryFile, 'utf8')) as { clusters: unknown[] };
  writeFileSync(
    file,
    JSON.stringify({ ...whole, clusters: whole.clusters.slice(0, 1), standaloneEdges: [] }),
  );
  return file;
}

function cluster(index: number): DemoCluster {
  const made = fleet.clusters[index];
  if (!made) throw new Error(`The fleet has no cluster ${index}.`);
  return made;
}

async function typeEdge(dialog: Locator, edge: DemoEdge): Promise<void> {
  await dialog.getByLabel('Name', { exact: true }).fill(edge.name);
  await dialog.getByLabel('Proxy IP address').fill(edge.proxyIp);
  await dialog.getByLabel('Load balancer IP address').fill(edge.lbIp);
  await dialog.getByLabel('Management IP address').fill(edge.managementIp);
  await dialog.getByLabel('SNMP host').fill(edge.snmp.host);
  await dialog.getByLabel('SNMP port').fill(String(edge.snmp.port));
  await dialog.getByLabel('Health page address').fill(edge.http.url);
}

async function openAdd(page: Page): Promise<Locator> {
  await row(page, cluster(0).name).focus();
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'Add Virtual Service Edge Cluster' });
  await expect(dialog.getByLabel('Name', { exact: true })).toBeVisible();
  return dialog;
}

async function sinceOf(heron: Heron, name: string): Promise<unknown> {
  const { clusters } = await ask(heron.page, 'snapshot.get', undefined);
  const found = clusters.find((each) => each.name === name);
  return found && { health: found.health, sinceMs: found.sinceMs, activeLb: found.activeLb };
}

test('a cluster is added by hand: mistakes told one by one, tried, saved, seen up; edited, deleted, undone', async ({
  start,
  folder,
}) => {
  test.setTimeout(240_000);
  const heron = await start(['--inventory', inventoryOfFirst(folder)]);
  const { page } = heron;
  const first = cluster(0).name;
  await expect(row(page, first)).toContainText('Up', { timeout: firstReadingsMs });
  const known = await sinceOf(heron, first);

  const made = cluster(1);
  const dialog = await openAdd(page);
  const add = dialog.getByRole('button', { name: 'Add cluster' }).last();
  await expect(add).toHaveAttribute('aria-disabled', 'true');

  await test.step('each rule is an error under its field, with a way out', async () => {
    const name = dialog.getByLabel('Name', { exact: true });
    await expect(name).toBeFocused();
    await expect(dialog).toContainText('Needed before it can be added: Name,');
    await name.fill(first);
    await expect(name).toHaveAttribute('aria-invalid', 'false');
    await name.blur();
    await expect(name).toHaveAccessibleDescription(/This name is taken/);
    await name.fill(made.name);
    await expect(name).toHaveAttribute('aria-invalid', 'false');
    await dialog.getByLabel('Default gateway').fill(made.defaultGateway);
    const clusterIp = dialog.getByLabel('Cluster IP address');
    await clusterIp.fill('10.20.16');
    await clusterIp.blur();
    await expect(clusterIp).toHaveAccessibleDescription(/not the IPv4 address/i);
    await clusterIp.fill(cluster(0).clusterIp);
    await expect(clusterIp).toHaveAccessibleDescription(/Taken: it is the cluster IP of/);
    await dialog.getByLabel('Subnet mask').fill('255.0.255.0');
    await dialog.getByLabel('Subnet mask').blur();
    await expect(dialog.getByLabel('Subnet mask')).toHaveAccessibleDescription(/subnet mask such as/);
    await dialog.getByLabel('Subnet mask').fill('255.255.255.0');
    await clusterIp.fill(made.clusterIp);
    await expect(dialog).toContainText('Needed before it can be added: Virtual Service Edges');
    await add.press('Enter');
    await expect(dialog).toContainText('Choose at least 2 more.');
  });

  await test.step('a wrong password is told in words, the right one shows what the edge says', async () => {
    await dialog.getByRole('button', { name: /New edge/ }).click();
    const edge = made.edges[0]!;
    await dialog.getByLabel('SNMP credential').selectOption({ label: 'New credential…' });
    await expect(dialog.getByText('This computer offers no keychain.')).toBeVisible();
    await dialog.getByLabel('User').fill('heron');
    await typeEdge(dialog, edge);
    await dialog.getByLabel('Authentication password: type it once').fill('wrong-password');
    await dialog.getByLabel('Privacy password: type it once').fill(passwords.priv);
    await page.keyboard.press('Control+Enter');
    const tried = dialog.getByRole('region', { name: 'Connection test' });
    await expect(tried).toContainText(/authentication password is wrong.*createUser/i, {
      timeout: 20_000,
    });
    await dialog.getByLabel('Authentication password: type it once').fill(passwords.auth);
    await page.keyboard.press('Control+Enter');
    await expect(tried).toContainText(/LB role: (MASTER|BACKUP)/, { timeout: 15_000 });
    await expect(tried).toContainText(`${edge.name} answers`);
    await expect(tried).toContainText(/SNMPv3 engine [0-9a-f]+/);
    await expect(tried).toContainText(/\(proxy\).*\(load balancer\)/);
    await expect(tried).toContainText(/Proxy answers HTTP 200/);
    await page.keyboard.press('Escape');
  });

  await test.step('the other edges take over what they share', async () => {
    for (const edge of made.edges.slice(1)) {
      await dialog.getByRole('button', { name: /New edge/ }).click();
      await typeEdge(dialog, edge);
      await page.keyboard.press('Escape');
    }
    await expect(dialog).toContainText(`${made.edges.length} chosen`);
    await page.keyboard.press('Escape');
    await expect(dialog.getByRole('alertdialog')).toContainText('Discard your changes?');
    await page.keyboard.press('Escape');
  });

  await add.click();
  await expect(dialog).toHaveCount(0);
  await expect(row(page, first)).toBeFocused();
  await expect(row(page, made.name)).toContainText('Up', { timeout: firstReadingsMs });
  expect(await sinceOf(heron, first)).toEqual(known);
  expect(await heron.page.content()).not.toContain(passwords.auth);

  await test.step('edited: the name changes, what is known stays', async () => {
    const before = await sinceOf(heron, made.name);
    await row(page, made.name).focus();
    await page.keyboard.press('e');
    const form = page.getByRole('dialog', { name: `Edit ${made.name}` });
    await form.getByLabel('Name', { exact: true }).fill('renamed');
    await form.getByRole('button', { name: 'Save changes' }).last().click();
    await expect(row(page, 'renamed')).toContainText('Up');
    const after = (await sinceOf(heron, 'renamed')) as { sinceMs: number };
    expect(after.sinceMs).toBe((before as { sinceMs: number }).sinceMs);
  });

  await test.step('a link with the name before leads to it and shows the present one', async () => {
    for (const name of [made.name, 'renamed']) {
      await page.evaluate((id) => (location.hash = `#/cluster/${encodeURIComponent(id)}`), name);
      await expect(page.getByRole('heading', { name: 'renamed', level: 2 })).toBeVisible();
      await expect(page.getByText(`was ${made.name}`)).toBeVisible();
    }
    await page.evaluate(() => (location.hash = '#/clusters'));
    await expect(row(page, 'renamed')).toBeVisible();
  });

  await test.step('deleted, and taken back by Ctrl Z', async () => {
    await row(page, 'renamed').focus();
    await page.keyboard.press('Delete');
    const asked = page.getByRole('alertdialog', { name: 'Delete renamed?' });
    await expect(asked).toContainText(/no longer be monitored/);
    await asked.getByRole('button', { name: 'Delete cluster' }).click();
    await expect(row(page, 'renamed')).toHaveCount(0);
    await expect(page.getByRole('region', { name: 'Latest change' })).toContainText('renamed deleted');
    await page.keyboard.press('Control+z');
    await expect(row(page, 'renamed')).toContainText('Up', { timeout: firstReadingsMs });
    await expect(page.getByRole('region', { name: 'Latest change' })).toHaveCount(0);
  });

  expect(await sinceOf(heron, first)).toEqual(known);
  expect(heron.log()).not.toContain(passwords.auth);
});

test('a form keeps the focus inside, gives it back, and asks before it drops what was typed', async ({
  start,
  folder,
}) => {
  const heron = await start(['--inventory', inventoryOfFirst(folder)]);
  const { page } = heron;
  await expect(rows(page)).toHaveCount(1, { timeout: firstReadingsMs });
  let dialog = await openAdd(page);
  for (let press = 0; press < 30; press += 1) {
    await page.keyboard.press('Tab');
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(row(page, cluster(0).name)).toBeFocused();

  dialog = await openAdd(page);
  await dialog.getByLabel('Name', { exact: true }).fill('x');
  await page.keyboard.press('Escape');
  const question = dialog.getByRole('alertdialog');
  await expect(question.getByRole('button', { name: 'Keep editing' })).toBeFocused();
  await question.getByRole('button', { name: 'Discard' }).click();
  await expect(dialog).toHaveCount(0);
});

test('the form is drawn in dark and light, at two sizes', async ({ start, folder }, info) => {
  const heron = await start(['--inventory', inventoryOfFirst(folder)]);
  const { page } = heron;
  await expect(row(page, cluster(0).name)).toContainText('Up', { timeout: firstReadingsMs });
  for (const [theme, label] of [
    ['dark', 'Dark'],
    ['light', 'Light'],
  ] as const) {
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('radio', { name: label }).click();
    await page.getByRole('link', { name: 'Clusters' }).click();
    for (const [width, height] of [
      [1280, 800],
      [1920, 1080],
    ] as const) {
      await heron.app.evaluate(
        ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size[0], size[1]),
        [width, height] as [number, number],
      );
      await row(page, cluster(0).name).focus();
      await page.keyboard.press('e');
      const dialog = page.getByRole('dialog', { name: `Edit ${cluster(0).name}` });
      await dialog.getByLabel('Cluster IP address').fill('10.20.17.10');
      await dialog.getByLabel('Cluster IP address').blur();
      await expect(dialog).toContainText(/Outside 10\.20\.16\.0\/24/);
      const box = await dialog.boundingBox();
      expect(box && box.y >= 0 && box.y + box.height <= height).toBe(true);
      await page.screenshot({ path: info.outputPath(`form-${theme}-${width}.png`) });
      await dialog.getByRole('button', { name: /Use 10\.20\.16\./ }).click();
      await expect(dialog.getByLabel('Cluster IP address')).toHaveAttribute('aria-invalid', 'false');
      // The address it had before: nothing is typed any more, so nothing is asked.
      await page.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0);
    }
  }
});
