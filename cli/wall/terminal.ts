import { emitKeypressEvents } from 'node:readline';
import { writeSync } from 'node:fs';
import ansiEscapes from 'ansi-escapes';
import type { Capabilities } from './capabilities';
import type { Line } from './line';
import { Painter } from './paint';
import type { Size } from './wall-state';
import type { Key } from './wall-key';

/** How long Escape alone waits for the rest of a sequence, which over ssh may come late. */
const escapeTimeoutMs = 100;
/** Wrapping off: a text that a terminal draws wider than measured must not spill into the next line. */
const [wrapOff, wrapOn] = ['\u001b[?7l', '\u001b[?7h'];
const reset = '\u001b[0m';

/** Escape sequences between which a terminal draws nothing (synchronized output); those that do not know them ignore them. */
const [beginUpdate, endUpdate] = ['\u001b[?2026h', '\u001b[?2026l'];

/** A key as `readline` reports it. */
interface Pressed {
  name?: string;
  ctrl?: boolean;
  meta?: boolean;
}

/** The screen and the keyboard of a terminal, taken over until `leave`. */
export class Terminal {
  readonly #painter: Painter;
  #shown: string[] = [];
  #isEntered = false;
  readonly #leaveAtExit = (): void => this.leave();

  constructor(
    private readonly input: typeof process.stdin,
    private readonly output: typeof process.stdout,
    capabilities: Capabilities,
  ) {
    this.#painter = new Painter(capabilities);
  }

  get size(): Size {
    return { columns: this.output.columns || 80, rows: this.output.rows || 24 };
  }

  /** Takes the screen over. Whatever ends the process, the terminal is as it was before. */
  enter(): void {
    if (this.#isEntered) return;
    this.#isEntered = true;
    process.on('exit', this.#leaveAtExit);
    // Before Node prints the error, which would be lost with the alternate screen.
    process.on('uncaughtExceptionMonitor', this.#leaveAtExit);
    this.input.setRawMode(true);
    this.input.resume();
    this.output.write(
      ansiEscapes.enterAlternativeScreen + ansiEscapes.cursorHide + wrapOff + ansiEscapes.clearScreen,
    );
    this.#shown = [];
  }

  /** Gives the terminal back. Synchronous: it is also the last act of a process. */
  leave(): void {
    if (!this.#isEntered) return;
    this.#isEntered = false;
    process.off('exit', this.#leaveAtExit);
    process.off('uncaughtExceptionMonitor', this.#leaveAtExit);
    const restore = endUpdate + reset + wrapOn + ansiEscapes.cursorShow + ansiEscapes.exitAlternativeScreen;
    try {
      writeSync(this.output.fd, restore);
      this.input.setRawMode(false);
    } catch {
      // The terminal itself is gone: nothing is left to restore.
    }
    this.input.pause();
  }

  onKey(listener: (key: Key) => void): void {
    emitKeypressEvents(this.input, { escapeCodeTimeout: escapeTimeoutMs } as never);
    this.input.on(
      'keypress',
      (text: string | undefined, { name = '', ctrl = false, meta = false }: Pressed) => {
        // Escape and a key soon after it arrive as one key with Alt, which the wall does not use.
        if (meta) listener({ name: 'escape', ctrl: false, text: '' });
        if (meta && name === 'escape') return;
        const typed = meta && name.length === 1 ? name : (text ?? '');
        listener({ name, ctrl, text: ctrl ? '' : typed });
      },
    );
  }

  /** Called when the terminal itself is gone, as when an ssh connection is cut. */
  onGone(listener: () => void): void {
    for (const event of ['end', 'error'] as const) this.input.on(event, listener);
  }

  onResize(listener: () => void): void {
    this.output.on('resize', () => {
      this.redraw();
      listener();
    });
  }

  /** Everything is drawn the next time. */
  redraw(): void {
    this.#shown = [];
  }

  /** Draws the lines that changed. Returns how many bytes that took. */
  draw(lines: readonly Line[]): number {
    if (!this.#isEntered) return 0;
    const { columns } = this.size;
    const all = this.#shown.length !== lines.length;
    let text = all ? reset + ansiEscapes.clearScreen : '';
    const painted = lines.map((line) => this.#painter.line(line, columns));
    for (const [row, line] of painted.entries())
      if (all || line !== this.#shown[row]) text += ansiEscapes.cursorTo(0, row) + line;
    this.#shown = painted;
    if (text === '') return 0;
    this.output.write(beginUpdate + text + reset + endUpdate);
    return Buffer.byteLength(text);
  }
}
