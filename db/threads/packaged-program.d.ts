/**
 * How the packaged program is started to run a command or a worker instead of the window. It ends before Chromium starts a process, so it
 * needs neither zygote nor sandbox, and Chromium has nothing to log. What follows `--` is no switch of Chromium's.
 */
export declare const programSwitches: readonly ['--no-sandbox', '--no-zygote', '--log-level=3'];
/** The first argument of a process that runs an entry of db/workers; the second is the entry's file name. */
export declare const workerArgument = '--run-worker';
/** Whether this code runs in the packaged program, which refuses to be plain Node (the RunAsNode fuse). */
export declare function inPackagedProgram(): boolean;
/** The program's arguments that run an entry of db/workers with these V8 flags. */
export declare function workerArguments(entry: URL, v8Flags: readonly string[]): string[];
