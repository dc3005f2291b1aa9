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
export function announce(text) {
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
export async function underway(title, work) {
  const startedAt = performance.now();
  const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(0)} s`;
  announce(`${title} …`);
  const heartbeat = setInterval(() => announce(`${title} … ${seconds()}`), heartbeatMs);
  try {
    const result = await work();
    announce(`${title}: done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    return result;
  } finally {
    clearInterval(heartbeat);
  }
}

/**
 * Says what failed and what to do, and ends the process with exit code 1. Anything that is not a PreparationError is a
 * fault of the tooling itself and is shown in full.
 * @param {unknown} error
 * @returns {never}
 */
export function giveUp(error) {
  if (error instanceof PreparationError) {
    if (error.detail) process.stderr.write(`${error.detail.trimEnd().replace(/^/gm, '    ')}\n`);
    announce(`failed: ${error.message}`);
    announce(`what to do: ${error.remedy}`);
  } else {
    announce(`failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  process.exit(1);
}
