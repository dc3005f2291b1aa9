import { readFile } from 'node:fs/promises';
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
  control: z.object({ url: z.string().regex(/^http:\/\/127\.0\.0\.1:\d{1,5}$/), tokenFile: z.string() }),
});
type Ready = z.output<typeof readySchema>;
/** Long enough for a take-over to be seen, and for its end to be waited for. */
const stoppedSeconds = 45;
const controlDeadlineMs = 5_000;

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
  const { inventory: inventoryFile, control } = await new Promise<Ready>((resolve, reject) => {
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
      const answer = ready ? null : readyLine(line);
      if (answer === null) return;
      ready = true;
      clearTimeout(deadline);
      resolve(answer);
    });
  });
  void ended.then((code) => {
    if (!stopping) onLost(code);
  });
  return {
    inventoryFile,
    stopActiveLb: (cluster) => stopActiveLb(control, cluster),
    async stop() {
      stopping = true;
      child.kill();
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, stopDeadlineMs))]);
    },
  };
}

/** What the line says, when it is the one that says the fleet is ready. */
function readyLine(line: string): Ready | null {
  try {
    const read = readySchema.safeParse(JSON.parse(line));
    if (!read.success) return null;
    log.info(`The demo fleet is ready. Faults are caused at ${read.data.control.url}`);
    return read.data;
  } catch (fault) {
    if (fault instanceof SyntaxError) return null;
    throw fault;
  }
}

async function stopActiveLb({ url, tokenFile }: Ready['control'], cluster: string): Promise<void> {
  try {
    const token = (await readFile(tokenFile, 'utf8')).trim();
    const answer = await fetch(`${url}/faults`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'lb-dies', cluster, edge: '@master', forSeconds: stoppedSeconds }),
      signal: AbortSignal.timeout(controlDeadlineMs),
    });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
  } catch (fault) {
    log.warn('The demo fleet did not cause a failover:', fault);
    throw new RequestRefused({
      what: 'The demo fleet did not cause a failover.',
      where: 'The demo fleet’s own process.',
      todo: 'Try again. When it has ended, restart it.',
    });
  }
}

function notStarted(what: string): RequestRefused {
  return new RequestRefused({
    what,
    where: 'The demo fleet’s own process.',
    todo: 'The log file has the details. To monitor your own edges instead, start with --inventory FILE.',
  });
}
