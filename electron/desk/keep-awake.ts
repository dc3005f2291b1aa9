import { powerSaveBlocker, type BrowserWindow } from 'electron';
import { log } from '../../monitor/log/log';

/** Keeps the display on while the wall is shown live in a visible window. */
export class KeepAwake {
  #blockerId: number | null = null;
  #isWanted = false;
  #window: BrowserWindow | null = null;

  follow(window: BrowserWindow): void {
    this.#window = window;
    const apply = (): void => this.#apply();
    for (const name of ['show', 'hide', 'minimize', 'restore', 'closed'] as const)
      window.on(name as 'show', apply);
    // A page that is loaded again asks for it again.
    window.webContents.on('did-start-navigation', ({ isSameDocument, isMainFrame }) => {
      if (isMainFrame && !isSameDocument) this.set(false);
    });
    window.webContents.on('render-process-gone', () => this.set(false));
  }

  set(isWanted: boolean): void {
    this.#isWanted = isWanted;
    this.#apply();
  }

  #apply(): void {
    const window = this.#window;
    const isShown = window !== null && !window.isDestroyed() && window.isVisible() && !window.isMinimized();
    const isOn = this.#isWanted && isShown;
    if (isOn === (this.#blockerId !== null)) return;
    if (this.#blockerId === null) this.#blockerId = powerSaveBlocker.start('prevent-display-sleep');
    else {
      powerSaveBlocker.stop(this.#blockerId);
      this.#blockerId = null;
    }
    log.info(isOn ? 'The display is kept on for the wall.' : 'The display may turn off again.');
  }
}
