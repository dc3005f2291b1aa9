import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startFleet, startPackagedApp } from './app/packaged-app';
import { useOf } from './app/process-use';
import { memoryOf } from './ui/memory';

/*
 * `npm run -s bench -- app --json`: what the packaged program costs while nobody touches it, on 10 clusters of 100 edges together. The fleet
 * runs in a process of its own, which does not count.
 */

const fleetSize = { clusters: 10, edges: 100 };

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** How long each figure is measured, and how long the app settles before it. */
    seconds: { type: 'string', default: '30' },
  },
});
const measureMs = Number(values.seconds) * 1000;
const say = (words: string): void => void process.stderr.write(`${words}\n`);

async function bench(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'heron-bench-app-'));
  say('fleet');
  const fleet = await startFleet(path.join(folder, 'demo'), fleetSize);
  const args = ['--user-data', path.join(folder, 'user'), '--inventory', fleet.inventory, 'heron://wall'];
  try {
    const start = () => startPackagedApp(args, fleetSize.clusters, say);
    const cold = await start();
    await cold.app.close();
    say('warm');
    const { app, wallMs: warmMs } = await start();
    const pid = app.process().pid ?? 0;
    await delay(measureMs);
    say('shown');
    const shown = await useOf(pid, measureMs);
    const { pssMb: totalMb, processes } = memoryOf(app);
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
    await delay(5_000);
    say('hidden');
    const hidden = await useOf(pid, measureMs);
    await app.close();
    const result = {
      ...{ ...fleetSize, coldMs: cold.wallMs, warmMs, idleCpuPercent: shown.cpuPercent },
      ...{ hiddenCpuPercent: hidden.cpuPercent, totalMb, wakeupsPerSecond: shown.wakeupsPerSecond },
      ...{ hiddenWakeupsPerSecond: hidden.wakeupsPerSecond, processes, load: os.loadavg()[0] },
    };
    process.stdout.write(`${JSON.stringify(result, null, values.json ? undefined : 2)}\n`);
  } finally {
    fleet.child.kill();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }
}

await bench();
