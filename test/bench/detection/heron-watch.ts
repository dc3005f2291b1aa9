import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { claimOf, type Claim } from './claims';

/** The built `heron`: this benchmark runs from out/bench/. */
const heron = fileURLToPath(new URL('../cli/heron.js', import.meta.url));
const lineSchema = z.looseObject({ type: z.string() });

/** A `heron` command that runs as a process of its own, its standard output read line by line. */
export class HeronProcess {
  stderr = '';
  private readonly child: ChildProcess;
  private readonly closed: Promise<unknown>;

  constructor(
    args: string[],
    environment: Record<string, string>,
    onLine: (line: Record<string, unknown> & { type: string }, atMs: number) => void,
  ) {
    this.child = spawn(process.execPath, [heron, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    this.closed = once(this.child, 'close');
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.stderr = (this.stderr + text).slice(-4_000);
    });
    createInterface({ input: this.child.stdout! }).on('line', (text) => {
      const atMs = Date.now();
      onLine(lineSchema.parse(JSON.parse(text)), atMs);
    });
  }

  /** Whether it has ended. */
  get gone(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Processor time it has used, seconds (Linux; 0 elsewhere or once it has ended). */
  get cpuSeconds(): number {
    const file = `/proc/${this.child.pid}/stat`;
    if (!existsSync(file)) return 0;
    // proc(5): utime and stime are fields 14 and 15, in hundredths of a second; the name before them may hold blanks.
    const fields = readFileSync(file, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  /** Ends it in order; kills it when it does not end in time. */
  async end(): Promise<void> {
    if (!this.gone) this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
    await this.closed;
    clearTimeout(timer);
  }
}

/** `heron watch` under judgement: what it said of each cluster, and of itself. */
export class HeronWatch {
  readonly claims = new Map<string, Claim[]>();
  /** Every line, for whoever looks for a cause. */
  readonly lines: { atMs: number; line: Record<string, unknown> }[] = [];
  private readonly states = new Map<string, unknown>();
  private readonly process: HeronProcess;

  constructor(args: string[], environment: Record<string, string>) {
    this.process = new HeronProcess(['watch', '--quiet', ...args], environment, (line, atMs) => {
      this.lines.push({ atMs, line });
      if (line.type === 'cluster-state') this.states.set(String(line['cluster']), line['to']);
      const said = claimOf(line, atMs);
      if (said) this.claims.set(said.cluster, [...(this.claims.get(said.cluster) ?? []), said.claim]);
    });
  }

  /** Waits until each of these clusters was found up. @throws when one is not within the time */
  async found(clusters: readonly string[], deadlineMs: number): Promise<void> {
    const end = performance.now() + deadlineMs;
    for (;;) {
      const waiting = clusters.filter((name) => this.states.get(name) !== 'up');
      if (waiting.length === 0) return;
      if (this.process.gone || performance.now() > end) {
        throw new Error(`heron watch does not find ${waiting.join(', ')} up. ${this.process.stderr}`);
      }
      await delay(100);
    }
  }

  /** Processor time it has used, seconds. */
  get cpuSeconds(): number {
    return this.process.cpuSeconds;
  }

  /** How many stretches it said it could not watch. */
  get gaps(): number {
    return this.lines.filter(({ line }) => line['type'] === 'gap').length;
  }

  end(): Promise<void> {
    return this.process.end();
  }
}
