import { refuseOtherSchemaOf } from '../extract/expected-schema';
import { inspectFile } from '../extract/inspect-file';
import { makeExtract } from '../extract/make-extract';
import { signExtract } from '../extract/sign-extract';
import { backUp } from '../file/back-up';
import { checkFile } from '../file/check-file';
import { fileTaskSchema, type FileTask, type FileTaskMessage, type FileTaskResults } from './file-task';
import { moveHistoryAside } from '../file/move-aside';
import { toHistoryFailure } from '../file/sqlite-failure';
import { exportAnchor } from '../seal/export-anchor';
import { readProofStanding } from '../seal/read-standing';
import { workerStart } from '../threads/worker-port';
import { verifyHistory } from '../verify/verify-history';

/** A worker for one long task on a history file, such as a check, a backup or a verification. */
const { data, port, apart } = await workerStart();
const send = (message: FileTaskMessage): void => port.post(message);

const progressEveryMs = 100;
/** These say themselves what is not as Heron makes it. */
const checkSchema: ReadonlySet<FileTask['task']> = new Set(['inspect', 'verify', 'check']);

async function run(task: FileTask): Promise<FileTaskResults[FileTask['task']]> {
  if (apart && !checkSchema.has(task.task)) refuseOtherSchemaOf(task.file);
  if (task.task === 'check') return checkFile(task.file, task.thorough);
  if (task.task === 'set-aside') return moveHistoryAside(task.file, task.nowMs);
  if (task.task === 'verify') return verifyHistory(task, (progress) => send({ progress }));
  if (task.task === 'extract') return makeExtract(task);
  if (task.task === 'sign-extract') {
    signExtract(task.file, task);
    return null;
  }
  if (task.task === 'inspect') return inspectFile(task.file);
  if (task.task === 'standing') return readProofStanding(task.file);
  if (task.task === 'anchor') return exportAnchor(task.file, task.nowMs);
  let sentMs = -Infinity;
  return backUp(
    task,
    (progress) => {
      const nowMs = performance.now();
      if (progress.step === 'copying' && nowMs - sentMs < progressEveryMs) return;
      sentMs = nowMs;
      send({ progress });
    },
    task.nowMs,
  );
}

const task = fileTaskSchema.parse(data);
await run(task).then(
  (result) => send({ result }),
  (error: unknown) =>
    send({ failure: toHistoryFailure(error, task.task === 'back-up' ? task.out : task.file) }),
);
