import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { descendants } from '../ui/memory';

/** Of a process tree over a time. */
export interface ProcessUse {
  /** Of one core. */
  cpuPercent: number;
  /** Times that a thread was given the processor. */
  wakeupsPerSecond: number;
}

/** Clock ticks of /proc/PID/stat in a second: USER_HZ, which is 100 on every Linux that Electron runs on. */
const ticksPerSecond = 100;

interface Counted {
  ticks: number;
  switches: number;
}

/** What a process and all below it use for so long. Processes that begin or end meanwhile are left out. */
export async function useOf(root: number, durationMs: number): Promise<ProcessUse> {
  const before = countedOf(root);
  const startedMs = performance.now();
  await delay(durationMs);
  const after = countedOf(root);
  const seconds = (performance.now() - startedMs) / 1000;
  let [ticks, switches] = [0, 0];
  for (const [pid, now] of after) {
    const then = before.get(pid);
    if (!then) continue;
    ticks += now.ticks - then.ticks;
    switches += Math.max(0, now.switches - then.switches);
  }
  return {
    cpuPercent: Math.round((ticks / ticksPerSecond / seconds) * 1000) / 10,
    wakeupsPerSecond: Math.round(switches / seconds),
  };
}

function countedOf(root: number): Map<number, Counted> {
  return new Map(descendants(root).map((pid) => [pid, { ticks: ticksOf(pid), switches: switchesOf(pid) }]));
}

/** User and system time: fields 14 and 15 of proc(5), counted after the name, which may hold spaces. */
function ticksOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

function switchesOf(pid: number): number {
  let sum = 0;
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    const status = readFileSync(`/proc/${pid}/task/${task}/status`, 'utf8');
    sum += Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(status)?.[1] ?? 0);
  }
  return sum;
}
