import { workerArgument } from '../db/threads/packaged-program';

/** Switches of Chromium's that may precede a command (db/threads/packaged-program.ts, build/package/launcher). */
const chromiumSwitches = /^--(?:no-sandbox|no-zygote|log-level=.*|js-flags=.*)$/;
const command = /^(?:--version|-V|--help|-h|[a-z]+(?:-[a-z]+)*)$/;

/** What the program was started for, other than its window: a command of `heron`, or a worker of db/workers. */
export type ProgramTask = { command: string[] } | { worker: string } | null;

/**
 * Reads what the packaged program was started for. Arguments after `--` are always a command: `heron -- watch --db FILE`. Without it, a
 * first argument that is a word is one; a file, a link or a switch is the window's.
 */
export function programTask(argv: readonly string[]): ProgramTask {
  const args = argv.slice(1);
  while (chromiumSwitches.test(args[0] ?? '')) args.shift();
  const marked = args[0] === '--';
  if (marked) args.shift();
  if (marked && args[0] === workerArgument) return { worker: args[1] ?? '' };
  return marked || command.test(args[0] ?? '') ? { command: args } : null;
}
