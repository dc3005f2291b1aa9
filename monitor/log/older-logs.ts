import { renameSync } from 'node:fs';
import path from 'node:path';

const mostOlder = 3;

/** The files that a log was rotated to, newest first: `heron.old.log`, `heron.old2.log`, `heron.old3.log`. Not all need exist. */
export function olderLogs(file: string): string[] {
  const { dir, name, ext } = path.parse(file);
  return Array.from({ length: mostOlder }, (_, index) =>
    path.join(dir, `${name}.old${index === 0 ? '' : String(index + 1)}${ext}`),
  );
}

/** Makes room for the newest of the older files; the oldest is replaced. A file that cannot be renamed, in a viewer on Windows for instance, stays. */
export function shiftOlderLogs(file: string): void {
  const older = olderLogs(file);
  for (let index = older.length - 1; index > 0; index -= 1) {
    try {
      renameSync(older[index - 1] ?? '', older[index] ?? '');
    } catch (fault) {
      if (!(fault instanceof Error && 'code' in fault)) throw fault;
    }
  }
}
