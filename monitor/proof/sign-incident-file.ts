import { runFileTask } from '../../db/client/run-file-task';
import { extractText, fingerprintOf } from '../../db/chain/signed-text';
import type { SignerOrWhyNot } from '../../db/chain/signer';
import type { ExtractReport } from '../../db/extract/make-extract';
import type { Workers } from '../../db/threads/workers';

/** By which key an incident file is signed. */
export interface IncidentSignature {
  /** Null: it is not signed. */
  signedBy: string | null;
  /** By which key it is signed, or why it is not, one or two sentences. */
  signedWords: string;
}

/** Signs an incident file that was just made. Where there is no signer, or it fails, the file stays unsigned and the words say why. */
export async function signIncidentFile(
  made: ExtractReport,
  by: SignerOrWhyNot,
  workers: Workers,
): Promise<IncidentSignature> {
  if (by.signer === null) return notSigned(by.words);
  const { publicKey } = by.signer;
  try {
    const text = extractText(made.historyId, Buffer.from(made.fingerprint, 'hex'));
    const signature = await by.signer.sign(text);
    await runFileTask(workers, { task: 'sign-extract', file: made.file, publicKey, signature }).result;
  } catch (fault) {
    return notSigned(fault instanceof Error ? fault.message : String(fault));
  }
  const signedBy = fingerprintOf(publicKey);
  return { signedBy, signedWords: `Signed by ${signedBy}.` };
}

function notSigned(why: string): IncidentSignature {
  return {
    signedBy: null,
    signedWords: `Not signed, so its readers cannot tell whether rows were left out: ${why}`,
  };
}
