import { HistoryError } from '../../db/model/history-error';
import { duration } from '../../domain/words/duration';
import { systemClock } from '../../monitor/base/clock';
import { keepHeapSmall } from '../../monitor/host/heap-growth';
import { divertCommandLog } from '../../monitor/log/log';
import { exitCode } from '../common/command-line';
import { awaitEnding, type Ending } from '../common/ending';
import { print, printDrawn, printError } from '../common/print';
import { capabilitiesOf, type Capabilities } from './capabilities';
import { Ink } from './line';
import { openSource } from './open-source';
import { PlainWall } from './plain-wall';
import { Terminal } from './terminal';
import { readWallOptions, wallUsage, type WallOptions } from './wall-options';
import { WallSession } from './wall-session';
import type { WallSource } from './wall-source';

const clockMs = 1_000;
/** Of the log, what came while the wall was on screen is printed afterwards. */
const mostLogLines = 50;

/**
 * `heron wall`: all clusters on one screen of a terminal; plain lines where the output is none. Resolves to the exit code: 0, or 1 when
 * a history could not be opened.
 *
 * @throws UsageError
 */
export async function runWall(args: string[]): Promise<number> {
  const options = readWallOptions(args, systemClock.nowMs());
  if (options.help) {
    print(wallUsage);
    return exitCode.done;
  }
  keepHeapSmall();
  const ending = awaitEnding(outputClosed());
  try {
    const isScreen = process.stdin.isTTY && process.stdout.isTTY;
    await (isScreen ? showScreen(options, ending) : showPlain(options, ending));
    if (ending.fault === null) return exitCode.done;
    printError(`heron wall: Ended because of an error in Heron itself: ${ending.fault}. Start it again.\n`);
    return exitCode.problem;
  } catch (fault) {
    if (!(fault instanceof HistoryError)) throw fault;
    printError(`heron wall: ${fault.message}\n`);
    return exitCode.problem;
  } finally {
    ending.dispose();
  }
}

/** Resolves when the reader or the terminal at the other end has gone. */
function outputClosed(): Promise<void> {
  return new Promise((resolve) => process.stdout.on('error', () => resolve()));
}

async function showPlain(options: WallOptions, ending: Ending): Promise<void> {
  const source = await openSource(options, (words) => printError(`heron wall: ${words}\n`));
  try {
    const ink = new Ink(capabilitiesOf(process.env, options.wanted));
    // What is written was made safe by the ink. A reader that closes the pipe is an ending, so that the history is removed.
    const plain = new PlainWall(source, ink, printDrawn);
    if (options.subject.kind === 'file' || options.atMs !== null)
      return await plain.printStates(options.atMs);
    plain.follow();
    ending.after(options.seconds);
    await ending.reason;
  } finally {
    await source.close();
  }
}

async function showScreen(options: WallOptions, ending: Ending): Promise<void> {
  let session: WallSession | null = null;
  const notices: string[] = [];
  const notify = (words: string): void => {
    if (session) session.message(words);
    else {
      notices.push(words);
      printError(`heron wall: ${words}\n`);
    }
  };
  const source = await openSource(options, notify);
  const startedMs = performance.now();
  const logged: string[] = [];
  const restoreLog = divertCommandLog((line) => {
    logged.push(line);
    if (logged.length > mostLogLines) logged.shift();
  });
  try {
    const capabilities = capabilitiesOf(process.env, options.wanted);
    await runScreen(source, capabilities, options, ending, (created) => {
      session = created;
      const last = notices.filter((words) => !words.startsWith('Starting')).at(-1);
      if (last !== undefined) created.message(last);
    });
  } finally {
    session = null;
    restoreLog();
    for (const line of logged) printError(`${line}\n`);
    await source.close();
    if (options.subject.kind === 'demo' || options.subject.kind === 'inventory')
      printError(
        `heron wall: Monitored for ${duration(performance.now() - startedMs)}. The history was temporary, and is removed.\n`,
      );
  }
}

/** Shows the wall until a key, a signal or the time ends it; then the terminal is as it was before. */
async function runScreen(
  source: WallSource,
  capabilities: Capabilities,
  { atMs, seconds }: WallOptions,
  ending: Ending,
  onStart: (session: WallSession) => void,
): Promise<void> {
  const terminal = new Terminal(process.stdin, process.stdout, capabilities);
  let quit: () => void = () => undefined;
  const quitting = new Promise<void>((resolve) => (quit = resolve));
  const session = new WallSession(source, terminal, capabilities, {
    quit,
    suspend: () => suspend(terminal, () => session.draw()),
  });
  terminal.enter();
  const clock = setInterval(() => session.draw(), clockMs);
  try {
    terminal.onKey((key) => void session.press(key));
    terminal.onGone(quit);
    terminal.onResize(() => session.draw());
    source.onChange(() => void session.refresh());
    session.draw();
    onStart(session);
    if (atMs !== null) await session.travel(atMs);
    ending.after(seconds);
    await Promise.race([quitting, ending.reason]);
  } finally {
    clearInterval(clock);
    terminal.leave();
  }
}

/** Stops the process as Ctrl Z does, with the terminal as it was; `fg` goes on. */
function suspend(terminal: Terminal, draw: () => void): void {
  if (process.platform === 'win32') return;
  terminal.leave();
  process.once('SIGCONT', () => {
    terminal.enter();
    draw();
  });
  process.kill(process.pid, 'SIGTSTP');
}
