import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { tryCommand } from './system-command';

/** A process that runs in one of the lab's network namespaces. */
export interface LabProcess {
  /** Its number for the whole machine. */
  pid: number;
  /** Its number inside the edge: 1 is the process that holds the edge up. */
  innerPid: number;
  /** Empty for a process that has ended and waits to be reaped. */
  command: string[];
  name: string;
}

/** What runs in a network namespace. Empty when there is no such namespace. */
export async function processesIn(namespace: string): Promise<LabProcess[]> {
  const { code, stdout } = await tryCommand('ip', ['netns', 'pids', namespace]);
  if (code !== 0) return [];
  return stdout.split('\n').flatMap((line) => {
    const found = line.trim() === '' ? null : describeProcess(Number(line));
    return found === null ? [] : [found];
  });
}

/** Sends a signal to each; one that has just ended is left alone. */
export function signalAll(processes: LabProcess[], signal: NodeJS.Signals): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** Kills everything in a namespace and waits until it is gone, at most `deadlineMs`. */
export async function killAllIn(namespace: string, deadlineMs = 5000): Promise<void> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    const left = await processesIn(namespace);
    if (left.length === 0) return;
    if (performance.now() > end) {
      throw new Error(
        `${left.length} processes in ${namespace} do not end: ${left.map((p) => p.pid).join(' ')}`,
      );
    }
    signalAll(left, 'SIGKILL');
    await delay(20);
  }
}

/** All processes of the machine that a folder is named in the command line of: what a lab may have left behind. */
export function processesNaming(text: string): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter(
      (pid) => pid !== process.pid && describeProcess(pid)?.command.some((word) => word.includes(text)),
    );
}

function describeProcess(pid: number): LabProcess | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const inner = /^NSpid:.*?(\d+)$/m.exec(status)?.[1];
    const name = /^Name:\t(.*)$/m.exec(status)?.[1] ?? '';
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
    return { pid, innerPid: Number(inner ?? pid), command, name };
  } catch {
    // It ended while it was being looked at.
    return null;
  }
}
