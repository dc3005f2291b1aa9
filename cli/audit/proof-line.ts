import type { VerifyReport } from '../../db/verify/verify-history';
import { runFileTask } from '../../db/client/run-file-task';
import { verdictWords } from '../../domain/proof/verdict-words';
import { fileProcesses } from '../common/file-processes';
import { trustedFingerprints } from '../common/trusted-fingerprints';

/** What an answer states of a file that was not verified. */
export const notVerified =
  'The file was not verified: --verify does it first, and heron audit verify names each check.';

/** Verifies a file by the keys that this user trusts. */
export function verified(file: string): Promise<VerifyReport> {
  const task = { task: 'verify' as const, file, key: null, trusted: trustedFingerprints(), anchor: null };
  return runFileTask(fileProcesses, task).result;
}

/** The verdict on the file, as a line. Rows recorded after the time up to which it is verified are not proven. */
export async function proofOf(file: string): Promise<string> {
  const { head, sentence } = verdictWords((await verified(file)).verdict);
  return `${head}. ${sentence}`;
}
