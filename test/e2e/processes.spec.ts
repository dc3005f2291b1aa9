import { existsSync } from 'node:fs';
import path from 'node:path';
import { ask } from './support/ask';
import { calmDemo, expect, test, type Heron } from './support/heron';

const kills = 8;

/** Null while there is none. */
async function gpuProcess(heron: Heron): Promise<number | null> {
  try {
    return await heron.app.evaluate(
      ({ app }) => app.getAppMetrics().find(({ type }) => type === 'GPU')?.pid ?? null,
    );
  } catch (fault) {
    // Playwright loses an answer now and then; all who call this ask again.
    if (fault instanceof Error && fault.message.includes('promise was garbage collected')) return null;
    throw fault;
  }
}

/** Waits for a GPU process, and kills it. */
async function killGpuProcess(heron: Heron): Promise<void> {
  const found: number[] = [];
  await expect
    .poll(async () => {
      const pid = await gpuProcess(heron);
      if (pid !== null) found.push(pid);
      return found.length;
    })
    .toBeGreaterThan(0);
  const [pid] = found;
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
  await expect.poll(() => gpuProcess(heron)).not.toBe(pid);
}

/** Chromium starts no GPU process where Playwright attaches and there is no GPU, unless it is told what to draw with. */
const withGpuProcess = [...calmDemo, '--use-angle=swiftshader', '--ignore-gpu-blocklist'];

test('the GPU process may be killed eight times in a row: the window draws on, and polling is never interrupted', async ({
  start,
}) => {
  const heron = await start(withGpuProcess);
  const polledMs = async (): Promise<number> => (await ask(heron.page, 'snapshot.get', undefined)).atMs;
  let before = await polledMs();
  for (let kill = 0; kill < kills; kill += 1) await killGpuProcess(heron);
  await expect.poll(() => existsSync(path.join(heron.userData, 'software-rendering.txt'))).toBe(true);
  await expect.poll(polledMs, { timeout: 10_000 }).toBeGreaterThan(before);
  before = await polledMs();
  await expect.poll(polledMs, { timeout: 10_000 }).toBeGreaterThan(before);
  await heron.page.getByRole('link', { name: 'Events' }).click();
  await expect(heron.page.getByRole('heading', { name: 'Events' })).toBeVisible();
  expect((await heron.page.screenshot()).length).toBeGreaterThan(10_000);
  expect(heron.log()).toContain('The GPU process ended');
  const gaps = await ask(heron.page, 'history.gaps', { fromMs: before - 120_000, toMs: before });
  expect(gaps.filter(({ reason }) => reason !== 'not-running')).toEqual([]);
  expect(await heron.quit()).toBe(0);
  // The next start draws in software.
  const again = await start(calmDemo, heron.userData);
  const features = await again.app.evaluate(({ app }) => app.getGPUFeatureStatus().gpu_compositing);
  expect(features).toMatch(/^disabled/);
});
