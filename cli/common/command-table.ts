/** One command of `heron`: what help, manual and completion know of it. Its code is loaded only when it runs. */
export interface Command {
  /** Lines of the overview: how it is written, and what it does. */
  lines: readonly (readonly [synopsis: string, summary: string])[];
  /** What `heron COMMAND --help` prints. */
  usage: () => Promise<string>;
  /** Resolves to the exit code. @throws UsageError */
  run: (args: string[]) => Promise<number>;
}

export type CommandTable = Readonly<Record<string, Command>>;
