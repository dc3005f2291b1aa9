import type { FileVerification } from '../../domain/contract/opened-file';

/** The state of a verification: a headline, its meaning, and the tone it is shown in. */
export interface VerificationWords {
  head: string;
  words: string;
  tone: 'up' | 'degraded' | 'down' | 'unknown';
}

type Verdict = Extract<FileVerification, { why: unknown }>;

/** The sentences shown for a file's verification. Only a file that a trusted key proves wholly has the tone "up". */
export function verificationWords(verification: FileVerification): VerificationWords {
  switch (verification.state) {
    case 'running':
      return { head: 'Verifying', words: `${Math.floor(verification.doneShare * 100)} %`, tone: 'unknown' };
    case 'verified':
      return { head: 'Verified.', words: verification.words, tone: 'up' };
    case 'verified-up-to':
      return {
        head: `Verified up to ${utcSecond(verification.upToMs ?? 0)} UTC.`,
        words: verification.words,
        tone: 'degraded',
      };
    case 'not-verified':
      return { ...notVerified[verification.why ?? 'nothing-proven'], words: verification.words };
    case 'failed':
      return { head: 'Verification failed.', words: verification.words, tone: 'down' };
  }
}

const notVerified: Record<NonNullable<Verdict['why']>, Pick<VerificationWords, 'head' | 'tone'>> = {
  'bad-record': { head: 'Not verified: altered or damaged.', tone: 'down' },
  unsigned: { head: 'Not verified: unsigned.', tone: 'degraded' },
  'unknown-key': { head: 'Not verified: signed by a key you have not trusted.', tone: 'degraded' },
  'nothing-proven': { head: 'Not verified.', tone: 'degraded' },
};

/** The fingerprint of the key that a file waits to be trusted for; null: trusting a key would not change its verdict. */
export function keyToTrust(verification: FileVerification): string | null {
  return verification.state === 'not-verified' && verification.why === 'unknown-key'
    ? verification.signedBy
    : null;
}

/** The moment from which on nothing in the file is proven; null: there is none, or the verification has not ended. */
export function unprovenFromMs(verification: FileVerification): number | null {
  return verification.state === 'verified-up-to' ? verification.upToMs : null;
}

/** Groups of eight digits, to compare by eye or by voice. */
export function groupedFingerprint(fingerprint: string): string {
  return (fingerprint.match(/.{1,8}/g) ?? []).join(' ');
}

/** A fingerprint as a person pasted it, without its spaces and colons; null: it is none. */
export function pastedFingerprint(text: string): string | null {
  const digits = text.replace(/[\s:]/g, '').toLowerCase();
  return /^[0-9a-f]{64}$/.test(digits) ? digits : null;
}

function utcSecond(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
