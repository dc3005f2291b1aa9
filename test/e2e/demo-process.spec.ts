import { DemoControl } from './support/demo-control';
import { calmDemo, expect, test } from './support/heron';
import { listens } from './support/processes';

test('the demo fleet ends with the app, however the app ends', async ({ start, folder }) => {
  test.setTimeout(120_000);
  const polite = await start(calmDemo);
  const { url } = await DemoControl.of(polite);
  await expect.poll(() => listens(url)).toBe(true);
  expect(await polite.quit()).toBe(0);
  expect(await listens(url)).toBe(false);

  const killed = await start(calmDemo, `${folder}/killed`);
  const second = await DemoControl.of(killed);
  expect(await listens(second.url)).toBe(true);
  killed.app.process().kill('SIGKILL');
  await killed.ended;
  await expect.poll(() => listens(second.url), { timeout: 15_000 }).toBe(false);
});

test('a demo fleet that ends by itself is told as that, not as outages, and can be restarted', async ({
  start,
}) => {
  test.setTimeout(150_000);
  const heron = await start(calmDemo);
  const { page } = heron;
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await expect(verdict).toContainText('7 of 7 up', { timeout: 60_000 });
  const pid = await heron.app.evaluate(
    ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Heron demo fleet')?.pid ?? null,
  );
  process.kill(pid ?? -1, 'SIGKILL');

  await expect(verdict).toContainText('Heron sees nothing: the demo fleet ended at', { timeout: 5_000 });
  await expect(page.locator('.own')).toContainText('blind');
  const row = page.locator('[data-row="fra-01"]');
  await expect(row).toContainText('Unknown', { timeout: 15_000 });
  await expect(page.getByRole('grid', { name: 'Clusters' })).not.toContainText('Down');

  await page.getByRole('button', { name: 'Restart demo fleet' }).click();
  await expect(verdict).toContainText('7 of 7 up', { timeout: 60_000 });
  await expect(page.getByRole('group', { name: 'States' })).not.toContainText('Unknown');
});
