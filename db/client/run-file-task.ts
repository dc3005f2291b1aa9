import { HistoryError } from '../model/history-error';
import { StallTimer } from '../threads/stall-timer';
import type { Workers } from '../threads/workers';
import type {
  FileTask,
  FileTaskInput,
  FileTaskMessage,
  FileTaskProgress,
  FileTaskResults,
} from '../workers/file-task';

/** A running task. `cancel` ends its worker; the result then rejects. */
export interface RunningFileTask<N extends FileTask['task']> {
  result: Promise<FileTaskResults[N]>;
  cancel(): Promise<void>;
}

/**
 * Starts a worker for one task on a history file: the check of a large file takes minutes. `workers`: threads for a file that this
 * Heron writes, processes for any other. The result rejects with a HistoryError.
 */
export function runFileTask<T extends FileTaskInput>(
  workers: Workers,
  task: T,
  onProgress: (progress: FileTaskProgress[T['task']]) => void = () => undefined,
): RunningFileTask<T['task']> {
  const holdsFile = task.task === 'extract';
  const worker = workers.start('history-file-task.js', task, { file: task.file, holdsFile });
  const stall = new StallTimer(worker.stallMs, () => worker.expire());
  let furthest = -1;
  const result = new Promise<FileTaskResults[T['task']]>((resolve, reject) => {
    stall.restart();
    worker.onMessage((given) => {
      const message = given as FileTaskMessage;
      if ('progress' in message) {
        // A file that keeps a task busy for ever gets no further in it.
        const place = placeOf(message.progress);
        if (place > furthest) stall.restart();
        furthest = Math.max(furthest, place);
        onProgress(message.progress as FileTaskProgress[T['task']]);
        return;
      }
      stall.stop();
      if ('failure' in message) reject(new HistoryError(message.failure));
      else resolve(message.result as FileTaskResults[T['task']]);
      worker.release();
    });
    worker.onEnd((failure) => {
      stall.stop();
      reject(new HistoryError(failure));
    });
  });
  return {
    result,
    cancel: async () => {
      stall.stop();
      await worker.kill();
    },
  };
}

/** How far a task is, in bytes: a backup checks its copy once all is copied. */
function placeOf(progress: FileTaskProgress[FileTask['task']]): number {
  const checking = 'step' in progress && progress.step === 'checking';
  return checking ? progress.totalBytes + 1 : progress.doneBytes;
}
