/** A step that failed: what, and what the reader can do about it. */
export class PreparationError extends Error {
  /**
   * @param {string} what one sentence
   * @param {string} remedy what to do, one sentence or a command
   * @param {string} [detail] the failing program's last words
   */
  constructor(what, remedy, detail = '') {
    super(what);
    this.name = 'PreparationError';
    this.remedy = remedy;
    this.detail = detail;
  }
}

const heartbeatMs = 10_000;

/**
 * One line on stderr: stdout belongs to the program that is being prepared.
 * @param {string} text
 */
export function report(text) {
  process.stderr.write(`heron: ${text}\n`);
}

/**
 * Runs one step of the preparation with its progress on stderr: a line when it begins, one every ten seconds while it
 * lasts, one when it is done.
 * @template T
 * @param {string} title such as `SQLite addon: compiling, about a minute`
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(title, work) {
  const startedAt = performance.now();
  const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(0)} s`;
  report(`${title} …`);
  const heartbeat = setInterval(() => report(`${title} … ${seconds()}`), heartbeatMs);
  try {
    const result = await work();
    report(`${title}: done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    return result;
  } finally {
    clearInterval(heartbeat);
  }
}

/**
 * Prints what failed and what to do.
 * @param {PreparationError} error
 */
export function reportError(error) {
  if (error.detail) process.stderr.write(`${error.detail.trimEnd().replace(/^/gm, '    ')}\n`);
  report(`failed: ${error.message}`);
  report(`what to do: ${error.remedy}`);
}

/**
 * Prints what failed and what to do, and ends the process with exit code 1. Anything that is not a PreparationError is a
 * fault of the tooling itself and is printed in full.
 * @param {unknown} error
 * @returns {never}
 */
export function exitWithError(error) {
  if (error instanceof PreparationError) reportError(error);
  else report(`failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  process.exit(1);
}
