import { spawn } from 'node:child_process';
import os from 'node:os';
import { rootFolder } from './paths.mjs';

/**
 * @typedef {object} CommandResult
 * @property {number} code exit code; 128 + signal number when a signal ended it; 127 when it could not be started
 * @property {string} stdout
 * @property {string} stderr
 */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
/** @type {NodeJS.Signals[]} */
const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Whoever ends us while programs run for us ends those as well.
 * @param {NodeJS.Signals} signal
 */
function endAll(signal) {
  for (const child of running) child.kill(signal);
  process.exit(128 + os.constants.signals[signal]);
}

// One step of several that run side by side failed: the programs of the others end with us.
process.on('exit', () => {
  for (const child of running) child.kill();
});

/** @param {import('node:child_process').ChildProcess} child */
function keepTrackOf(child) {
  if (running.size === 0) for (const signal of endingSignals) process.on(signal, endAll);
  running.add(child);
  child.once('close', () => {
    running.delete(child);
    if (running.size === 0) for (const signal of endingSignals) process.off(signal, endAll);
  });
}

/**
 * Runs a program to its end and returns its output. Never throws for a failing program: the caller decides.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, shell?: boolean, echo?: boolean }} [options]
 *   `env` is added to this process's own; `echo` also passes both streams on to stderr as they come.
 * @returns {Promise<CommandResult>}
 */
export function runCommand(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? rootFolder,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: options.shell ?? false,
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs, killSignal: 'SIGKILL' }),
    });
    keepTrackOf(child);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      if (options.echo) process.stderr.write(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
      if (options.echo) process.stderr.write(text);
    });
    child.on('error', (error) => resolve({ code: 127, stdout, stderr: `${stderr}${error.message}\n` }));
    child.on('close', (code, signal) => {
      if (signal) stderr += `Ended by ${signal}.\n`;
      resolve({ code: code ?? 137, stdout, stderr });
    });
  });
}

/**
 * Runs one of the packages' own command line tools with this very Node.
 * @param {string} script path inside node_modules, such as `eslint/bin/eslint.js`
 * @param {string[]} args
 * @param {Parameters<typeof runCommand>[2]} [options]
 */
export function runPackageScript(script, args, options) {
  return runCommand(process.execPath, [`${rootFolder}/node_modules/${script}`, ...args], options);
}

/**
 * The last lines of a program's output: enough to see why it failed.
 * @param {CommandResult} result
 * @param {number} [lines]
 */
export function lastLines(result, lines = 12) {
  const text = (result.stderr.trim() || result.stdout.trim()).split('\n');
  return text.slice(-lines).join('\n');
}
