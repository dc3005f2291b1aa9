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
