import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkInventory } from '../../domain/inventory/inventory-rules';
import { identifyInventory } from '../../domain/inventory/inventory';
import { readFileSync } from 'node:fs';
import { madeRequest } from '../fixtures/fuzz/made-request';
import { fuzzInputs, fuzzShares, random } from '../fixtures/fuzz/mutate';
import { reportFuzz } from '../fixtures/fuzz/run-fuzz';
import { ask } from './support/ask';
import { exampleInventory, expect, test } from './support/heron';

const rawRequests = path.join(path.dirname(fileURLToPath(import.meta.url)), 'support', 'raw-requests.cjs');
const perCall = 200;

interface Ends {
  answered: number;
  refused: number;
  rejected: number;
  notSent: number;
  faults: string[];
}

/** These end the session that the test needs, or change the whole screen. */
const leftOut = /"name":"(demo\.start|window\.fullScreen|inventory\.|password\.|file\.)/;

test('a page that sends anything on any channel ends no process, and polling goes on', async ({ start }) => {
  test.setTimeout(600_000);
  process.env['FC_SEED'] ??= '1';
  const heron = await start(['--inventory', exampleInventory]);
  const processes = (): Promise<number[]> =>
    heron.app.evaluate(({ app }) =>
      app
        .getAppMetrics()
        .map(({ pid }) => pid)
        .sort(),
    );
  await heron.app.evaluate(({ dialog, session }, file) => {
    // Nobody sits before the dialogs.
    dialog.showSaveDialog = () => Promise.resolve({ canceled: true, filePath: '' });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: true, filePaths: [] });
    session.defaultSession.setPreloads([file]);
  }, rawRequests);
  await heron.page.reload();
  await heron.page.waitForFunction(() => 'sendRaw' in globalThis);
  const before = await processes();
  const { atMs } = await ask(heron.page, 'snapshot.get', undefined);

  const checked = checkInventory(readFileSync(exampleInventory, 'utf8'));
  if (!checked.ok) throw new Error('The example inventory is refused.');
  const make = madeRequest(identifyInventory(checked.file, null), [heron.userData, '/dev/zero']);
  const dice = random(99);
  const inputs = fuzzInputs(fuzzShares.requestsOfPage);
  const all: Ends = { answered: 0, refused: 0, rejected: 0, notSent: 0, faults: [] };
  for (let sent = 0; sent < inputs; sent += perCall) {
    const texts = Array.from({ length: perCall }, () => make(dice).text).filter(
      (text) => typeof text === 'string' && !leftOut.test(text),
    );
    const ends = await heron.page.evaluate(
      ([seed, count, given]) =>
        (
          globalThis as unknown as { sendRaw(seed: number, count: number, texts: unknown[]): Promise<Ends> }
        ).sendRaw(seed, count, given),
      [Math.floor(dice() * 2 ** 31), Math.min(perCall, inputs - sent), texts] as const,
    );
    for (const key of ['answered', 'refused', 'rejected', 'notSent'] as const) all[key] += ends[key];
    all.faults.push(...ends.faults);
  }
  const gone = before.filter((pid) => !isRunning(pid));
  reportFuzz('page', { inputs, crashes: all.faults.length + gone.length });
  expect(all.faults).toEqual([]);
  expect(gone).toEqual([]);
  expect(Math.min(all.answered, all.refused, all.rejected)).toBeGreaterThan(0);
  await expect
    .poll(async () => (await ask(heron.page, 'snapshot.get', undefined)).atMs)
    .toBeGreaterThan(atMs);
  expect(heron.log()).not.toMatch(/Uncaught|unhandled/i);
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
