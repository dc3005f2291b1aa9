import type { FileVerification } from '../../domain/contract/opened-file';
import type { VerifyReport } from '../../db/verify/verify-history';

/** What a verification found, in words for the person who opened the file. */
export function verdictOf(report: VerifyReport): FileVerification {
  const { firstBad, signed, unsignedTail, extract, checks } = report;
  if (firstBad !== null) return { state: 'bad', words: firstBad.words, signedBy: signed?.key ?? null };
  if (extract?.redacted)
    return {
      state: 'unproven',
      words:
        'Nothing was altered since it was made. It is redacted: it cannot be held against the history it came from.',
      signedBy: null,
    };
  const open = checks.filter(({ result }) => result === 'open');
  const of = extract ? ` ${extract.chained} of its events are chained to sealed heads.` : '';
  if (signed === null)
    return {
      state: 'unproven',
      words: `No record contradicts another.${of} Nobody signed it: whoever could write the file could have made all of it.`,
      signedBy: null,
    };
  const words = `No record contradicts another, and the key signed it.${of}`;
  if (unsignedTail || (extract !== null && open.some(({ name }) => name === 'events')))
    return {
      state: 'unproven',
      words: `${words} What came after the last seal is not signed yet.`,
      signedBy: signed.key,
    };
  return { state: 'sound', words, signedBy: signed.key };
}
