import { z } from 'zod';
import { heronEventSchema, type RecordedEvent } from '../../domain/model/event';
import { healthSchema, reasonSchema } from '../../domain/model/health';
import { lbRoleSchema } from '../../domain/model/role';
import type { ClockStep } from './clock-steps';
import type { HistoryBatch, SpanStart } from './history-batch';

const timeMs = z.number().int();
const subjectId = z.string().min(1);
const reasons = z.array(reasonSchema).optional();

export const spanStartSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('edge-health'), subjectId, state: healthSchema, fromMs: timeMs, reasons }),
  z.object({ kind: z.literal('lb-role'), subjectId, state: lbRoleSchema, fromMs: timeMs }),
  z.object({ kind: z.literal('cluster-health'), subjectId, state: healthSchema, fromMs: timeMs, reasons }),
]);

/** The rare parts of a batch. Samples are checked where they are scaled, without a schema: there are many. */
export const batchHeadSchema = z.object({
  atMs: timeMs,
  spans: z.array(spanStartSchema),
  events: z.array(heronEventSchema),
});

/** A batch with the time it was submitted. */
export type TimedBatch = HistoryBatch & { atMs: number };

/**
 * A time range whose readings were dropped because they could not be written, and why. `lostSpans` are the last span starts, one
 * for each subject and kind, that were dropped too: before them nothing is known of these subjects.
 */
export interface LostTime {
  fromMs: number;
  toMs: number;
  words: string;
  lostSpans: SpanStart[];
}

export const lostTimeSchema = z.object({
  fromMs: timeMs,
  toMs: timeMs,
  words: z.string(),
  lostSpans: z.array(spanStartSchema),
});

/** The content of one transaction: pending batches in order, and the lost time before them (null: none). */
export interface Commit {
  nowMs: number;
  /** The monotonic clock at the same time, milliseconds. Absent: the wall clock is believed. */
  monotonicMs?: number | undefined;
  lost: LostTime | null;
  batches: TimedBatch[];
  /** Steps of the machine's clock that are not recorded yet. */
  clockSteps?: ClockStep[] | undefined;
}

/**
 * The outcome of a batch: its recorded events, and how many of its samples were invalid and left out; or why the whole batch
 * was refused for good because it can never be written.
 */
export type BatchOutcome =
  { recorded: RecordedEvent[]; refusedSamples?: { samples: number; words: string } } | { refused: string };

export interface CommitResult {
  outcomes: BatchOutcome[];
  /** The ledger row of the last seal; 0: none yet. */
  lastSealId: number;
  /** Why the last maintenance step (compaction, sealing, pruning) failed; null: it did not. */
  upkeepFailure: string | null;
  /** Size of the file with its write-ahead log. */
  sizeBytes: number;
}

/** The result of a commit, and whether the file must be closed and reopened before the next (wal-guard.ts). */
export type GuardedResult = CommitResult & { reopen: boolean };
