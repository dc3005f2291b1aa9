import type { FileVerification } from '../../domain/contract/opened-file';

/** The state of a verification: a headline, its meaning, and the tone it is shown in. */
export interface VerificationWords {
  head: string;
  /** What that says of the file's standing, in a few words; empty where the headline says it. */
  standing: string;
  words: string;
  tone: 'up' | 'degraded' | 'down' | 'unknown';
}

type Verdict = Extract<FileVerification, { why: unknown }>;

/** The sentences shown for a file's verification. Only a file that a trusted key proves wholly has the tone "up". */
export function verificationWords(verification: FileVerification): VerificationWords {
  switch (verification.state) {
    case 'running':
      return {
        head: 'Verifying',
        standing: '',
        words: `${Math.floor(verification.doneShare * 100)} %`,
        tone: 'unknown',
      };
    case 'verified':
      return {
        head: 'Verified.',
        standing: `Intact, signed by ${signer(verification)}`,
        words: verification.words,
        tone: 'up',
      };
    case 'verified-up-to':
      return {
        head: `Verified up to ${utcSecond(verification.upToMs ?? 0)} UTC.`,
        standing: `Intact, signed by ${signer(verification)} up to then`,
        words: verification.words,
        tone: 'degraded',
      };
    case 'not-verified':
      return { ...notVerifiedWords(verification), words: verification.words };
    case 'failed':
      return {
        head: 'Verification failed.',
        standing: verification.words,
        words: verification.words,
        tone: 'down',
      };
  }
}

function notVerifiedWords(verdict: Verdict): Omit<VerificationWords, 'words'> {
  switch (verdict.why ?? 'nothing-proven') {
    case 'bad-record':
      return { head: 'Not verified: altered or damaged.', standing: verdict.words, tone: 'down' };
    case 'unsigned':
      return { head: 'Not verified: unsigned.', standing: 'Intact, not signed', tone: 'degraded' };
    case 'unknown-key':
      return {
        head: 'Not verified: signed by a key you have not trusted.',
        standing: `Intact, signed by ${signer(verdict)}`,
        tone: 'degraded',
      };
    case 'nothing-proven':
      return { head: 'Not verified.', standing: 'Intact, but no signature covers it', tone: 'degraded' };
  }
}

/** The name under which the key is trusted, otherwise the beginning of its fingerprint. */
function signer({ signerName, signedBy }: Verdict): string {
  return signerName ?? `key ${signedBy?.slice(0, 8) ?? ''}…`;
}

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
