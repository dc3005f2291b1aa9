import { verdictWords } from '../../domain/proof/verdict-words';
import type { ReportProof } from '../../domain/report/report-facts';
import type { VerifyReport } from '../../db/verify/verify-history';

/** The verdict on the file that a report is made from. A redacted report does not name the bad record, which may contain a name. */
export function reportProof({ verdict }: Pick<VerifyReport, 'verdict'>, redacted: boolean): ReportProof {
  const { head, sentence } = verdictWords(verdict);
  const upToMs = verdict.word === 'verified-up-to' ? verdict.upToMs : null;
  const isBad = verdict.word === 'not-verified' && verdict.why === 'bad-record';
  return { head, sentence: redacted && isBad ? 'A record is not as it was written.' : sentence, upToMs };
}
