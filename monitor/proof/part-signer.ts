import type { SignerOrWhyNot } from '../../db/chain/signer';
import { fingerprintOf } from '../../db/chain/signed-text';
import { runFileTask } from '../../db/client/run-file-task';
import type { Workers } from '../../db/threads/workers';
import { verdictWords } from '../../domain/proof/verdict-words';

/** Who signs a part that is cut out of a history. */
export interface PartSigner {
  by: SignerOrWhyNot;
  /** Up to when the history is proven, which the part must repeat. Undefined: it is wholly proven, or the part is not signed. */
  provenUpToMs: number | undefined;
}

/**
 * Verifies a history before a part of it is signed, because the key would vouch for what the part contains. The part is not signed if the history
 * has a record that is not as it was written. A redacted part cannot be compared with its history later, so it is signed only when the
 * history is verified, at least up to a time. `trusted`: further keys whose signature on the history counts. Throws a HistoryError.
 */
export async function partSigner(
  { file, workers, trusted }: { file: string; workers: Workers; trusted: readonly string[] },
  by: SignerOrWhyNot,
  redacted: boolean,
): Promise<PartSigner> {
  if (by.signer === null) return { by, provenUpToMs: undefined };
  const known = [fingerprintOf(by.signer.publicKey), ...trusted];
  const task = { task: 'verify' as const, file, key: null, trusted: known, anchor: null };
  const { verdict } = await runFileTask(workers, task).result;
  if (verdict.word === 'verified') return { by, provenUpToMs: undefined };
  if (verdict.word === 'verified-up-to') return { by, provenUpToMs: verdict.upToMs };
  if (!redacted && verdict.why !== 'bad-record') return { by, provenUpToMs: undefined };
  const { head, sentence } = verdictWords(verdict);
  const words = redacted
    ? `the history is not verified (${head}), and a redacted part cannot be compared with it later.`
    : `the history is not verified. ${sentence}`;
  return { by: { signer: null, words }, provenUpToMs: undefined };
}
