import type { FileVerification } from '../../domain/contract/opened-file';

/** How a verification stands: a word, what it means, and the tone of a state. */
export interface VerificationWords {
  head: string;
  words: string;
  tone: 'up' | 'degraded' | 'down' | 'unknown';
}

/** What the banner says of a file's verification. Not proven is said as plainly as altered. */
export function verificationWords(verification: FileVerification): VerificationWords {
  switch (verification.state) {
    case 'running':
      return { head: 'Verifying', words: `${Math.floor(verification.doneShare * 100)} %`, tone: 'unknown' };
    case 'sound':
      return {
        head: 'Verified.',
        words: `${verification.words}${verification.signedBy ? ` Key ${verification.signedBy.slice(0, 16)}…` : ''}`,
        tone: 'up',
      };
    case 'unproven':
      return { head: 'Not altered, not wholly proven.', words: verification.words, tone: 'degraded' };
    case 'bad':
      return { head: 'Not verified: altered or damaged.', words: verification.words, tone: 'down' };
    case 'failed':
      return { head: 'Could not be verified.', words: verification.words, tone: 'down' };
  }
}
