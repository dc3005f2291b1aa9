import { spawn } from 'node:child_process';
import os from 'node:os';

/**
 * Starts the program that all the preparation was for: it gets our terminal, our signals, and we get its exit code.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options] `env` is added to this process's own
 * @returns {Promise<number>} exit code; 128 + the signal's number when a signal ended it
 */
export function runChild(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: 'inherit',
      env: { ...process.env, ...options.env },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    // A terminal sends Ctrl+C to the child as well; a signal to us alone is passed on. Either way we outlive it.
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, () => passOn(child, signal));
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      resolve(code ?? 128 + (signal ? (os.constants.signals[signal] ?? 0) : 0));
    });
  });
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function passOn(child, signal) {
  // Ctrl+C reaches the whole foreground group: a second one would cut the child's own tidy end short.
  if (signal === 'SIGINT' && process.stdin.isTTY) return;
  child.kill(signal);
}
