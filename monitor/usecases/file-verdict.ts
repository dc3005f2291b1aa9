import type { FileVerification } from '../../domain/contract/opened-file';
import { verdictWords } from '../../domain/proof/verdict-words';
import type { VerifyReport } from '../../db/verify/verify-history';

/** The verdict on an opened file, as the window shows it. */
export function fileVerification({ verdict, extract }: VerifyReport): FileVerification {
  const { sentence } = verdictWords(verdict);
  const redacted = extract?.redacted
    ? ' It is redacted: it cannot be held against the history it came from.'
    : '';
  const unproven = verdict.word === 'verified-up-to' ? ` Not proven: ${verdict.unproven.join(' ')}` : '';
  return {
    state: stateOf(verdict),
    words: `${sentence}${redacted}${unproven}`,
    signedBy: verdict.signedBy,
  };
}

function stateOf(verdict: VerifyReport['verdict']): 'sound' | 'unproven' | 'bad' {
  if (verdict.word === 'verified') return 'sound';
  return verdict.word === 'not-verified' && verdict.why === 'bad-record' ? 'bad' : 'unproven';
}
