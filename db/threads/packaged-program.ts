import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * How the packaged program is started to run a command or a worker instead of the window. It ends before Chromium starts a process, so it
 * needs neither zygote nor sandbox, and Chromium has nothing to log. What follows `--` is no switch of Chromium's.
 */
export const programSwitches = ['--no-sandbox', '--no-zygote', '--log-level=3'] as const;

/** The first argument of a process that runs an entry of db/workers; the second is the entry's file name. */
export const workerArgument = '--run-worker';

/** Whether this code runs in the packaged program, which refuses to be plain Node (the RunAsNode fuse). */
export function inPackagedProgram(): boolean {
  return process.versions['electron'] !== undefined;
}

/** The program's arguments that run an entry of db/workers with these V8 flags. */
export function workerArguments(entry: URL, v8Flags: readonly string[]): string[] {
  const flags = v8Flags.length === 0 ? [] : [`--js-flags=${v8Flags.join(' ')}`];
  return [...programSwitches, ...flags, '--', workerArgument, path.basename(fileURLToPath(entry))];
}
