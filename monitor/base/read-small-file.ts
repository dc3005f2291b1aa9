import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';

/** More than any key, anchor or list of keys has. */
const mostBytes = 4 << 20;

/**
 * Reads a small text file. A pipe would block for ever, and a device may have no end: neither is read. `check` may refuse a file by its
 * status before it is read. Null: there is no such file. Throws an Error in words, or what the file system reports.
 */
export function readSmallFile(file: string, check: (status: Stats) => void = () => undefined): string | null {
  let descriptor: number;
  try {
    // Without O_NONBLOCK, which Windows does not have, opening a pipe waits for its writer.
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return null;
    throw fault;
  }
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile()) throw new Error(`${file} is not a plain file.`);
    if (status.size > mostBytes) throw new Error(`${file} is larger than ${mostBytes >> 20} MB.`);
    check(status);
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}
