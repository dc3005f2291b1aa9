import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { _electron, type ElectronApplication } from '@playwright/test';
import { z } from 'zod';
import { planFleet } from '../../demo/fleet/plan';
import { useOf } from './app/process-use';
import { memoryOf } from './ui/memory';

/*
 * `npm run -s bench -- app --json`: what the packaged program costs while nobody touches it, on 10 clusters of 100 edges together. The fleet
 * runs in a process of its own, which does not count.
 */

const clusters = 10;
const edges = 100;
const launchAttempts = 4;

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** How long each figure is measured, and how long the app settles before it. */
    seconds: { type: 'string', default: '30' },
  },
});
const measureMs = Number(values.seconds) * 1000;
const say = (words: string): void => void process.stderr.write(`${words}\n`);

/** The seed of a fleet that has just so many edges. */
function seedOfFleet(): number {
  for (let seed = 1; seed < 100_000; seed += 1) {
    const members = planFleet(seed, clusters).reduce((sum, plan) => sum + plan.edges.length, 0);
    if (members === edges) return seed;
  }
  throw new Error(`No fleet of ${clusters} clusters has ${edges} edges.`);
}

const readySchema = z.object({ type: z.literal('demo-ready'), inventory: z.string() });

async function startFleet(folder: string): Promise<{ child: ChildProcess; inventory: string }> {
  const cli = fileURLToPath(new URL('../cli/heron.js', import.meta.url));
  const fleet = ['--clusters', String(clusters), '--seed', String(seedOfFleet()), '--script', 'none'];
  const child = spawn(process.execPath, [cli, 'demo', '--dir', folder, ...fleet], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const ready = readySchema.safeParse(JSON.parse(line));
    if (ready.success) return { child, inventory: ready.data.inventory };
  }
  throw new Error('The fleet ended before it was ready.');
}

interface Started {
  app: ElectronApplication;
  /** From the start of the program to the first painted wall with every cluster. */
  wallMs: number;
}

/** Playwright misses the page of a packaged app about once in twenty starts: such a start is repeated. */
async function startApp(args: string[]): Promise<Started> {
  const executablePath = process.env['HERON_PACKAGED_APP'];
  if (!executablePath) throw new Error('HERON_PACKAGED_APP does not name the packaged program.');
  const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  for (let attempt = 1; ; attempt += 1) {
    const startedMs = Date.now();
    try {
      const app = await _electron.launch({ executablePath, args: [...sandbox, ...args], timeout: 60_000 });
      const page = await app.firstWindow();
      await page.waitForFunction(
        (count) => document.querySelectorAll('.wall [data-cluster]').length >= count,
        clusters,
        { polling: 'raf' },
      );
      return { app, wallMs: Date.now() - startedMs };
    } catch (fault) {
      if (attempt === launchAttempts) throw fault;
      say('started again');
    }
  }
}

async function bench(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'heron-bench-app-'));
  say('fleet');
  const fleet = await startFleet(path.join(folder, 'demo'));
  const args = ['--user-data', path.join(folder, 'user'), '--inventory', fleet.inventory, 'heron://wall'];
  try {
    const cold = await startApp(args);
    await cold.app.close();
    say('warm');
    const { app, wallMs: warmMs } = await startApp(args);
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
      ...{ clusters, edges, coldMs: cold.wallMs, warmMs, idleCpuPercent: shown.cpuPercent },
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
