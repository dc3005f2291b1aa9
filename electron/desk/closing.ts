import type { BrowserWindow } from 'electron';
import { log } from '../../monitor/log/log';

export interface ClosingOptions {
  /** Whether the person wants monitoring to go on; null: they have not decided. */
  keeps(): boolean | null;
  decide(keeps: boolean): void;
  /** False: nothing is monitored, or Heron ends, so that the window closes. */
  canKeep(): boolean;
  changed(): void;
  quit(why: string): void;
}

/**
 * What closing the window does: hides it while monitoring goes on, or ends Heron. The first time the page asks; closing the window
 * once more before an answer hides it, so that a page that does not respond cannot keep it open.
 */
export class Closing {
  #asks = false;
  #window: BrowserWindow | null = null;

  constructor(private readonly options: ClosingOptions) {}

  /** The page asks whether monitoring goes on. */
  get asks(): boolean {
    return this.#asks;
  }

  follow(window: BrowserWindow): void {
    this.#window = window;
    window.on('close', (event) => {
      const { keeps, canKeep } = this.options;
      if (!canKeep() || keeps() === false) return;
      event.preventDefault();
      const isFirst = keeps() === null && !this.#asks && window.isVisible();
      if (isFirst) this.#ask(true);
      else this.#hide();
    });
  }

  /** `keeps` null: the window stays open, and closing it asks again. */
  answer(keeps: boolean | null): void {
    if (keeps === null) return this.#ask(false);
    this.options.decide(keeps);
    if (keeps) return this.#hide();
    this.#ask(false);
    this.options.quit('Its window was closed.');
  }

  #hide(): void {
    this.#ask(false);
    log.info('The window was closed: Heron goes on monitoring in the background.');
    // macOS leaves a black screen behind a hidden window that was in full screen.
    if (process.platform === 'darwin' && this.#window?.isFullScreen()) this.#window.setFullScreen(false);
    this.#window?.hide();
  }

  #ask(asks: boolean): void {
    if (this.#asks === asks) return;
    this.#asks = asks;
    this.options.changed();
  }
}
