import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication } from '@playwright/test';
import { z } from 'zod';
import { planFleet } from '../../../demo/fleet/plan';

const launchAttempts = 4;

export interface FleetSize {
  clusters: number;
  /** All members together, without the standalone edge that comes with each fleet. */
  edges: number;
}

/** The seed of a fleet that has just so many edges. */
function seedOfFleet({ clusters, edges }: FleetSize): number {
  for (let seed = 1; seed < 100_000; seed += 1) {
    const members = planFleet(seed, clusters).reduce((sum, plan) => sum + plan.edges.length, 0);
    if (members === edges) return seed;
  }
  throw new Error(`No fleet of ${clusters} clusters has ${edges} edges.`);
}

const readySchema = z.object({ type: z.literal('demo-ready'), inventory: z.string() });

/** Starts a demo fleet of that size without faults in a process of its own, with its files in `folder`. */
export async function startFleet(
  folder: string,
  size: FleetSize,
): Promise<{ child: ChildProcess; inventory: string }> {
  const cli = fileURLToPath(new URL('../cli/heron.js', import.meta.url));
  const fleet = [
    '--clusters',
    String(size.clusters),
    '--seed',
    String(seedOfFleet(size)),
    '--script',
    'none',
  ];
  const child = spawn(process.execPath, [cli, 'demo', '--dir', folder, ...fleet], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const ready = readySchema.safeParse(JSON.parse(line));
    if (ready.success) return { child, inventory: ready.data.inventory };
  }
  throw new Error('The fleet ended before it was ready.');
}

export interface StartedPackage {
  app: ElectronApplication;
  /** From the start of the program to the first painted wall with every cluster. */
  wallMs: number;
}

/**
 * Starts the packaged program and waits for its wall of so many clusters. Playwright misses the page of a packaged app about once in twenty
 * starts: such a start is repeated.
 */
export async function startPackagedApp(
  args: string[],
  clusters: number,
  say: (words: string) => void,
): Promise<StartedPackage> {
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
