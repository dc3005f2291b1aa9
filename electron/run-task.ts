import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ProgramTask } from './command-arguments';
import { builtFiles } from './session/built-files';

const workers: readonly string[] = ['history-reader.js', 'history-file-task.js'];
/** Longer than any process runs: while this timer is pending, Electron waits for this module and does not start Chromium. */
const neverMs = 2 ** 31 - 1;

/**
 * Runs a command or a worker in this process and ends it. Electron evaluates the main module before it starts Chromium, so there is no
 * display, GPU or renderer process involved (docs/adr/0017-commands-in-the-packaged-program.md).
 */
export async function runTask(task: NonNullable<ProgramTask>): Promise<never> {
  setInterval(() => undefined, neverMs);
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (fault: unknown) => {
      // A command may have a better ending of its own. Electron's would be a dialog.
      if (process.listenerCount(event) === 1) exitWithFault(fault);
    });
  try {
    const file = 'worker' in task ? workerFile(task.worker) : builtFiles.cli;
    process.argv = [process.execPath, file, ...('command' in task ? task.command : [])];
    await import(pathToFileURL(file).href);
  } catch (fault) {
    exitWithFault(fault);
  }
  // A reader answers until its parent closes the channel, and ends the process itself.
  if ('worker' in task) await new Promise(() => undefined);
  await Promise.all([process.stdout, process.stderr].map(written));
  return process.exit(process.exitCode ?? 0);
}

/** @throws Error for anything but an entry of db/workers that reads files */
function workerFile(name: string): string {
  if (!workers.includes(name) || process.send === undefined)
    throw new Error('A worker is started by a command of Heron only.');
  return path.join(builtFiles.workers, name);
}

function exitWithFault(fault: unknown): never {
  process.stderr.write(`${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}\n`);
  process.exit(1);
}

/** Resolves when what was printed has left this process, or its reader is gone. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.once('error', () => resolve());
    if (stream.destroyed || stream.writableEnded) resolve();
    else stream.write('', () => resolve());
  });
}
