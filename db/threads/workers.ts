import { Worker } from 'node:worker_threads';
import { allowUriNames } from '../file/uri-names';
import type { HistoryFailure } from '../model/history-error';

allowUriNames();

/** V8's young generation in a thread, megabytes. */
const youngMb = 8;

/** A running entry of db/workers: a thread of this process, or a process of its own. */
export interface RunningWorker {
  post(message: unknown): void;
  /** `listener` is called with each message from the worker. */
  onMessage(listener: (message: unknown) => void): void;
  /** `listener` is called once, when the worker has ended for whatever reason. */
  onEnd(listener: (failure: HistoryFailure) => void): void;
  /** Resolves when the worker has ended. */
  readonly ended: Promise<void>;
  /**
   * How long a request may take without any progress, milliseconds, before `expire` ends the worker; null: for as long as it likes,
   * since it reads what this Heron writes.
   */
  readonly stallMs: number | null;
  /** Ends the worker because it made no progress for that long. */
  expire(): void;
  /** Call when nothing more is wanted of the worker. A thread ends by itself then. */
  release(): void;
  /** Ends the worker at once. Resolves when it has ended, or does not react to that. */
  kill(): Promise<void>;
}

/** What a worker is started for. */
export interface WorkerPurpose {
  /** The history that it opens; named in failures. */
  file: string;
  /** True: it may need as much memory as the file has bytes. */
  holdsFile?: boolean;
}

/** Starts entries of db/workers. */
export interface Workers {
  /** `entry`: the built file's name; `data`: what the entry is handed at its start. */
  start(entry: string, data: unknown, purpose: WorkerPurpose): RunningWorker;
}

/** Starts threads of this process, for files that this Heron writes. `folder`: where the bundler puts db/workers. */
export function threadsIn(folder: URL): Workers {
  return {
    start: (entry, data, { file }) => startThread(new URL(entry, asFolder(folder)), data, file),
  };
}

/** The same address, ending in a slash, so that names can be resolved in it. */
export function asFolder(url: URL): URL {
  return url.href.endsWith('/') ? url : new URL(`${url.href}/`);
}

function startThread(entry: URL, workerData: unknown, file: string): RunningWorker {
  // Batches are short-lived: room for a few is enough, where V8 would reserve 48 MB.
  const worker = new Worker(entry, { workerData, resourceLimits: { maxYoungGenerationSizeMb: youngMb } });
  let words = '';
  worker.on('error', (error) => (words = error.message || error.name));
  const exited = new Promise<number>((resolve) => worker.once('exit', resolve));
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => void worker.on('message', listener),
    onEnd: (listener) =>
      void exited.then((code) => listener(threadEnded(words || `it ended with code ${code}`, file))),
    ended: exited.then(() => undefined),
    stallMs: null,
    expire: () => undefined,
    release: () => undefined,
    kill: async () => {
      await worker.terminate();
    },
  };
}

function threadEnded(words: string, where: string): HistoryFailure {
  return {
    code: 'thread-ended',
    what: `A history thread ended: ${words}.`,
    where,
    todo: 'Heron restarts it and continues; if this repeats, please report it.',
  };
}
