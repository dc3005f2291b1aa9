import { z } from 'zod';
import type { ShareSeries } from '../../domain/contract/contract';
import type {
  Availability,
  Coverage,
  Gap,
  MonitorRun,
  Series,
  SeriesRequest,
  ShareRequest,
  Span,
  TimeRange,
} from '../../domain/model/history';
import type { StateLane } from '../../domain/model/state-lane';
import type { RecordedEvent } from '../../domain/model/event';
import type { Inventory } from '../../domain/inventory/inventory';
import type { Snapshot } from '../../domain/model/snapshot';
import type { Commit, GuardedResult } from '../model/commit';
import type { EventFilter } from '../model/history';
import type { HistoryFailure } from '../model/history-error';
import type { EnteringKey, ProofState, SignedHead } from '../chain/signer';
import type { OpeningReport } from '../recover/open-session';

/** What can be asked of a thread: name -> arguments and answer. */
export type Calls<C> = { [N in keyof C]: { args: unknown; result: unknown } };

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

/** Which of a cluster's edges: those whose place, counted from 0, leaves `part` when divided by `parts`. */
export interface EdgePart {
  part: number;
  parts: number;
}

export interface ReaderCalls {
  inventory: { args: null; result: Inventory | null };
  events: { args: EventFilter; result: RecordedEvent[] };
  lastFailovers: { args: null; result: Record<string, RecordedEvent> };
  spans: { args: { subjectIds: string[]; fromMs: number; toMs: number }; result: Span[] };
  lanes: { args: { subjectIds: string[]; range: TimeRange }; result: StateLane[] };
  series: { args: SeriesRequest; result: Series };
  snapshotAt: { args: { atMs: number }; result: Snapshot };
  /** Of the cluster's edges each `parts`th, from the `part`th on: several threads share the work. */
  share: { args: ShareRequest & EdgePart; result: ShareSeries | null };
  availability: { args: { subjectIds: string[]; range: TimeRange }; result: Availability[] };
  gaps: { args: TimeRange; result: Gap[] };
  runs: { args: null; result: MonitorRun[] };
  coverage: { args: null; result: Coverage | null };
  close: { args: null; result: null };
}

/** A request as it crosses to a thread. The arguments are checked by the handler's own schema. */
export const callSchema = z.object({ id: z.number().int(), name: z.string(), args: z.unknown() });
export type Call = z.infer<typeof callSchema>;

/** An answer as it crosses back. */
export type Answer = { id: number; result: unknown } | { id: number; failure: HistoryFailure };
