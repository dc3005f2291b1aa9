import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyFileSigner } from '../../../../monitor/proof/key-file';
import { readTrustedKeys, trustKey } from '../../../../monitor/proof/trusted-keys';

const key = { fingerprint: 'a'.repeat(64), name: 'Anna', from: 'phone', addedMs: 1 };

describe.skipIf(process.platform === 'win32')('the file of trusted keys', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'heron-trusted-'));
    file = path.join(folder, 'trusted-keys.json');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is its owner’s alone, and read back', () => {
    expect(readTrustedKeys(file)).toEqual([]);
    trustKey(file, key);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readTrustedKeys(file)).toEqual([key]);
  });

  it.each([0o620, 0o602])('is not believed when others may write it (%o)', (mode) => {
    trustKey(file, key);
    chmodSync(file, mode);
    expect(() => readTrustedKeys(file)).toThrow('Others than its owner may write');
    chmodSync(file, 0o644);
    expect(readTrustedKeys(file)).toEqual([key]);
  });

  it('is not waited for when it is a pipe, as is a signing key', () => {
    execFileSync('mkfifo', [file]);
    expect(() => readTrustedKeys(file)).toThrow('not a plain file');
    expect(keyFileSigner(file)).toMatchObject({ signer: null, words: expect.stringContaining('plain file') });
  });

  it('is not read when it is huge', () => {
    writeFileSync(file, '', { mode: 0o600 });
    truncateSync(file, 1e12);
    expect(() => readTrustedKeys(file)).toThrow('larger than 4 MB');
  });
});
