import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

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

/** Forks in plain Node. */
export const forkNode: ForkProcess = (entry, { execArgv, env }) => {
  const child = fork(fileURLToPath(entry), [], {
    execArgv,
    env,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
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
};

/** The last characters of a text that arrives in pieces. */
export class TextTail {
  text = '';

  constructor(private readonly most: number) {}

  add(piece: string): void {
    this.text = (this.text + piece).slice(-this.most);
  }
}
