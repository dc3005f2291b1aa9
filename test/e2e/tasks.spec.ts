import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect as baseExpect, type Locator, type Page } from '@playwright/test';
import { inspectFile } from '../../db/extract/inspect-file';
import { DemoControl } from './support/demo-control';
import { calmDemo, expect, test, type Heron } from './support/heron';
import { saveAs, watchedFor } from './support/opened-file';
import { textOf } from './support/report-picture';
import { cell, firstReadingsMs, openWall, row } from './support/wall';

const mostSteps = 3;

/** What a person does, one key chord, one typed text or one click a step; a fourth fails. */
class Steps {
  readonly done: string[] = [];
  constructor(private readonly page: Page) {}

  async press(keys: string): Promise<void> {
    this.count(keys);
    await this.page.keyboard.press(keys);
  }

  async type(text: string): Promise<void> {
    this.count(`"${text}"`);
    await this.page.keyboard.type(text);
  }

  async click(target: Locator, options?: Parameters<Locator['click']>[0]): Promise<void> {
    this.count(`click ${String(target)}`);
    await target.click(options);
  }

  private count(step: string): void {
    this.done.push(step);
    baseExpect(this.done.length, this.done.join(', ')).toBeLessThanOrEqual(mostSteps);
  }
}

async function palette(page: Page, typed: string, title: RegExp): Promise<void> {
  const steps = new Steps(page);
  await steps.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Command palette' }).locator('input:focus')).toBeVisible();
  await steps.type(typed);
  await expect(page.getByRole('option').first()).toContainText(title);
  await steps.press('Enter');
}

/** Back to the table of the present, where each task begins. */
async function home(page: Page): Promise<void> {
  await page.evaluate(() => {
    location.hash = '#/clusters';
  });
  await expect(page.getByRole('grid', { name: 'Clusters' })).toBeVisible();
  await page.locator('body').press('l');
  await expect(page.getByRole('group', { name: 'Time shown' })).toContainText('LIVE');
}

/** A Heron that saw the active LB of fra-01 stop: its name before and after, and a time at which it was the former. */
async function afterFailover(heron: Heron) {
  const { page } = heron;
  await openWall(page);
  await watchedFor(page, 8000);
  const activeLb = await cell(page, 'fra-01', 'Active LB');
  await expect(activeLb).toHaveText(/fra-01-\d\d/, { timeout: firstReadingsMs });
  const name = async () => /fra-01-\d\d/.exec((await activeLb.textContent()) ?? '')?.[0] ?? '';
  const before = await name();
  const atMs = Date.now();
  const control = await DemoControl.of(heron);
  await control.cause({ kind: 'lb-dies', cluster: 'fra-01', edge: '@master' });
  await expect(await cell(page, 'fra-01', 'Last failover')).toHaveText(/ago/, { timeout: 60_000 });
  await expect.poll(name).not.toBe(before);
  return { before, at: new Date(atMs).toISOString().slice(11, 19) };
}

test('who was active at a time, what cut users off, a report for one customer, an incident handed over: three steps each', async ({
  start,
  folder,
}) => {
  test.setTimeout(240_000);
  const heron = await start(calmDemo);
  const { page } = heron;
  const { before, at } = await afterFailover(heron);
  const cluster = page.getByRole('article', { name: 'Cluster fra-01' });
  const incident = page.getByRole('article', { name: /^Failover in fra-01/ });
  const incidents = page.getByRole('table', { name: 'Incidents' });

  await test.step('who was active at T, by keyboard', async () => {
    await palette(page, `fra-01 ${at}`, /^fra-01 at /);
    await expect(page.getByRole('group', { name: 'Time shown' })).toContainText('PAST');
    await expect(
      cluster.getByRole('img', { name: new RegExp(`held by the LB of ${before},`) }),
    ).toBeVisible();
    await home(page);
  });
  await test.step('who was active at T, by mouse', async () => {
    const steps = new Steps(page);
    await steps.click(page.getByTitle('Go to a time'));
    await steps.type(at);
    await steps.press('Enter');
    await expect(await cell(page, 'fra-01', 'Active LB')).toContainText(before);
    await home(page);
  });

  await test.step('what cut users off last night, by keyboard', async () => {
    await palette(page, 'last night', /What cut users off last night/);
    await expect(incidents.getByRole('row', { name: /fra-01/ })).toContainText('Failover');
    await expect(page.getByRole('button', { name: 'Users cut off' })).toHaveAttribute('aria-pressed', 'true');
    await home(page);
  });
  await test.step('what cut users off last night, by mouse', async () => {
    const steps = new Steps(page);
    await steps.click(page.getByRole('link', { name: 'Incidents' }));
    await steps.click(page.getByRole('button', { name: /^\d+ Users cut off/ }));
    await steps.click(page.getByRole('button', { name: 'Since yesterday 18:00' }));
    await expect(incidents.getByRole('row', { name: /fra-01/ })).toContainText('Failover');
    await home(page);
  });

  await test.step('a report for one customer, by keyboard', async () => {
    const file = path.join(folder, 'keyboard.pdf');
    await saveAs(heron, file);
    await palette(page, 'pdf fra-01', /Save a report on fra-01 as PDF/);
    const dialog = page.getByRole('dialog', { name: 'Report' });
    await expect(dialog).toContainText(`Saved as ${file}`, { timeout: 60_000 });
    const text = textOf(file);
    expect(text).toContain('fra-01');
    expect(text).not.toContain('lhr-01');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });
  await test.step('a report for one customer, by mouse', async () => {
    const file = path.join(folder, 'mouse.pdf');
    await saveAs(heron, file);
    const steps = new Steps(page);
    await steps.click(row(page, 'fra-01'), { button: 'right' });
    await steps.click(page.getByRole('menuitem', { name: 'Report…' }));
    const dialog = page.getByRole('dialog', { name: 'Report' });
    await steps.click(dialog.getByRole('button', { name: 'Save as PDF' }));
    await expect(dialog).toContainText(`Saved as ${file}`, { timeout: 60_000 });
    expect(textOf(file)).not.toContain('lhr-01');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  await test.step('an incident handed over, by keyboard', async () => {
    const file = path.join(folder, 'keyboard.heron');
    await saveAs(heron, file);
    await palette(page, 'hand over fra-01', /Hand over the last incident of fra-01/);
    await expect(incident.getByText(`Saved as ${file}`)).toBeVisible({ timeout: 30_000 });
    expect(inspectFile(file)).toMatchObject({ extract: { clusters: 1 } });
    await home(page);
  });
  await test.step('an incident handed over, by mouse', async () => {
    const file = path.join(folder, 'mouse.heron');
    await saveAs(heron, file);
    const steps = new Steps(page);
    await steps.click(page.getByRole('link', { name: 'Incidents' }));
    // Anywhere in the row.
    await steps.click(
      incidents
        .getByRole('row', { name: /fra-01/ })
        .getByRole('cell')
        .first(),
    );
    await steps.click(incident.getByRole('button', { name: 'Save incident file' }));
    await expect(incident.getByText(`Saved as ${file}`)).toBeVisible({ timeout: 30_000 });
    expect(existsSync(file)).toBe(true);
  });
});

test('the imbalanced edge of 16 is found in three steps', async ({ start }) => {
  test.setTimeout(300_000);
  const heron = await start(calmDemo);
  const { page } = heron;
  await openWall(page);
  await watchedFor(page, 8000);
  const control = await DemoControl.of(heron);
  const [edge = ''] = await control.cause({ kind: 'imbalance', cluster: 'iad-01', edge: '@backup' });
  expect(edge).toMatch(/^iad-01-\d\d$/);
  await expect(row(page, 'iad-01')).toContainText(edge, { timeout: 180_000 });
  const edgePage = page.getByRole('article', { name: `Edge ${edge}` });

  await test.step('by mouse', async () => {
    const steps = new Steps(page);
    await steps.click(row(page, 'iad-01'));
    const pane = page.getByRole('complementary', { name: 'Details of iad-01' });
    await expect(pane).toContainText(edge);
    await steps.click(pane.getByRole('row', { name: new RegExp(edge) }));
    await expect(edgePage).toBeVisible();
    await home(page);
  });
  await test.step('by keyboard', async () => {
    await palette(page, 'uneven', new RegExp(edge));
    await expect(edgePage).toBeVisible();
  });
});
