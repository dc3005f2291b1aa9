import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { rootCommand } from '../../build/offline/debian-root.mjs';

/** What a program printed, and how it ended. */
export interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** What packages and apt write about themselves, and what any program may write. */
const notThePackage = /^\/(?:proc|sys|dev|tmp|run|home|root|var\/(?:cache|log|lib\/(?:dpkg|apt)))(?:\/|$)/;

/** A copy of the prepared Debian, in which packages are installed, used and removed. */
export class Debian {
  readonly root: string;

  constructor(prepared: string) {
    this.root = mkdtempSync(path.join(os.tmpdir(), 'heron-debian-'));
    // Node's own copy knows no device files.
    execFileSync('cp', ['-a', '--reflink=auto', `${prepared}/.`, this.root]);
  }

  /** Runs a program; `user`: root where left out. */
  run(command: readonly string[], user?: string, timeoutMs = 100_000): Ended {
    const [program = '', ...args] = this.command(command, user);
    const { status, stdout, stderr } = spawnSync(program, args, {
      encoding: 'utf8',
      timeout: timeoutMs,
      // unshare itself ignores what ends it more gently.
      killSignal: 'SIGKILL',
      maxBuffer: 64 << 20,
      env: environment(user),
    });
    return { status, stdout, stderr };
  }

  /** Starts a program as the user; kill it to end it and all that it started. */
  start(command: readonly string[], user: string): ChildProcess {
    const [program = '', ...args] = this.command(command, user);
    return spawn(program, args, { env: environment(user), stdio: ['ignore', 'pipe', 'pipe'] });
  }

  path(inside: string): string {
    return path.join(this.root, inside);
  }

  /** Every file that is no record of packages, log or user data. */
  files(): string[] {
    return this.below('/').sort();
  }

  remove(): void {
    execFileSync('rm', ['-rf', '--one-file-system', this.root]);
  }

  private below(folder: string): string[] {
    return readdirSync(this.path(folder)).flatMap((name) => {
      const file = path.posix.join(folder, name);
      if (notThePackage.test(file)) return [];
      return lstatSync(this.path(file)).isDirectory() ? [file, ...this.below(file)] : [file];
    });
  }

  private command(command: readonly string[], user?: string): string[] {
    return rootCommand(this.root, [...command], user);
  }
}

function environment(user?: string): NodeJS.ProcessEnv {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: user === undefined ? '/root' : `/home/${user}`,
    LC_ALL: 'C.UTF-8',
    DEBIAN_FRONTEND: 'noninteractive',
    ...(process.env['DISPLAY'] === undefined ? {} : { DISPLAY: process.env['DISPLAY'] }),
  };
}
