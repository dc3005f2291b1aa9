import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signedUpdate } from '../../../../build/release/sign-update.mjs';
import { readManifest } from '../../../../monitor/updates/update-manifest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'heron-release-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const release = { version: '1.2.0', releasedAt: '2026-11-30T12:00:00.000Z', page: null };

describe('the signed manifest of a release', () => {
  it('is what an installed Heron accepts, with every package', () => {
    for (const name of ['heron-1.2.0-linux-x86_64.AppImage', 'heron-1.2.0-linux-amd64.deb', 'notes.md'])
      writeFileSync(path.join(folder, name), name);
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    const { text, signature } = signedUpdate({ ...release, folder, privateKey: pem });
    const manifest = readManifest(
      text,
      signature,
      publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    );
    expect(manifest.version).toBe('1.2.0');
    expect(Object.keys(manifest.files)).toEqual([
      'heron-1.2.0-linux-amd64.deb',
      'heron-1.2.0-linux-x86_64.AppImage',
    ]);
  });

  it('is not made of nothing, nor with a key of another kind', () => {
    expect(() => signedUpdate({ ...release, folder, privateKey: '' })).toThrow(/holds no packages/);
    writeFileSync(path.join(folder, 'heron-1.2.0-linux-amd64.deb'), '');
    const { privateKey } = generateKeyPairSync('x25519');
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    expect(() => signedUpdate({ ...release, folder, privateKey: pem })).toThrow(/no Ed25519 key/);
  });
});
