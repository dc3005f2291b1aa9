import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { watchHours } from '../fixtures/history/monitored-hours';
import { noonMs } from '../fixtures/history/history-entries';
import { violationsIn } from './support/axe';
import { DemoControl } from './support/demo-control';
import { calmDemo, expect, test } from './support/heron';
import { firstReadingsMs, openWall } from './support/wall';

function edgePage(page: Page, name: string): Locator {
  return page.getByRole('article', { name: `Edge ${name}` });
}

test('an edge has a page with its metrics over time, reached by key and by click, with a table behind the charts', async ({
  start,
}) => {
  test.setTimeout(180_000);
  const heron = await start(calmDemo);
  const { page } = heron;
  await openWall(page);

  // By keyboard: the palette leads to the edge.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('gru-01-02');
  await expect(page.getByRole('option').first()).toContainText('gru-01-02');
  await page.keyboard.press('Enter');
  await expect(edgePage(page, 'gru-01-02')).toBeVisible();
  await page.keyboard.press('Escape');
  const cluster = page.getByRole('article', { name: 'Cluster gru-01' });
  await expect(cluster).toBeVisible();
  const charts = cluster.getByRole('region', { name: 'Throughput and CPU' });
  await expect(charts.getByRole('img', { name: /^Throughput, last 30 min/ })).toBeVisible();
  await charts.getByRole('radio', { name: 'Each edge' }).click();
  await expect(charts.getByRole('img', { name: /^Out, each edge/ })).toBeVisible();
  expect(await violationsIn(page, 'cluster page')).toEqual([]);

  // By click: the row of the edge, and the diagram.
  await cluster.getByRole('row', { name: /gru-01-03/ }).click();
  const edge = edgePage(page, 'gru-01-03');
  await expect(edge).toBeVisible();
  const overTime = edge.getByRole('region', { name: 'Over time' });
  for (const name of ['Throughput', 'CPU, swap', 'Sessions', 'Answer time', 'Polls lost'])
    await expect(overTime.getByRole('img', { name: new RegExp(`^${name}, last 30 min`) })).toBeVisible();
  await expect(overTime.getByRole('list', { name: 'LB role over time' })).toContainText(/BACKUP|MASTER/);
  await expect(edge.getByRole('region', { name: 'Sources' })).toContainText(/SNMP.*s ago/);
  await expect(edge.getByRole('region', { name: 'The other edges' })).toContainText('CPU');
  expect(await violationsIn(page, 'edge page')).toEqual([]);

  await overTime.getByRole('button', { name: 'Show as table' }).click();
  const table = overTime.getByRole('region', { name: 'Over time, as a table' });
  await expect(table.getByRole('columnheader', { name: /^Out Mb\/s$/ })).toBeVisible();
  await expect(table.getByRole('row', { name: /^Peak/ })).toContainText(/\d %/);
  // Before the first reading nothing was monitored: that is said, not drawn as zero.
  await expect(table.getByRole('row').last()).toContainText('not monitored');
  expect(await violationsIn(page, 'edge page, as a table')).toEqual([]);
  await overTime.getByRole('button', { name: 'Show as chart' }).click();

  const raw = edge.getByText('Raw objects', { exact: true });
  await raw.click();
  await expect(edge.getByRole('region', { name: 'Raw objects' })).toContainText('1.3.6.1.2.1.6.9');

  // j and k go through the edges of the cluster.
  await page.locator('body').press('j');
  await expect(edgePage(page, 'gru-01-04')).toBeVisible();
  await page.locator('body').press('k');
  await expect(edge).toBeVisible();

  // An edge that no longer answers has no last values, and its charts end with its last reading.
  const control = await DemoControl.of(heron);
  await control.cause({ kind: 'edge-dies', cluster: 'gru-01', edge: 'gru-01-03' });
  await expect(edge.getByText('Down.', { exact: true })).toBeVisible({ timeout: firstReadingsMs });
  // Five minutes, so that there is room for words.
  await page.keyboard.press('t');
  await page.keyboard.press('+');
  await expect(overTime.getByText(/^No answer, /)).toBeVisible({ timeout: firstReadingsMs });
  await expect(overTime.getByText('– out', { exact: true })).toBeVisible();
  await expect(edge.getByRole('region', { name: 'Findings' })).not.toContainText('Nothing to report');
  await expect(overTime.getByRole('list', { name: 'Health over time' })).toContainText('Down');

  // In the past it is as it was then.
  await page.evaluate(() => {
    location.hash = `#/edge/gru-01/gru-01-03?t=${Date.now() - 20_000}`;
  });
  await expect(page.getByText('PAST', { exact: true })).toBeVisible();
  await expect(edge.getByRole('region', { name: 'Sources' })).toContainText(
    'The history stores states and metrics',
  );
  await page.locator('body').press('l');
  await expect(page.getByText('LIVE', { exact: true })).toBeVisible();
});

test('the page of an edge in an opened file has its metrics, with steps as long as its polls are apart', async ({
  start,
  folder,
}) => {
  const file = path.join(folder, 'history.sqlite');
  // Polls every minute.
  watchHours(file, 3, null);
  const { page } = await start([file]);
  await expect(page.getByRole('region', { name: 'Open file' })).toBeVisible({ timeout: 20_000 });
  await page.evaluate((atMs) => {
    location.hash = `#/edge/fra-01/fra-01-01?t=${atMs}`;
  }, noonMs + 7_200_000);
  const edge = edgePage(page, 'fra-01-01');
  const overTime = edge.getByRole('region', { name: 'Over time' });
  await expect(overTime.getByRole('img', { name: /^Throughput/ })).toBeVisible();
  await expect(overTime).toContainText('2 min steps');
  await overTime.getByRole('button', { name: 'Show as table' }).click();
  const table = overTime.getByRole('region', { name: 'Over time, as a table' });
  await expect(table.getByRole('row', { name: /^Peak/ })).toContainText('9');
  await expect(table).not.toContainText('not monitored');
  await expect(table).not.toContainText('unknown');
  await expect(edge.getByRole('region', { name: 'Sources' })).toContainText('The history stores states');
  await expect(edge.getByText('only of the running monitor')).toBeVisible();
});
