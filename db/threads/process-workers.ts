import type { HistoryFailure } from '../model/history-error';
import { forkNode, type ForkProcess, type ProcessEnd } from './fork-process';
import { limitsFor, type ProcessLimits } from './process-limits';
import { memoryLimitWords } from './watchdog-data';
import type { ProcessStart } from './worker-port';
import { asFolder, type RunningWorker, type Workers } from './workers';

/** A process that does not end although it was killed is waiting for the disk; it is not waited for. */
const killGraceMs = 2000;
/** What a process that reads a file needs of the environment. The rest may have passwords. */
const inherited = [
  ...['PATH', 'TZ', 'LANG', 'TMPDIR', 'TEMP', 'TMP', 'SQLITE_TMPDIR', 'LD_LIBRARY_PATH'],
  ...['SystemRoot', 'windir', 'XDG_RUNTIME_DIR', 'DISPLAY', 'WAYLAND_DISPLAY'],
];

/**
 * Starts processes, for files that someone else may have written or altered: whatever such a file does to SQLite or V8 ends that process
 * only. Each is ended when a request makes no progress, or needs too much memory. `folder`: where the bundler puts db/workers.
 */
export function processesIn(
  folder: URL,
  fork: ForkProcess = forkNode,
  limitsOf: typeof limitsFor = limitsFor,
): Workers {
  return {
    start: (entry, data, { file, holdsFile = false }) =>
      startProcess(fork, new URL(entry, asFolder(folder)), data, file, limitsOf(file, holdsFile)),
  };
}

function startProcess(
  fork: ForkProcess,
  entry: URL,
  data: unknown,
  file: string,
  limits: ProcessLimits,
): RunningWorker {
  const execArgv = [`--max-old-space-size=${limits.heapMb}`];
  const child = fork(entry, { execArgv, env: { ...environment(), SQLITE_USE_URI: '1' } });
  let expired = false;
  const failed = new Promise<HistoryFailure>((resolve) =>
    child.onEnd((end) => resolve({ ...ended(end, expired, limits), where: file })),
  );
  const gone = failed.then(() => undefined);
  child.post({ data, residentBytes: limits.residentBytes, parentPid: process.pid } satisfies ProcessStart);
  return {
    post: (message) => child.post(message),
    onMessage: (listener) => child.onMessage(listener),
    onEnd: (listener) => void failed.then(listener),
    ended: gone,
    stallMs: limits.stallMs,
    expire: () => {
      expired = true;
      child.kill();
    },
    release: () => child.kill(),
    kill: async () => {
      child.kill();
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([gone, new Promise((resolve) => (timer = setTimeout(resolve, killGraceMs)))]);
      clearTimeout(timer);
    },
  };
}

function environment(): Record<string, string> {
  const known = inherited.map((name) => [name, process.env[name]]).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Record<string, string>;
}

const askAgain = 'The file is damaged or made to do harm: ask for another copy. Nothing else was affected.';

function ended(
  { code, signal, errors }: ProcessEnd,
  expired: boolean,
  { stallMs, residentBytes, heapMb }: ProcessLimits,
): Omit<HistoryFailure, 'where'> {
  if (expired) {
    const seconds = Math.round(stallMs / 1000);
    const what = `Reading this file made no progress for ${seconds} s and was ended.`;
    return { code: 'damaged', what, todo: askAgain };
  }
  if (errors.includes(memoryLimitWords) || errors.includes('heap out of memory')) {
    const heap = errors.includes(memoryLimitWords) ? residentBytes / (1 << 20) : heapMb;
    const what = `Reading this file took more than ${Math.round(heap)} MB of memory and was ended.`;
    return { code: 'damaged', what, todo: askAgain };
  }
  return {
    code: 'thread-ended',
    what: `The process that read this file ended: ${signal ?? `code ${code ?? 'unknown'}`}.`,
    todo: 'Open it again. If this repeats, the file is damaged or made to do harm; nothing else was affected.',
  };
}
