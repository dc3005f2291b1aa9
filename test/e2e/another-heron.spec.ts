import path from 'node:path';
import { RunningHeron } from '../integration/cli/running-heron';
import { expect, test } from './support/heron';
import { banner, timeShown } from './support/opened-file';
import { startSeparateDemo, type SeparateDemo } from './support/separate-demo';
import { row, rows } from './support/wall';

let demo: SeparateDemo;
let service: RunningHeron | null = null;

test.beforeEach(async ({ folder }) => {
  demo = await startSeparateDemo(folder);
});
test.afterEach(async () => {
  await service?.kill();
  service = null;
  await demo.stop();
});

async function startService(file: string): Promise<RunningHeron> {
  const started = new RunningHeron(['watch', '--inventory', demo.inventoryFile, '--db', file]);
  service = started;
  await started.line(
    'a cluster that is up',
    ({ type, to }) => type === 'cluster-state' && to === 'up',
    60_000,
  );
  return started;
}

test('shows the history that a service is recording as it comes, read-only, and that it has stopped', async ({
  start,
  folder,
}) => {
  test.setTimeout(240_000);
  const file = path.join(folder, 'service.sqlite');
  const first = await startService(file);
  const heron = await start([file]);
  const { page } = heron;

  await expect(banner(page)).toContainText('Watched by another Heron: service.sqlite', { timeout: 30_000 });
  await expect(timeShown(page)).toContainText('LIVE');
  await expect(row(page, 'gru-01')).toContainText('Up');
  await expect(page.getByRole('status').filter({ hasText: 'another Heron records' })).toBeVisible();
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('read-only here');
  await expect(page.getByRole('button', { name: 'Add', exact: true })).toHaveCount(0);

  // What it records appears without being asked for: the fleet falls silent.
  await demo.stop();
  await expect(row(page, 'gru-01')).toContainText('Unknown', { timeout: 60_000 });
  await expect(timeShown(page)).toContainText('LIVE');

  first.signal('SIGTERM');
  await first.ended;
  await expect(timeShown(page)).toContainText('STALLED', { timeout: 60_000 });

  demo = await startSeparateDemo(path.join(folder, 'again'));
  await startService(file);
  await expect(timeShown(page)).toContainText('LIVE', { timeout: 60_000 });
  await expect(row(page, 'gru-01')).toContainText('Up', { timeout: 60_000 });

  await page.getByRole('button', { name: 'Stop watching it' }).click();
  await expect(banner(page)).toHaveCount(0);
  await expect(rows(page)).not.toHaveCount(0);
});
