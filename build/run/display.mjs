import { spawn } from 'node:child_process';
import { findOnPath } from '../offline/system-packages.mjs';
import { PreparationError } from '../shared/progress.mjs';

/** @returns {boolean} whether windows can be shown here */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** @returns {{ what: string, remedy: string } | undefined} why a window cannot be opened */
export function displayProblem() {
  if (hasDisplay()) return undefined;
  const install = findOnPath('xvfb-run') ? '' : ' (apt-get install xvfb xauth)';
  return {
    what: 'There is no display to open a window on (DISPLAY is not set).',
    remedy: `start it on a desktop, or without a screen with: xvfb-run -a npm ${process.env.npm_lifecycle_event === 'dev' ? 'run dev' : 'start'}${install}`,
  };
}

/**
 * Runs the work with a display: the one there is, else an X server in memory for as long as the work lasts.
 * @template T
 * @param {(env: NodeJS.ProcessEnv) => Promise<T>} work gets what to add to the environment
 * @returns {Promise<T>}
 */
export async function withDisplay(work) {
  if (hasDisplay()) return work({});
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp', '-noreset'],
    {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    },
  );
  const stop = () => server.kill();
  process.once('exit', stop);
  try {
    return await work({ DISPLAY: `:${await displayNumber(server)}` });
  } finally {
    process.off('exit', stop);
    stop();
  }
}

/**
 * Xvfb picks a free number itself and writes it to descriptor 3 when it is ready.
 * @param {import('node:child_process').ChildProcess} server
 * @returns {Promise<string>}
 */
function displayNumber(server) {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.on('data', (text) => (said += text));
    server.stdio[3]?.once('data', (text) => resolve(String(text).trim()));
    const fail = () =>
      reject(
        new PreparationError('Xvfb did not start.', 'try "Xvfb :99" by hand and see what it says.', said),
      );
    server.once('error', fail);
    server.once('exit', fail);
  });
}
