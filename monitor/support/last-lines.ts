import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** 200 lines of a log are about 30 KB. */
const mostBytes = 256 * 1024;

/**
 * The last lines of a log and, where it was rotated lately, of the files before it (`files`: newest first); oldest line first. Of a
 * long file only its end is read. A file that is missing or no plain file has no lines.
 */
export async function lastLines(files: readonly string[], count: number): Promise<string[]> {
  let lines: string[] = [];
  for (const file of files) {
    if (lines.length >= count) break;
    lines = [...(await lastLinesOf(file, count - lines.length)), ...lines];
  }
  return lines;
}

async function lastLinesOf(file: string, count: number): Promise<string[]> {
  try {
    // Without O_NONBLOCK, which Windows does not have, opening a pipe waits for its writer.
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const status = await handle.stat();
      if (!status.isFile()) return [];
      const length = Math.min(status.size, mostBytes);
      const { buffer, bytesRead } = await handle.read({
        buffer: Buffer.alloc(length),
        position: status.size - length,
      });
      const lines = buffer.toString('utf8', 0, bytesRead).split(/\r?\n/);
      // The first line may have been cut.
      return (length < status.size ? lines.slice(1) : lines).filter((line) => line !== '').slice(-count);
    } finally {
      await handle.close();
    }
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault) return [];
    throw fault;
  }
}
