import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appSecrets } from '../../../../monitor/secrets/app-secrets';
import { SecretConsents } from '../../../../monitor/secrets/secret-consents';
import { PasswordStore, type Cipher } from '../../../../monitor/secrets/password-store';

let folder: string;
let file: string;
/** Turns every byte around: enough to see that what is written is not the password. */
const turned = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0xff));
const cipher = (protection: 'keychain' | 'none'): Cipher => ({
  protection: () => protection,
  encrypt: (text) => turned(Buffer.from(text)),
  decrypt: (encrypted) => turned(encrypted).toString(),
});
const store = (protection: 'keychain' | 'none' = 'keychain'): PasswordStore =>
  new PasswordStore(file, cipher(protection));

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-passwords-'));
  file = path.join(folder, 'passwords.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('stored passwords', () => {
  it('come back under their names, from a file only its owner reads, which does not hold them in the clear', () => {
    store().put('noc-auth', 'swordfish', false);
    store().put('noc-priv', 'marlin', false);
    expect(store().get('noc-auth')).toEqual({ found: true, value: 'swordfish' });
    expect(store().get('noc-priv')).toEqual({ found: true, value: 'marlin' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toMatch(/swordfish|marlin/);
  });

  it('are kept until closing without a file, and count before a stored one of that name', () => {
    const passwords = store('none');
    passwords.holdUntilClosing('noc', 'marlin');
    expect(passwords.get('noc')).toEqual({ found: true, value: 'marlin' });
    expect(passwords.place('noc')).toBe('until-closing');
    expect(store('none').get('noc')).toMatchObject({ found: false });
    expect(existsSync(file)).toBe(false);
  });

  it('tell where they are, and are forgotten when asked', () => {
    const passwords = store();
    passwords.put('noc', 'swordfish', false);
    store('none').put('old', 'swordfish', true);
    expect(['noc', 'old', 'none'].map((name) => passwords.place(name))).toEqual([
      'stored',
      'stored-open',
      'none',
    ]);
    passwords.remove('noc');
    passwords.remove('nothing');
    expect(passwords.get('noc')).toMatchObject({ found: false });
    expect(passwords.get('old')).toMatchObject({ found: true });
  });

  it('are none under a name that every object has', () => {
    expect(store().get('constructor')).toEqual({
      found: false,
      words: 'no password is stored under the name "constructor"',
    });
  });

  it('are not kept without a keychain, unless the person insists; and then the file says so', () => {
    expect(() => store('none').put('noc', 'swordfish', false)).toThrow(/no keychain/);
    expect(store('none').get('noc')).toMatchObject({ found: false });
    store('none').put('noc', 'swordfish', true);
    expect(readFileSync(file, 'utf8')).toContain('"protection":"none"');
  });

  it.each([
    ['', 'x'],
    ['../etc', 'x'],
    ['noc', ''],
  ])('refuse the name %j with the password %j', (name, password) => {
    expect(() => store().put(name, password, false)).toThrow(/name|empty/);
  });

  it('are never looked for in a file that is not theirs, nor is it overwritten', () => {
    writeFileSync(file, '{"version":2}');
    expect(store().get('noc')).toMatchObject({
      found: false,
      words: expect.stringContaining('cannot be read'),
    });
    expect(() => store().put('noc', 'swordfish', false)).toThrow(/left as it is/);
    expect(readFileSync(file, 'utf8')).toBe('{"version":2}');
  });

  it('that cannot be decrypted are words, not an exception', () => {
    store().put('noc', 'swordfish', false);
    const broken = new PasswordStore(file, {
      ...cipher('keychain'),
      decrypt: () => {
        throw new Error('swordfish');
      },
    });
    const result = broken.get('noc');
    expect(result).toMatchObject({ found: false, words: expect.stringContaining('store it again') });
    expect(JSON.stringify(result)).not.toContain('swordfish');
  });

  it('stand beside the environment for whoever resolves a secret', async () => {
    store().put('noc', 'swordfish', false);
    const secrets = appSecrets({ HERON_AUTH: 'marlin' }, store(), new SecretConsents(`${file}.consents`));
    expect(await secrets.resolve({ secret: 'noc' })).toEqual({ found: true, value: 'swordfish' });
    expect(await secrets.resolve({ env: 'HERON_AUTH' })).toEqual({ found: true, value: 'marlin' });
    expect(await secrets.resolve({ secret: 'other' })).toMatchObject({ found: false });
  });
});
