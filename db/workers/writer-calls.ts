import type { Inventory } from '../../domain/inventory/inventory';
import type { EnteringKey, ProofState, SignedHead } from '../chain/signer';
import type { Commit, GuardedResult } from '../model/commit';
import type { OpeningReport } from '../recover/open-session';

/** What the writer's thread can be asked: name -> arguments and answer. */
export interface WriterCalls {
  /** What was found and done while the file was opened. */
  opened: { args: null; result: OpeningReport };
  commit: { args: Commit; result: GuardedResult };
  putInventory: { args: { inventory: Inventory; atMs: number }; result: null };
  /** Where the proof stands: what is to be signed. */
  proofState: { args: null; result: ProofState };
  enterKey: { args: EnteringKey; result: null };
  enterSignature: { args: SignedHead; result: null };
  /** Seals what is written by now; the run goes on. */
  seal: { args: { nowMs: number }; result: null };
  /** Ends the run and seals it. What is still to come is a signature, and `close`. */
  end: { args: { nowMs: number }; result: null };
  /** Closes the file while the run goes on, to be opened again. */
  leave: { args: null; result: null };
  close: { args: null; result: null };
}
