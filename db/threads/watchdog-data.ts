/** Written to standard error before a process ends itself because of its memory. */
export const memoryLimitWords = 'heron: memory limit reached';

/** What the watchdog of a process is handed. */
export interface WatchdogData {
  /** Memory in use (resident set) at which the process is ended, bytes. */
  residentBytes: number;
  /** The process that wanted the file. */
  parentPid: number;
  /** The parent as the system knows it; Electron may have another process fork this one. It changes when that one ends. */
  systemParentPid: number;
}
