import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { inPackagedProgram, programSwitches } from '../../db/threads/packaged-program';

const readyDeadlineMs = 60_000;
const readySchema = z.object({ type: z.literal('demo-ready'), inventory: z.string() });
/** Where the bundler puts the command, seen from its chunks. */
const commandFile = fileURLToPath(new URL('../cli/heron.js', import.meta.url));

/** The demo fleet in a process of its own, which ends with this one. */
export interface DemoChild {
  inventoryFile: string;
  /** Resolves when it has ended, for any reason. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts `heron demo` and waits until its edges answer. Rejects with an Error that has the reason. */
export async function startDemoChild(args: readonly string[]): Promise<DemoChild> {
  const command = inPackagedProgram() ? [...programSwitches, '--'] : [commandFile];
  const child = spawn(process.execPath, [...command, 'demo', '--parent-stdin', ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Ctrl-C in the terminal reaches the wall alone, which ends the fleet in order.
    detached: process.platform !== 'win32',
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-500)));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async (): Promise<void> => {
    child.stdin.end();
    child.kill();
    await ended;
  };
  const ready = new Promise<string>((resolve, reject) => {
    const deadline = setTimeout(() => reject(new Error('It was not ready after 60 s.')), readyDeadlineMs);
    child.once('error', reject);
    void ended.then(() => reject(new Error(complaint.trim() || 'It ended before it was ready.')));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const inventory = inventoryOf(line);
      if (inventory === null) return;
      clearTimeout(deadline);
      resolve(inventory);
    });
    void ended.then(() => clearTimeout(deadline));
  });
  try {
    return { inventoryFile: await ready, ended, stop };
  } catch (fault) {
    child.kill();
    throw fault;
  }
}

/** The inventory file, where the line says that the fleet is ready. */
function inventoryOf(line: string): string | null {
  try {
    const read = readySchema.safeParse(JSON.parse(line));
    return read.success ? read.data.inventory : null;
  } catch (fault) {
    if (fault instanceof SyntaxError) return null;
    throw fault;
  }
}
