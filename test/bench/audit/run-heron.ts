import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** How often the memory of the processes is read. */
const memoryIntervalMs = 100;

export interface HeronRun {
  ms: number;
  /** The most memory that the command and the process that reads the file had together; null where /proc is not there. */
  rssMb: number | null;
}

/** Runs the built command to its end. @throws Error when it fails */
export async function runHeron(heron: URL, args: readonly string[]): Promise<HeronRun> {
  const startMs = performance.now();
  const child = spawn(process.execPath, [fileURLToPath(heron), ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, treeKb(child.pid ?? 0))), memoryIntervalMs);
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`heron ${args.join(' ')} ended with ${String(code)}: ${errors}`);
  return { ms: performance.now() - startMs, rssMb: most === 0 ? null : Math.round(most / 1024) };
}

/** Resident memory of a process and its children, in kB. */
function treeKb(pid: number): number {
  const read = (name: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${name}`, 'utf8');
    } catch {
      return '';
    }
  };
  const local = Number(/VmRSS:\s+(\d+)/.exec(read('status'))?.[1] ?? 0);
  const children = read(`task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number);
  return local + children.reduce((sum, child) => sum + treeKb(child), 0);
}
