import { runFileTask } from '../../db/client/run-file-task';
import { verdictWords } from '../../domain/proof/verdict-words';
import { fileProcesses } from '../common/file-processes';
import { trustedFingerprints } from '../common/trusted-fingerprints';

/** What an answer states of a file that was not verified. */
export const notVerified =
  'The file was not verified: --verify does it first, and heron audit verify names each check.';

/** The verdict on the file, as a line. Rows recorded after the time up to which it is verified are not proven. */
export async function proofOf(file: string): Promise<string> {
  const task = { task: 'verify' as const, file, key: null, trusted: trustedFingerprints(), anchor: null };
  const { head, sentence } = verdictWords((await runFileTask(fileProcesses, task).result).verdict);
  return `${head}. ${sentence}`;
}
