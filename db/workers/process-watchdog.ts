import { writeFileSync, writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { memoryLimitWords, type WatchdogData } from '../threads/watchdog-data';

/**
 * A thread of a process that reads an untrusted file. Ends the process when it uses too much memory, and when the process
 * that wanted the file has ended: the main thread may be busy in SQLite and notice neither.
 */
const { residentBytes, parentPid, systemParentPid } = workerData as WatchdogData;
const everyMs = 25;
const standardError = 2;

preferAsVictim();
setInterval(() => {
  if (process.memoryUsage.rss() > residentBytes) {
    try {
      writeSync(standardError, `${memoryLimitWords}\n`);
    } finally {
      process.kill(process.pid, 'SIGKILL');
    }
  }
  if (process.ppid !== systemParentPid || !isRunning(parentPid)) process.kill(process.pid, 'SIGKILL');
}, everyMs);

/** Where memory runs out all the same, Linux ends this process and not the one that monitors. */
function preferAsVictim(): void {
  if (process.platform !== 'linux') return;
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // A container may forbid it.
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (fault) {
    return !(fault instanceof Error && 'code' in fault && fault.code === 'ESRCH');
  }
}
