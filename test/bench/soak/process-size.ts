import { readdirSync, readFileSync } from 'node:fs';

/** What processes hold. */
export interface ProcessSize {
  /** Shared pages are split among those who share them. */
  memoryMb: number;
  threads: number;
  /** File descriptors: files, sockets, pipes and timers. */
  openFiles: number;
}

/** The size of some processes together; one that has just ended counts as nothing. */
export function sizeOf(pids: readonly number[]): ProcessSize {
  const sizes = pids.map((pid) => {
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      return {
        memoryMb: Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024,
        threads: readdirSync(`/proc/${pid}/task`).length,
        openFiles: readdirSync(`/proc/${pid}/fd`).length,
      };
    } catch (fault) {
      if (fault instanceof Error && 'code' in fault && (fault.code === 'ENOENT' || fault.code === 'ESRCH'))
        return { memoryMb: 0, threads: 0, openFiles: 0 };
      throw fault;
    }
  });
  const sum = (figure: keyof ProcessSize): number => sizes.reduce((total, size) => total + size[figure], 0);
  return { memoryMb: sum('memoryMb'), threads: sum('threads'), openFiles: sum('openFiles') };
}
