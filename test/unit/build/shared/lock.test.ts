import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from '../../../../build/shared/lock.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-lock-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function leaveLock(holder: object): string {
  const lock = path.join(folder, 'a.lock');
  mkdirSync(lock);
  const file = path.join(lock, 'holder.json');
  writeFileSync(file, JSON.stringify(holder));
  return file;
}

describe('a lock between processes', () => {
  it('lets one in at a time', async () => {
    const inside: number[] = [];
    let most = 0;
    const visit = (id: number) =>
      withLock(folder, 'a', async () => {
        inside.push(id);
        most = Math.max(most, inside.length);
        await new Promise(setImmediate);
        inside.splice(inside.indexOf(id), 1);
        return id;
      });
    expect(await Promise.all([1, 2, 3].map(visit))).toEqual([1, 2, 3]);
    expect(most).toBe(1);
  });

  it('is released when the work fails', async () => {
    await expect(withLock(folder, 'a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(path.join(folder, 'a.lock'))).toBe(false);
  });

  it('is taken over from a process that is gone', async () => {
    // Beyond the largest process id of Linux, macOS and Windows alike.
    leaveLock({ token: 'gone', pid: 2 ** 31 - 1, host: os.hostname() });
    expect(await withLock(folder, 'a', () => Promise.resolve('in'))).toBe('in');
  });

  it('is taken over from another host that has not renewed it for over a minute', async () => {
    const file = leaveLock({ token: 'far', pid: process.pid, host: 'elsewhere.invalid' });
    const longAgo = new Date(Date.now() - 120_000);
    utimesSync(file, longAgo, longAgo);
    expect(await withLock(folder, 'a', () => Promise.resolve('in'))).toBe('in');
  });

  it('is respected while its holder lives', async () => {
    leaveLock({ token: 'alive', pid: process.pid, host: os.hostname() });
    let entered = false;
    const waiting = withLock(folder, 'a', () => Promise.resolve((entered = true)));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(entered).toBe(false);
    rmSync(path.join(folder, 'a.lock'), { recursive: true });
    await waiting;
    expect(entered).toBe(true);
  });
});
