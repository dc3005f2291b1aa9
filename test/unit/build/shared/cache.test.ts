import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cacheFolder } from '../../../../build/shared/paths.mjs';
import { cachedFolder, readNote, writeNote } from '../../../../build/shared/cache.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-cache-'));
  vi.stubEnv('HERON_CACHE', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

describe('the cache folder', () => {
  it('is HERON_CACHE, else heron in XDG_CACHE_HOME, else in ~/.cache', () => {
    expect(cacheFolder()).toBe(folder);
    vi.stubEnv('HERON_CACHE', undefined);
    vi.stubEnv('XDG_CACHE_HOME', '/x');
    expect(cacheFolder()).toBe(path.join('/x', 'heron'));
    vi.stubEnv('XDG_CACHE_HOME', undefined);
    expect(cacheFolder()).toBe(path.join(os.homedir(), '.cache', 'heron'));
  });
});

describe('a cached folder', () => {
  it('is filled once, also when two want it at the same time', async () => {
    let fills = 0;
    const fill = (target: string) => {
      fills += 1;
      writeFileSync(path.join(target, 'content'), 'complete');
      return Promise.resolve();
    };
    const [first, second] = await Promise.all([cachedFolder('thing', fill), cachedFolder('thing', fill)]);
    expect(first).toBe(second);
    expect(fills).toBe(1);
    expect(readFileSync(path.join(first, 'content'), 'utf8')).toBe('complete');
  });

  it('does not appear when filling it fails, and nothing is left behind', async () => {
    await expect(cachedFolder('thing', () => Promise.reject(new Error('disk full')))).rejects.toThrow(
      'disk full',
    );
    expect(existsSync(path.join(folder, 'thing'))).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a note', () => {
  it('is forgotten after its time', () => {
    vi.useFakeTimers({ now: 1_000_000 });
    writeNote('note', 'no route');
    vi.setSystemTime(1_000_000 + 500);
    expect(readNote('note', 500)).toBe('no route');
    vi.setSystemTime(1_000_000 + 501);
    expect(readNote('note', 500)).toBeUndefined();
  });

  it('that is damaged is none', () => {
    writeFileSync(path.join(folder, 'note.json'), '{');
    expect(readNote('note', 1)).toBeUndefined();
  });
});
