import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';
import { TextTail, type ForkProcess, type ProcessEnd } from '../../db/threads/fork-process';

const mostErrorText = 4096;
/** What is left of the standard error of a process that has ended arrives within this time. */
const lastWordsMs = 200;

/** Forks a utility process. Packages refuse to run as plain Node, so that child_process.fork() would start the app again. */
export const forkUtility: ForkProcess = (entry, { execArgv, env }) => {
  const child = utilityProcess.fork(fileURLToPath(entry), [], {
    execArgv,
    env,
    serviceName: 'Heron file reader',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const errors = new TextTail(mostErrorText);
  child.stderr?.on('data', (data: Buffer) => errors.add(data.toString('latin1')));
  const ended = new Promise<ProcessEnd>((resolve) =>
    child.once('exit', (code) => {
      setTimeout(() => resolve({ code, signal: null, errors: errors.text }), lastWordsMs);
    }),
  );
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onEnd: (listener) => void ended.then(listener),
    kill: () => {
      if (child.pid === undefined) child.once('spawn', () => kill(child.pid));
      else kill(child.pid);
    },
  };
};

/** Electron asks a process to end, which one that is busy in SQLite does not notice. */
function kill(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault && fault.code === 'ESRCH')) throw fault;
  }
}
