import { DemoControl } from './support/demo-control';
import { calmDemo, expect, test } from './support/heron';
import { cell, openWall } from './support/wall';

test('a failover is an incident: it is noted, the note is edited, travelled to, and compared with the hour before', async ({
  start,
}) => {
  test.setTimeout(240_000);
  const heron = await start(calmDemo);
  const { page } = heron;
  await openWall(page);
  const activeLb = await cell(page, 'fra-01', 'Active LB');
  const before = /fra-01-\d\d/.exec((await activeLb.textContent()) ?? '')?.[0] ?? '';
  const control = await DemoControl.of(heron);
  await control.cause({ kind: 'lb-dies', cluster: 'fra-01', edge: '@master' });
  await expect(activeLb).not.toContainText(before, { timeout: 30_000 });
  await expect(activeLb).toHaveText(/fra-01-\d\d/, { timeout: 30_000 });
  const after = /fra-01-\d\d/.exec((await activeLb.textContent()) ?? '')?.[0] ?? '';

  await page.getByRole('link', { name: 'Incidents' }).click();
  const line = page.getByRole('table', { name: 'Incidents' }).getByRole('row', { name: /fra-01/ });
  await expect(line).toHaveCount(1, { timeout: 30_000 });
  await expect(line).toContainText('Failover', { timeout: 30_000 });
  await expect(line).toContainText('Nobody');
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

  await incident.getByRole('link', { name: 'Compare' }).click();
  const compared = page.getByRole('article', { name: 'Compare' });
  await expect(compared.getByRole('region', { name: 'The same clusters' })).toContainText(
    'Nobody watched in this time.',
  );
  const moves = compared.getByRole('table', { name: 'Differences' }).getByRole('row', { name: /failbacks/ });
  await expect(moves).toHaveText(/1.*0.*−1/);
  await expect(page.getByText('could not', { exact: false })).toHaveCount(0);
  await compared.getByRole('link', { name: 'Back to the incident' }).click();

  await incident.getByRole('button', { name: 'Travel to its start' }).click();
  await expect(page.getByRole('group', { name: 'Time shown' })).toContainText('PAST');
  const travel = page.getByRole('region', { name: 'Time travel' });
  await page.getByRole('link', { name: 'Clusters' }).click();
  const activeThen = await cell(page, 'fra-01', 'Active LB');
  await expect(async () => {
    await travel.getByRole('button', { name: 'Next event' }).click();
    await expect(activeThen).toContainText(after, { timeout: 2000 });
  }).toPass({ timeout: 40_000 });
  await expect(async () => {
    await travel.getByRole('button', { name: 'One second back' }).click();
    await expect(activeThen).toContainText(before, { timeout: 2000 });
  }).toPass({ timeout: 40_000 });
  await page.locator('body').press('l');
  await expect(activeThen).toContainText(after);
  await page.getByRole('link', { name: 'Incidents' }).click();
  await expect(line.getByRole('cell').last()).toHaveText('1', { timeout: 30_000 });
  await page.getByRole('button', { name: 'By month' }).click();
  await expect(page.getByRole('table', { name: 'Figures by cluster and month' })).toContainText('fra-01');
});
