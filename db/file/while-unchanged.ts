import { existsSync, statSync } from 'node:fs';
import { HistoryError } from '../model/history-error';

/**
 * Runs several reads of a file that have to be of the same content, such as a verification and the report it is for. Resolves to the
 * result, and whether a Heron went on recording into the file meanwhile. Throws a HistoryError when the file was replaced or changed
 * otherwise: what was read may then not be what was verified.
 */
export async function whileUnchanged<T>(
  file: string,
  work: () => Promise<T>,
): Promise<{ result: T; recorded: boolean }> {
  const before = fileStamp(file);
  const result = await work();
  const after = fileStamp(file);
  if (isSameFile(before, after)) return { result, recorded: after.content !== before.content };
  throw new HistoryError({
    code: 'bad-request',
    what: 'The file was changed while it was read, so that what was verified may not be what was read.',
    where: file,
    todo: 'Copy it to where nobody else can write, and use the copy. Nothing was written.',
  });
}

/** What a file is at one time, by what its file system says of it and of its log. */
export interface FileStamp {
  identity: string;
  content: string;
  /** As open-readable.ts recognises a history that a Heron has open. */
  recording: boolean;
}

/** Whether a file has the content that it had, or more of it because a Heron records into it. */
export function isSameFile(before: FileStamp, after: FileStamp): boolean {
  if (after.content === before.content) return true;
  return after.identity === before.identity && before.recording && after.recording;
}

export function fileStamp(file: string): FileStamp {
  const [main, log] = [file, `${file}-wal`].map((name) =>
    statSync(name, { bigint: true, throwIfNoEntry: false }),
  );
  const identity = main === undefined ? '' : `${main.dev} ${main.ino}`;
  const times = [main, log].map((status) =>
    // An empty log, which a reader makes and removes, is no content.
    status === undefined || status.size === 0n
      ? ''
      : `${status.dev} ${status.ino} ${status.size} ${status.mtimeNs} ${status.ctimeNs}`,
  );
  const recording = existsSync(`${file}-shm`) && existsSync(`${file}.lock`);
  return { identity, content: times.join(', '), recording };
}
