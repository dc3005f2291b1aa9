import { fork } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';

/** @typedef {import('../prepare/electron-runtime.mjs').ElectronRuntime} ElectronRuntime */

const script = path.join(import.meta.dirname, 'prepare-process.mjs');

/**
 * Prepares and builds in a process of its own, which ends with it: the command lives as long as what it starts, and would keep
 * hundreds of megabytes that the bundler and the unpackers leave. Ends this process where the preparation fails; that is printed then.
 * @param {'app' | 'command'} what the app in Electron, or a command in plain Node
 * @param {string[]} args of the app
 * @returns {Promise<ElectronRuntime | null>} null for a command
 */
export function prepareApart(what, args = []) {
  const child = fork(script, [what, ...args], { stdio: ['ignore', 2, 2, 'ipc'] });
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const passOn = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal);
  for (const signal of signals) process.on(signal, passOn);
  return new Promise((resolve) => {
    /** @type {{ runtime: ElectronRuntime | null } | undefined} */
    let prepared;
    child.on('message', (message) => (prepared = /** @type {typeof prepared} */ (message)));
    child.on('error', (error) => {
      process.stderr.write(`heron: failed: ${error.message}\n`);
      process.exit(1);
    });
    child.on('exit', (code, signal) => {
      for (const each of signals) process.off(each, passOn);
      if (code === 0 && prepared !== undefined) return resolve(prepared.runtime);
      process.exit(code || (signal === null ? 1 : 128 + os.constants.signals[signal]));
    });
  });
}
