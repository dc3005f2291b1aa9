import { Worker } from 'node:worker_threads';
import { HistoryError } from '../model/history-error';
import type {
  FileTask,
  FileTaskInput,
  FileTaskMessage,
  FileTaskProgress,
  FileTaskResults,
} from '../workers/file-task';

/** A running task. `cancel` ends its thread; the result then rejects. */
export interface RunningFileTask<N extends FileTask['task']> {
  result: Promise<FileTaskResults[N]>;
  cancel(): Promise<void>;
}

/**
 * Starts a thread for one task on a history file: the check of a large file takes minutes.
 * `workersUrl`: the folder of the built thread entries. The result rejects with a HistoryError.
 */
export function runFileTask<T extends FileTaskInput>(
  workersUrl: URL,
  task: T,
  onProgress: (progress: FileTaskProgress[T['task']]) => void = () => undefined,
): RunningFileTask<T['task']> {
  const folder = workersUrl.href.endsWith('/') ? workersUrl : new URL(`${workersUrl.href}/`);
  const worker = new Worker(new URL('history-file-task.js', folder), { workerData: task });
  const result = new Promise<FileTaskResults[T['task']]>((resolve, reject) => {
    const ended = (words: string): void =>
      reject(
        new HistoryError({
          code: 'thread-ended',
          what: `The thread that worked on the history file ended: ${words}.`,
          where: task.file,
          todo: 'Try again; if this repeats, please report it.',
        }),
      );
    worker.on('message', (message: FileTaskMessage) => {
      if ('progress' in message) onProgress(message.progress as FileTaskProgress[T['task']]);
      else if ('failure' in message) reject(new HistoryError(message.failure));
      else resolve(message.result as FileTaskResults[T['task']]);
    });
    worker.on('error', (error) => ended(error.message || error.name));
    worker.on('exit', (code) => ended(`it ended with code ${code}`));
  });
  return {
    result,
    cancel: async () => {
      await worker.terminate();
    },
  };
}
