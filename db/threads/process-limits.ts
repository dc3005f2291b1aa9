import { statSync, type Stats } from 'node:fs';

/** What a process may use while it reads an untrusted file. */
export interface ProcessLimits {
  /** Without any progress for this long it is ended, milliseconds. */
  stallMs: number;
  /** Memory in use (resident set), bytes. */
  residentBytes: number;
  /** V8's heap, megabytes. */
  heapMb: number;
}

/** Enough to start a process and answer any query of a small file on a busy machine. */
const leastStallMs = 12_000;
/** A disk slower than this is taken for a file that never ends. A hard disk reads scattered pages at a few MB/s. */
const slowestBytesPerMs = 4_000;
const heapMb = 512;
/** Node with SQLite's cache, a full heap of V8, and the answers on their way. */
const residentBytes = 1 << 30;
/** An incident file is made in memory before it is written, and its pages are copied once. */
const holdingFactor = 3;
const blockBytes = 512;

/** The limits for a file, by the bytes that it has on the disk: those that a sparse file only claims do not count. */
export function limitsFor(file: string, holdsFile: boolean): ProcessLimits {
  const bytes = allocatedBytes(file) + allocatedBytes(`${file}-wal`);
  return {
    stallMs: leastStallMs + bytes / slowestBytesPerMs,
    residentBytes: residentBytes + (holdsFile ? holdingFactor * bytes : 0),
    heapMb,
  };
}

function allocatedBytes(file: string): number {
  const status = statOf(file);
  if (status === undefined || !status.isFile()) return 0;
  // Windows has no blocks.
  return process.platform === 'win32' ? status.size : Math.min(status.size, status.blocks * blockBytes);
}

/** Undefined: there is no such file, or it is not to be seen. Opening it reports why. */
function statOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
