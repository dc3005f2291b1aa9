import { describe, expect, it } from 'vitest';
import { fileVerificationSchema, type FileVerification } from '../../../../domain/contract/opened-file';
import {
  groupedFingerprint,
  keyToTrust,
  pastedFingerprint,
  unprovenFromMs,
  verificationWords,
} from '../../../../renderer/words/verification';

const key = '0123456789abcdef'.repeat(4);
const ended = { words: 'Words.', signedBy: key, signerName: null, upToMs: null, why: null };
const all: FileVerification[] = [
  { state: 'running', doneShare: 0.507 },
  { ...ended, state: 'verified' },
  { ...ended, state: 'verified-up-to', upToMs: Date.UTC(2026, 0, 2, 3, 4, 5, 678) },
  ...(['bad-record', 'unsigned', 'unknown-key', 'nothing-proven'] as const).map((why) => ({
    ...ended,
    state: 'not-verified' as const,
    why,
  })),
  { state: 'failed', words: 'The disk is gone.' },
];

describe('the verification of a file in words', () => {
  it('is green only where a trusted key proves all of it', () => {
    const green = all.filter((one) => verificationWords(one).tone === 'up');
    expect(green.map(({ state }) => state)).toEqual(['verified']);
    expect(all.map((one) => verificationWords(one).head)).toEqual([
      'Verifying',
      'Verified.',
      'Verified up to 2026-01-02 03:04:05 UTC.',
      'Not verified: altered or damaged.',
      'Not verified: unsigned.',
      'Not verified: signed by a key you have not trusted.',
      'Not verified.',
      'Verification failed.',
    ]);
  });

  it('is one line of standing: intact or not, and by whom it is signed', () => {
    expect(all.map((one) => verificationWords(one).standing)).toEqual([
      '',
      'Intact, signed by key 01234567…',
      'Intact, signed by key 01234567… up to then',
      'Words.',
      'Intact, not signed',
      'Intact, signed by key 01234567…',
      'Intact, but no signature covers it',
      'The disk is gone.',
    ]);
    const named = { ...ended, state: 'verified' as const, signerName: 'NOC Frankfurt' };
    expect(verificationWords(named).standing).toBe('Intact, signed by NOC Frankfurt');
  });

  it('offers to trust a key only where that changes the verdict', () => {
    expect(all.map(keyToTrust).filter((one) => one !== null)).toEqual([key]);
    expect(all.map(unprovenFromMs).filter((one) => one !== null)).toHaveLength(1);
  });

  it('crosses to the window as the contract has it', () => {
    for (const one of all) expect(fileVerificationSchema.parse(one)).toEqual(one);
  });
});

describe('a fingerprint', () => {
  it('is grouped to compare, and read back from what a person pasted', () => {
    expect(groupedFingerprint(key).split(' ')).toHaveLength(8);
    expect(pastedFingerprint(`  ${groupedFingerprint(key).toUpperCase()}\n`)).toBe(key);
    expect(pastedFingerprint(key.match(/../g)?.join(':') ?? '')).toBe(key);
  });

  it.each(['', 'abc', `${key}0`, key.slice(1), `${key.slice(1)}g`, `sha256 ${key}`])('is not %j', (text) => {
    expect(pastedFingerprint(text)).toBeNull();
  });
});
