import { readFileSync, readdirSync } from 'node:fs';
import type { CDPSession, ElectronApplication, Page } from '@playwright/test';

export interface Memory {
  /** Shared pages are split among those who share them: the sum is what the app takes of the machine. */
  pssMb: number;
  rssMb: number;
  processes: number;
}

/** All processes of the app: its own and those below it. */
export function memoryOf(app: ElectronApplication): Memory {
  const pids = descendants(app.process().pid ?? 0);
  let pss = 0;
  let rss = 0;
  for (const pid of pids) {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    pss += kilobytes(rollup, 'Pss');
    rss += kilobytes(rollup, 'Rss');
  }
  return { pssMb: inMb(pss), rssMb: inMb(rss), processes: pids.length };
}

/** A process and all below it. */
export function descendants(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = parentOf(Number(name));
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found: number[] = [];
  const wanted = [root];
  for (let pid = wanted.pop(); pid !== undefined; pid = wanted.pop()) {
    found.push(pid);
    wanted.push(...(children.get(pid) ?? []));
  }
  return found;
}

/** Null: it has just ended. */
function parentOf(pid: number): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return null;
    throw fault;
  }
}

function kilobytes(rollup: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1] ?? Number.NaN);
}

function inMb(kilobytesOfIt: number): number {
  return Math.round((kilobytesOfIt * 1024) / 1e5) / 10;
}

/** Heaps: the page's after a forced collection, the main process's as it is. */
export interface Heaps {
  mainMb: number;
  pageMb: number;
}

export async function heapsOf(app: ElectronApplication, page: CDPSession): Promise<Heaps> {
  await page.send('HeapProfiler.collectGarbage');
  const { usedSize } = await page.send('Runtime.getHeapUsage');
  const main = await app.evaluate(() => process.memoryUsage().heapUsed);
  return { mainMb: main / 1e6, pageMb: usedSize / 1e6 };
}

export function debuggerOf(page: Page): Promise<CDPSession> {
  return page.context().newCDPSession(page);
}
