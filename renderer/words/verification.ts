import type { FileVerification } from '../../domain/contract/opened-file';

/** The state of a verification: a headline, its meaning, and the tone it is shown in. */
export interface VerificationWords {
  head: string;
  words: string;
  tone: 'up' | 'degraded' | 'down' | 'unknown';
}

/** The sentences shown for a file's verification. Unproven is as visible as altered. */
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
      return { head: 'Intact, not fully proven.', words: verification.words, tone: 'degraded' };
    case 'bad':
      return { head: 'Altered or damaged.', words: verification.words, tone: 'down' };
    case 'failed':
      return { head: 'Verification failed.', words: verification.words, tone: 'down' };
  }
}
