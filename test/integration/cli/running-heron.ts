import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const built = fileURLToPath(new URL('../../../out/cli/heron.js', import.meta.url));

export type Line = Record<string, unknown> & { type: string; time: string; recordedAt: string };

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The built `heron`, running. */
export class RunningHeron {
  readonly lines: Line[] = [];
  /** Lines of standard output that are not JSON objects: there must be none. */
  readonly otherLines: string[] = [];
  stderr = '';
  readonly ended: Promise<Ended>;
  private readonly child: ChildProcess;
  private changed: () => void = () => undefined;

  /** Runs it in a network namespace, which needs root. */
  static inNamespace(name: string, args: string[], environment: Record<string, string> = {}): RunningHeron {
    return new RunningHeron(args, environment, ['ip', 'netns', 'exec', name]);
  }

  constructor(args: string[], environment: Record<string, string> = {}, within: string[] = []) {
    const [program = process.execPath, ...rest] = [...within, process.execPath, built, ...args];
    this.child = spawn(program, rest, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    createInterface({ input: this.child.stdout! }).on('line', (text) => this.take(text));
    this.ended = new Promise((resolve) => {
      this.child.once('close', (code, signal) => {
        resolve({ code, signal });
        this.changed();
      });
    });
  }

  /** The first line that fits, from now on or already there; rejects at the deadline or when heron ends without it. */
  async line(what: string, fits: (line: Line) => boolean, deadlineMs = 20_000): Promise<Line> {
    const until = Date.now() + deadlineMs;
    for (;;) {
      const found = this.lines.find(fits);
      if (found) return found;
      const gone = this.child.exitCode !== null || this.child.signalCode !== null;
      if (gone || Date.now() > until)
        throw new Error(`${gone ? 'Ended' : 'Waited'} without ${what}.\n${this.said()}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 250);
        this.changed = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Closes our end of its standard output, as `head` does. */
  stopReading(): void {
    this.child.stdout!.destroy();
  }

  /** Ends it for sure, at the end of a test. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  private take(text: string): void {
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === 'object' && value !== null && 'type' in value) this.lines.push(value as Line);
      else this.otherLines.push(text);
    } catch (fault) {
      if (!(fault instanceof SyntaxError)) throw fault;
      this.otherLines.push(text);
    }
    this.changed();
  }

  private said(): string {
    const last = this.lines.slice(-5).map((line) => JSON.stringify(line).slice(0, 300));
    return [...last, ...this.otherLines, this.stderr].join('\n');
  }
}
