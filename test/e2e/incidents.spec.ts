import path from 'node:path';
import { inspectFile } from '../../db/extract/inspect-file';
import { DemoControl } from './support/demo-control';
import { calmDemo, expect, test } from './support/heron';
import { saveAs, timeShown, watchedFor } from './support/opened-file';
import { bracketHolds, findFailover } from './support/timeline';
import { cell, openWall, row } from './support/wall';

test('a failover is drawn on the cluster’s page, found on the timeline with the truth in its bracket, an incident that is noted, travelled to, compared', async ({
  start,
  folder,
}) => {
  test.setTimeout(240_000);
  const heron = await start(calmDemo);
  const { page } = heron;
  await openWall(page);
  await watchedFor(page, 8000);
  const control = await DemoControl.of(heron);
  const travel = page.getByRole('region', { name: 'Time travel' });
  let [before, after] = ['', ''];

  await test.step('the cluster’s own page draws who serves its users, and the change when the active LB is killed', async () => {
    await row(page, 'fra-01').click();
    await page.getByRole('link', { name: 'Open page' }).click();
    const cluster = page.getByRole('article', { name: 'Cluster fra-01' });
    const picture = cluster.getByRole('img', { name: /held by the LB of fra-01-\d\d/ });
    await expect(picture).toBeVisible();
    before = /fra-01-\d\d/.exec((await picture.getAttribute('aria-label')) ?? '')?.[0] ?? '';
    expect(before).not.toBe('');
    await expect(cluster.getByRole('table').first()).toContainText('fra-01-08');

    await control.cause({ kind: 'lb-dies', cluster: 'fra-01', edge: '@master' });
    const drawing = cluster.getByRole('img', { name: /^Users reach/ });
    const another = new RegExp(`held by the LB of (fra-01-(?!${before.slice(-2)})\\d\\d),`);
    await expect(drawing).toHaveAccessibleName(another, { timeout: 30_000 });
    after = another.exec((await drawing.getAttribute('aria-label')) ?? '')?.[1] ?? '';
    await expect(cluster.locator('figcaption')).toContainText('previous holder');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('grid', { name: 'Clusters' })).toBeVisible();
    await expect(page.getByRole('complementary', { name: 'Details of fra-01' })).toBeVisible();
    await page.keyboard.press('Escape');
  });
  const activeLb = await cell(page, 'fra-01', 'Active LB');
  await expect(activeLb).toContainText(after);
  await expect.poll(async () => (await control.failovers('fra-01')).length, { timeout: 15_000 }).toBe(1);
  const [truth] = await control.failovers('fra-01');
  expect(truth).toMatchObject({ from: before, to: after });

  await test.step('the timeline: its bracket holds the truth, and leads to that second', async () => {
    const event = await findFailover(page, before, after);
    const shown = await bracketHolds(event, truth!);
    await page
      .getByRole('button', { name: /fra-01/ })
      .first()
      .click();
    await expect(page.getByText('LB role').first()).toBeVisible();
    await event.getByRole('button', { name: 'Travel here' }).click();
    await expect(timeShown(page)).toContainText('PAST');
    await page.getByRole('link', { name: 'Clusters' }).click();
    await expect(activeLb).toContainText(after);
    const seconds = Math.ceil((shown.firstNewMs - shown.lastOldMs) / 1000) + 4;
    for (let step = 0; step < seconds; step += 1)
      await travel.getByRole('button', { name: 'One second back' }).click();
    await expect(activeLb).toContainText(before);
    await travel.getByRole('button', { name: 'Next event' }).click();
    await expect(timeShown(page)).toContainText('PAST');
    await page.locator('body').press('l');
    await expect(timeShown(page)).toContainText('LIVE');
    await expect(activeLb).toContainText(after);
  });

  await page.getByRole('link', { name: 'Incidents' }).click();
  const line = page.getByRole('table', { name: 'Incidents' }).getByRole('row', { name: /fra-01/ });
  await expect(line).toHaveCount(1, { timeout: 30_000 });
  await expect(line).toContainText('Failover', { timeout: 30_000 });
  await expect(line.getByRole('cell').nth(5)).toHaveText('No');
  await line.getByRole('link', { name: 'Failover' }).click();
  const incident = page.getByRole('article', { name: 'Failover in fra-01' });
  await expect(incident.getByRole('region', { name: 'Its events' })).toContainText(
    `Failover, ${before} to ${after}`,
  );
  await expect(incident.getByRole('figure', { name: 'Timeline of Failover in fra-01' })).toBeVisible();
  await expect(incident).toContainText('To take over');

  await incident.getByRole('button', { name: 'Add note' }).click();
  const form = page.getByRole('dialog', { name: 'Add a note' });
  await form.getByLabel('Note').fill('esx-fra-14 lost its uplinks.');
  await form.getByLabel('Your name').fill('EU desk');
  await form.getByRole('button', { name: 'Save note' }).click();
  const notes = incident.getByRole('list', { name: 'Notes' });
  await expect(notes).toContainText('esx-fra-14 lost its uplinks.', { timeout: 10_000 });
  await expect(notes).toContainText('EU desk');
  await notes.getByRole('button', { name: 'Edit' }).click();
  const edit = page.getByRole('dialog', { name: 'Edit the note' });
  await expect(edit.getByLabel('Your name')).toHaveValue('EU desk');
  await edit.getByLabel('Note').fill('The network team has it, ticket NET-20817.');
  await edit.getByRole('button', { name: 'Save note' }).click();
  await expect(notes).toContainText('NET-20817', { timeout: 10_000 });
  await notes.getByText('1 earlier version').click();
  await expect(notes.getByText('esx-fra-14 lost its uplinks.')).toBeVisible();

  const file = path.join(folder, 'fra-01.heron');
  await saveAs(heron, file);
  await incident.getByRole('button', { name: 'Save incident file' }).click();
  await expect(incident.getByText(`Saved as ${file}`)).toBeVisible({ timeout: 20_000 });
  expect(inspectFile(file)).toMatchObject({ extract: { redacted: false, clusters: 1 } });

  await incident.getByRole('link', { name: 'Compare' }).click();
  const compared = page.getByRole('article', { name: 'Compare' });
  await expect(compared.getByRole('region', { name: 'The same clusters' })).toContainText(
    'Not monitored in this time.',
  );
  const moves = compared.getByRole('table', { name: 'Differences' }).getByRole('row', { name: /failbacks/ });
  await expect(moves).toHaveText(/1.*0.*−1/);
  await expect(page.getByText('could not', { exact: false })).toHaveCount(0);
  await compared.getByRole('link', { name: 'Back to the incident' }).click();

  await incident.getByRole('button', { name: 'Travel to its start' }).click();
  await expect(page.getByRole('group', { name: 'Time shown' })).toContainText('PAST');
  await page.getByRole('link', { name: 'Clusters' }).click();
  await expect(async () => {
    await travel.getByRole('button', { name: 'Next event' }).click();
    await expect(activeLb).toContainText(after, { timeout: 2000 });
  }).toPass({ timeout: 40_000 });
  await expect(async () => {
    await travel.getByRole('button', { name: 'One second back' }).click();
    await expect(activeLb).toContainText(before, { timeout: 2000 });
  }).toPass({ timeout: 40_000 });
  await page.locator('body').press('l');
  await expect(activeLb).toContainText(after);
  await page.getByRole('link', { name: 'Incidents' }).click();
  await expect(line.getByRole('cell').last()).toHaveText('1', { timeout: 30_000 });
  await page.getByRole('button', { name: 'By month' }).click();
  await expect(page.getByRole('table', { name: 'Metrics by cluster and month' })).toContainText('fra-01');
});
