import type { FileVerification } from '../../domain/contract/opened-file';
import { verdictWords } from '../../domain/proof/verdict-words';
import type { VerifyReport } from '../../db/verify/verify-history';

/** The verdict on an opened file, as the window shows it. `nameOf`: the name of a trusted key. */
export function fileVerification(
  { verdict, trustedKey, extract }: VerifyReport,
  nameOf: (fingerprint: string) => string | null,
): FileVerification {
  const signerName = trustedKey === null ? null : nameOf(trustedKey);
  const { sentence } = verdictWords(verdict, signerName);
  const redacted = extract?.redacted
    ? ' It is redacted: it cannot be held against the history it came from.'
    : '';
  const unproven = verdict.word === 'verified-up-to' ? ` Not proven: ${verdict.unproven.join(' ')}` : '';
  return {
    state: verdict.word,
    why: verdict.word === 'not-verified' ? verdict.why : null,
    words: `${sentence}${redacted}${unproven}`,
    signedBy: verdict.signedBy,
    signerName,
    upToMs: verdict.word === 'verified-up-to' ? verdict.upToMs : null,
  };
}
