import { fork, spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { inPackagedProgram, workerArguments } from './packaged-program';

/** How a process ended. `errors`: the end of what it wrote to standard error. */
export interface ProcessEnd {
  code: number | null;
  signal: string | null;
  errors: string;
}

/** A process that was forked, with a channel to it. */
export interface ForkedProcess {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onEnd(listener: (end: ProcessEnd) => void): void;
  /** Ends it at once, whatever it is doing. */
  kill(): void;
}

/**
 * Forks a process that runs an entry of db/workers. Plain Node and Electron do it differently; the messages are structured clones in
 * both.
 */
export type ForkProcess = (
  entry: URL,
  options: { execArgv: string[]; env: Record<string, string> },
) => ForkedProcess;

const mostErrorText = 4096;

/** Forks in plain Node, and in a command of the packaged program, which is started again. */
export const forkNode: ForkProcess = (entry, { execArgv, env }) => {
  const options = {
    env,
    serialization: 'advanced' as const,
    stdio: ['ignore' as const, 'ignore' as const, 'pipe' as const, 'ipc' as const],
  };
  return forked(
    inPackagedProgram()
      ? spawn(process.execPath, workerArguments(entry, execArgv), options)
      : fork(fileURLToPath(entry), [], { ...options, execArgv }),
  );
};

function forked(child: ChildProcess): ForkedProcess {
  const errors = new TextTail(mostErrorText);
  child.stderr?.on('data', (data: Buffer) => errors.add(data.toString('latin1')));
  const ended = new Promise<ProcessEnd>((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, errors: error.message }));
    child.once('close', (code, signal) => resolve({ code, signal, errors: errors.text }));
  });
  return {
    // It may have just ended, which `onEnd` reports.
    post: (message) => void child.send(message as object, () => undefined),
    onMessage: (listener) => void child.on('message', listener),
    onEnd: (listener) => void ended.then(listener),
    kill: () => void child.kill('SIGKILL'),
  };
}

/** The last characters of a text that arrives in pieces. */
export class TextTail {
  text = '';

  constructor(private readonly most: number) {}

  add(piece: string): void {
    this.text = (this.text + piece).slice(-this.most);
  }
}
