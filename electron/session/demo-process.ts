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
 * Starts `heron demo` in a utility process and waits until its edges answer. Chromium ends such a process with its parent,
 * however that ends, so the fleet never outlives the app.
 *
 * @param onLost called when it ends by itself after it was ready
 * @throws RequestRefused when it does not come up
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
  let wanted = true;
  let ready = false;
  const ended = new Promise<number>((resolve) => child.once('exit', resolve));
  createInterface({ input: child.stderr ?? process.stdin }).on('line', (line) =>
    log.warn('demo fleet:', line),
  );
  const inventoryFile = await new Promise<string>((resolve, reject) => {
    const giveUp = (what: string): void => {
      clearTimeout(deadline);
      child.kill();
      reject(notUp(what));
    };
    const deadline = setTimeout(
      () => giveUp(`The demo fleet was not ready after ${readyDeadlineMs / 1000} s.`),
      readyDeadlineMs,
    );
    void ended.then((code) => {
      if (!ready) giveUp(`The demo fleet ended at once, with code ${code}.`);
    });
    createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
      const said = ready ? null : readyOf(line);
      if (said === null) return;
      ready = true;
      clearTimeout(deadline);
      resolve(said);
    });
  });
  void ended.then((code) => {
    if (wanted) onLost(code);
  });
  return {
    inventoryFile,
    async stop() {
      wanted = false;
      child.kill();
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, stopDeadlineMs))]);
    },
  };
}

function readyOf(line: string): string | null {
  try {
    const said = readySchema.safeParse(JSON.parse(line));
    if (!said.success) return null;
    log.info(`The demo fleet is ready. Faults are caused at ${said.data.control.url}`);
    return said.data.inventory;
  } catch (fault) {
    if (fault instanceof SyntaxError) return null;
    throw fault;
  }
}

function notUp(what: string): RequestRefused {
  return new RequestRefused({
    what,
    where: 'The demo fleet’s own process.',
    todo: 'The log file says more. Your own edges can be watched all the same: start with --inventory FILE.',
  });
}
