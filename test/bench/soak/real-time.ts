import { readdirSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startFleet, startPackagedApp } from '../app/packaged-app';
import { descendants } from '../ui/memory';
import { sizeOf, type ProcessSize } from './process-size';

/** All processes of the packaged program at one moment, and its user data. */
export interface Moment extends ProcessSize {
  /** Since the first measurement. */
  atHours: number;
  processes: number;
  fileMb: number;
  load: number;
}

const sampleMs = 60_000;
/** The first round of polls, the first charts and V8's first collections are over by then. */
const settleMs = 120_000;
const fleetSize = { clusters: 10, edges: 100 };

/** Runs the packaged program on a demo fleet in real time, untouched, for so many minutes, and measures it each minute. */
export async function runRealTime(
  { minutes, folder }: { minutes: number; folder: string },
  say: (words: string) => void,
): Promise<Moment[]> {
  const fleet = await startFleet(path.join(folder, 'demo'), fleetSize);
  const userData = path.join(folder, 'user');
  try {
    const args = ['--user-data', userData, '--inventory', fleet.inventory, 'heron://wall'];
    const { app } = await startPackagedApp(args, fleetSize.clusters, say);
    try {
      await wait(settleMs);
      const startedMs = performance.now();
      const moments: Moment[] = [];
      for (let minute = 0; minute <= minutes; minute += 1) {
        await wait(Math.max(0, startedMs + minute * sampleMs - performance.now()));
        const pids = descendants(app.process().pid ?? 0);
        moments.push({
          atHours: (performance.now() - startedMs) / 3_600_000,
          processes: pids.length,
          ...sizeOf(pids),
          fileMb: historyMb(userData),
          load: os.loadavg()[0] ?? Number.NaN,
        });
      }
      return moments;
    } finally {
      await app.close();
    }
  } finally {
    fleet.child.kill();
  }
}

/** The history with its write-ahead log, wherever it is in the user data. */
function historyMb(userData: string): number {
  const names = readdirSync(userData, { recursive: true, encoding: 'utf8' });
  const its = names.filter((name) => path.basename(name).startsWith('history.sqlite'));
  return its.reduce((sum, name) => sum + statSync(path.join(userData, name)).size, 0) / 1e6;
}
