import type { Verdict } from './verdict';

/** A verdict as one line in capitals for a terminal, and as sentences for the window. */
export interface VerdictWords {
  /** "VERIFIED", "VERIFIED UP TO 2026-11-30T02:00:00.000Z", "UNSIGNED". */
  head: string;
  sentence: string;
}

/**
 * The words of a verdict, the same in the window, in reports and on the command line. `signer`: the name under which the reader
 * trusts the key that signed, or the one that vouches for it; null: no name is known.
 */
export function verdictWords(verdict: Verdict, signer: string | null = null): VerdictWords {
  const by = signer === null ? (verdict.signedBy ?? '') : `${signer} (${verdict.signedBy ?? ''})`;
  switch (verdict.word) {
    case 'verified':
      return {
        head: 'VERIFIED',
        sentence: `Every record is as it was written, signed by ${by} on ${iso(verdict.signedAtMs)}.`,
      };
    case 'verified-up-to':
      return {
        head: `VERIFIED UP TO ${iso(verdict.upToMs)}`,
        sentence: `Everything about the time up to then is as it was written, signed by ${by}. What is later is not proven.`,
      };
    case 'not-verified':
      return notVerifiedWords(verdict, by);
  }
}

function notVerifiedWords(verdict: Verdict & { word: 'not-verified' }, by: string): VerdictWords {
  switch (verdict.why) {
    case 'bad-record':
      return { head: 'NOT VERIFIED', sentence: verdict.bad.words };
    case 'unsigned':
      return {
        head: 'UNSIGNED',
        sentence:
          'No record contradicts another, but no key signed it: whoever could write the file could have made all of it.',
      };
    case 'unknown-key':
      return {
        head: 'UNKNOWN KEY',
        sentence: `No record contradicts another. It is signed by a key you have not trusted: compare ${by} with the fingerprint that its owner gives you.`,
      };
    case 'nothing-proven':
      return {
        head: 'NOT VERIFIED',
        sentence: `It is signed by ${by}, but no seal or signature covers all that it says about the time from its beginning on.`,
      };
  }
}

function iso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
