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
/** ECMA-48: one line up, to its beginning, and erase it. */
const eraseLastLine = '\u001b[1A\r\u001b[2K';
/** The step whose progress is the last line on stderr; null: another line is. */
let lastStep = /** @type {object | null} */ (null);

/**
 * One line on stderr: stdout belongs to the program that is being prepared.
 * @param {string} text
 */
export function report(text) {
  lastStep = null;
  process.stderr.write(`heron: ${text}\n`);
}

/**
 * A line of a step's progress. In a terminal it replaces the step's line before it.
 * @param {object} step
 * @param {string} text
 */
function reportStep(step, text) {
  const erase = process.stderr.isTTY && lastStep === step ? eraseLastLine : '';
  process.stderr.write(`${erase}heron: ${text}\n`);
  lastStep = step;
}

/**
 * Runs one step of the preparation with its progress on stderr: when it begins, every ten seconds while it lasts, and when it is
 * done. Its work must not write to stderr itself.
 * @template T
 * @param {string} title such as `SQLite addon: compiling, about a minute`
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(title, work) {
  const startedAt = performance.now();
  const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(0)} s`;
  const step = {};
  reportStep(step, `${title} …`);
  const heartbeat = setInterval(() => reportStep(step, `${title} … ${seconds()}`), heartbeatMs);
  try {
    const result = await work();
    reportStep(step, `${title}: done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
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
