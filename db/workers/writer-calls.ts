import type { Inventory } from '../../domain/inventory/inventory';
import type { EnteringKey, ProofState, SignedHead } from '../chain/signer';
import type { Commit, GuardedResult } from '../model/commit';
import type { OpeningReport } from '../recover/open-session';

/** The calls that the writer's thread serves: name -> arguments and result. */
export interface WriterCalls {
  /** The result of opening the file. */
  opened: { args: null; result: OpeningReport };
  commit: { args: Commit; result: GuardedResult };
  putInventory: { args: { inventory: Inventory; atMs: number }; result: null };
  /** The state of the proof: the heads to sign. */
  proofState: { args: null; result: ProofState };
  enterKey: { args: EnteringKey; result: null };
  enterSignature: { args: SignedHead; result: null };
  /** Seals what is written so far; the run continues. */
  seal: { args: { nowMs: number }; result: null };
  /** Ends the run and seals it. Only a signature and `close` may follow. */
  end: { args: { nowMs: number }; result: null };
  /** Closes the file while the run continues, to be reopened. */
  leave: { args: null; result: null };
  close: { args: null; result: null };
}
