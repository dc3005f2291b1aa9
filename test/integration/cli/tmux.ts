import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const builtHeron = fileURLToPath(new URL('../../../out/cli/heron.js', import.meta.url));
const pollMs = 100;
let count = 0;

/** A real terminal without a screen: one tmux server with one window, which runs one command in a shell. */
export class Tmux {
  readonly #socket = `heron-test-${process.pid}-${(count += 1)}`;

  /** The shell stays after the command: what it prints then shows whether the terminal was restored. */
  constructor(command: string, { columns = 100, rows = 30 }: { columns?: number; rows?: number } = {}) {
    const size = ['-x', String(columns), '-y', String(rows)];
    const environment = { ...process.env, LC_ALL: 'C.UTF-8', ENV: '', PS1: 'shell$ ' };
    execFileSync('tmux', ['-u', '-L', this.#socket, '-f', '/dev/null', 'new-session', '-d', ...size, 'sh'], {
      env: environment,
    });
    this.#run('set-option', '-g', 'window-size', 'manual');
    this.type(`${command}; echo "ended with $?"`);
    this.keys('Enter');
  }

  /** The screen as text; with `styles` the control sequences of colours and weights, too. */
  screen(styles = false): string {
    return this.#run('capture-pane', '-p', ...(styles ? ['-e'] : []));
  }

  /** The screen once it fits; rejects with the last one at the deadline. */
  async until(what: string, fits: (screen: string) => boolean, deadlineMs = 30_000): Promise<string> {
    const until = Date.now() + deadlineMs;
    for (;;) {
      const screen = this.screen();
      if (fits(screen)) return screen;
      if (Date.now() > until) throw new Error(`Waited for ${what}. The screen was:\n${screen}`);
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }

  /** Named keys, such as Enter, Escape, Down. */
  keys(...names: string[]): void {
    this.#run('send-keys', ...names);
  }

  type(text: string): void {
    this.#run('send-keys', '-l', text);
  }

  resize(columns: number, rows: number): void {
    this.#run('resize-window', '-x', String(columns), '-y', String(rows));
  }

  /** Ends it and whatever runs in it. */
  close(): void {
    spawnSync('tmux', ['-L', this.#socket, 'kill-server']);
  }

  #run(...args: string[]): string {
    return execFileSync('tmux', ['-L', this.#socket, ...args], { encoding: 'utf8' });
  }
}
