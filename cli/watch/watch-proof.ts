import path from 'node:path';
import type { ProofOptions } from '../../db/client/proof-service';
import { fingerprintOf } from '../../db/chain/signed-text';
import { anchorFile, anchorUrl, refuseOtherThanAnchor } from '../../monitor/proof/anchor-places';
import { forbiddenAnchorFile, forbiddenAnchorUrl } from '../../monitor/proof/anchor-policy';
import { readPolicy } from '../../monitor/policy/policy-file';
import { UsageError } from '../common/command-line';
import { keyFileSigner } from '../../monitor/proof/key-file';

/** How the history of a run is signed and anchored. */
export interface ProofChoice {
  /** Null: `<history>.signing-key`, next to the history. */
  signingKeyFile: string | null;
  anchorFile: string | null;
  anchorUrl: URL | null;
}

/** The signer and anchors of a history, and a sentence about them to print. Throws a HistoryError when the anchor cannot be kept where it should, and a UsageError when the policy of this computer forbids it. */
export function watchProof(historyFile: string, choice: ProofChoice): { proof: ProofOptions; words: string } {
  refuseForbidden(choice);
  const keyFile = path.resolve(choice.signingKeyFile ?? `${historyFile}.signing-key`);
  if (choice.anchorFile !== null) refuseOtherThanAnchor(choice.anchorFile, [historyFile, keyFile]);
  const signer = keyFileSigner(keyFile);
  const anchors = [
    ...(choice.anchorFile === null ? [] : [anchorFile(choice.anchorFile)]),
    ...(choice.anchorUrl === null ? [] : [anchorUrl(choice.anchorUrl)]),
  ];
  const words =
    signer.signer === null
      ? `Not signed: ${signer.words}`
      : `Signed by ${fingerprintOf(signer.signer.publicKey)}.`;
  const places = anchors.map(({ where }) => where).join(' and ');
  return { proof: { signer, anchors }, words: places === '' ? words : `${words} Anchored at ${places}.` };
}

function refuseForbidden({ anchorFile: file, anchorUrl: url }: ProofChoice): void {
  if (file === null && url === null) return;
  const { policy, fault } = readPolicy();
  const words =
    (file === null ? null : forbiddenAnchorFile(file, policy)) ??
    (url === null ? null : forbiddenAnchorUrl(url, policy));
  if (words !== null) throw new UsageError(fault === null ? words : `${fault.what} ${fault.todo}`);
}
