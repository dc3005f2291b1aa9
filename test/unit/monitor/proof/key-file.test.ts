import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fingerprintOf, isSignedBy } from '../../../../db/chain/signed-text';
import type { HistorySigner, SignerOrWhyNot } from '../../../../db/chain/signer';
import { keychainSigner } from '../../../../monitor/proof/keychain-signer';
import type { Cipher } from '../../../../monitor/secrets/password-store';
import { keyFileSigner, renewKeyFile } from '../../../../monitor/proof/key-file';
import { ringFingerprint } from '../../../../monitor/proof/key-ring';

const folder = mkdtempSync(path.join(tmpdir(), 'heron-key-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = Buffer.from('what is signed');

function signerOf(made: SignerOrWhyNot): HistorySigner {
  if (made.signer === null) throw new Error(made.words);
  return made.signer;
}

/** A keychain that turns every byte round. */
const cipher: Cipher = {
  protection: () => 'keychain',
  encrypt: (plain) => Buffer.from(plain, 'utf8').map((byte) => byte ^ 0xff) as Buffer,
  decrypt: (encrypted) => Buffer.from(encrypted.map((byte) => byte ^ 0xff)).toString('utf8'),
};

describe('A key file', () => {
  it('is made for its owner alone, and signs the same afterwards', async () => {
    const file = path.join(folder, 'one.key');
    const first = signerOf(keyFileSigner(file));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = signerOf(keyFileSigner(file));
    expect(again.publicKey).toBe(first.publicKey);
    expect(isSignedBy(first.publicKey, text, await again.sign(text))).toBe(true);
    expect(isSignedBy(first.publicKey, Buffer.from('something else'), await again.sign(text))).toBe(false);
  });

  it('that others may read, or that is something else, signs nothing and is left as it is', () => {
    const file = path.join(folder, 'open.key');
    signerOf(keyFileSigner(file));
    chmodSync(file, 0o644);
    expect(keyFileSigner(file)).toMatchObject({ signer: null, words: expect.stringMatching(/chmod 600/) });
    const other = path.join(folder, 'other.key');
    writeFileSync(other, '{"secret":"correct-horse"}', { mode: 0o600 });
    const refused = keyFileSigner(other);
    expect(refused).toMatchObject({ signer: null, words: expect.stringMatching(/not one that Heron made/) });
    expect(JSON.stringify(refused)).not.toContain('correct-horse');
    expect(readFileSync(other, 'utf8')).toContain('correct-horse');
  });

  it('with a new key keeps the old one, which signs for the new one and for what it began', async () => {
    const file = path.join(folder, 'two.key');
    const old = signerOf(keyFileSigner(file));
    const ring = renewKeyFile(file);
    const next = signerOf(keyFileSigner(file));
    expect(fingerprintOf(next.publicKey)).toBe(ringFingerprint(ring));
    expect(next.publicKey).not.toBe(old.publicKey);
    const word = await next.signWithFormer(fingerprintOf(old.publicKey), text);
    expect(isSignedBy(old.publicKey, text, word ?? '')).toBe(true);
    expect(await next.signWithFormer('0'.repeat(64), text)).toBeNull();
    expect(isSignedBy(old.publicKey, text, await old.sign(text))).toBe(true);
    expect(() => renewKeyFile(path.join(folder, 'none.key'))).toThrow(/no key file/);
  });
});

describe('A key in the keychain', () => {
  it('is on the disk encrypted only, and signs', async () => {
    const made = signerOf(keychainSigner(folder, cipher));
    expect(isSignedBy(made.publicKey, text, await made.sign(text))).toBe(true);
    const file = path.join(folder, 'history-key.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toContain('secret');
    expect(signerOf(keychainSigner(folder, cipher)).publicKey).toBe(made.publicKey);
    const broken = { ...cipher, decrypt: () => 'nothing' };
    expect(keychainSigner(folder, broken)).toMatchObject({
      signer: null,
      words: expect.stringMatching(/cannot be decrypted/),
    });
  });

  it('is not made where there is no keychain', () => {
    const elsewhere = path.join(folder, 'elsewhere');
    expect(keychainSigner(elsewhere, { ...cipher, protection: () => 'none' })).toMatchObject({
      signer: null,
      words: expect.stringMatching(/no keychain/),
    });
    expect(existsSync(path.join(elsewhere, 'history-key.json'))).toBe(false);
  });
});
