import { createInterface } from 'node:readline';
import { utilityProcess } from 'electron';
import { z } from 'zod';
import { RequestRefused } from '../../domain/contract/request-refused';
import { log } from '../../monitor/log/log';
import type { RunningDemo } from '../../monitor/usecases/monitor-session';

const readyDeadlineMs = 60_000;
const stopDeadlineMs = 5_000;
const readySchema = z.object({
  type: z.literal('demo-ready'),
  inventory: z.string(),
  control: z.object({ url: z.string() }),
});

/**
 * Starts `heron demo` in a utility process and waits until its edges answer. Chromium ends such a process when its parent ends
 * for any reason, so the fleet never outlives the app.
 *
 * @param onLost called when it exits by itself after it was ready
 * @throws RequestRefused when it does not start
 */
export async function startDemo(
  cliFile: string,
  args: string[],
  onLost: (code: number) => void,
): Promise<RunningDemo> {
  const child = utilityProcess.fork(cliFile, ['demo', ...args], {
    serviceName: 'Heron demo fleet',
    stdio: 'pipe',
  });
  let stopping = false;
  let ready = false;
  const ended = new Promise<number>((resolve) => child.once('exit', resolve));
  createInterface({ input: child.stderr ?? process.stdin }).on('line', (line) =>
    log.warn('demo fleet:', line),
  );
  const inventoryFile = await new Promise<string>((resolve, reject) => {
    const fail = (what: string): void => {
      clearTimeout(deadline);
      child.kill();
      reject(notStarted(what));
    };
    const deadline = setTimeout(
      () => fail(`The demo fleet was not ready after ${readyDeadlineMs / 1000} s.`),
      readyDeadlineMs,
    );
    void ended.then((code) => {
      if (!ready) fail(`The demo fleet exited before it was ready, with code ${code}.`);
    });
    createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
      const inventory = ready ? null : inventoryFromReadyLine(line);
      if (inventory === null) return;
      ready = true;
      clearTimeout(deadline);
      resolve(inventory);
    });
  });
  void ended.then((code) => {
    if (!stopping) onLost(code);
  });
  return {
    inventoryFile,
    async stop() {
      stopping = true;
      child.kill();
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, stopDeadlineMs))]);
    },
  };
}

/** The inventory file, when this is the line that says the fleet is ready. */
function inventoryFromReadyLine(line: string): string | null {
  try {
    const read = readySchema.safeParse(JSON.parse(line));
    if (!read.success) return null;
    log.info(`The demo fleet is ready. Faults are caused at ${read.data.control.url}`);
    return read.data.inventory;
  } catch (fault) {
    if (fault instanceof SyntaxError) return null;
    throw fault;
  }
}

function notStarted(what: string): RequestRefused {
  return new RequestRefused({
    what,
    where: 'The demo fleet’s own process.',
    todo: 'The log file has the details. To monitor your own edges instead, start with --inventory FILE.',
  });
}
