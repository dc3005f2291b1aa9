import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { program } from './heron';

/** How a Heron that was not started by Playwright ended. */
export interface Ended {
  code: number | null;
  errors: string;
  output: string;
}

/** A Heron that was started as from a shell. */
export interface Started {
  /** Standard error so far. */
  errors(): string;
  ended: Promise<Ended>;
  /** Sends SIGTERM. */
  terminate(): void;
}

/** Starts Heron as from a shell; `input` goes to its standard input. */
export function startHeron(project: string, args: string[], input = ''): Started {
  const start = program(project);
  const executable = start.executablePath ?? (createRequire(import.meta.url)('electron') as string);
  const child = spawn(executable, [...start.args, ...args], { stdio: 'pipe' });
  child.stdin.end(input);
  let [errors, output] = ['', ''];
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, errors, output }));
  });
  return { errors: () => errors, ended, terminate: () => child.kill('SIGTERM') };
}

/** Starts Heron as from a shell and waits for its end. */
export function runHeron(project: string, args: string[], input = ''): Promise<Ended> {
  return startHeron(project, args, input).ended;
}

/** Whether something listens on a TCP port of this machine. */
export function listens(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
