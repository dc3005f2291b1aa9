import { z } from 'zod';
import type { ProofStanding } from '../../domain/contract/history-proof';
import type { FileFacts } from '../extract/inspect-file';
import { extractRequestSchema, type ExtractReport } from '../extract/make-extract';
import type { HistoryFailure } from '../model/history-error';
import type { BackupProgress, BackupReport } from '../file/back-up';
import { anchorSchema, type Anchor } from '../chain/anchor';
import { fingerprintSchema, publicKeySchema, signatureSchema } from '../chain/signed-text';
import type { VerifyProgress, VerifyReport } from '../verify/verify-history';
import type { FileCheck } from '../file/check-file';

/** One long piece of work on a history file, done in a worker of its own. */
export const fileTaskSchema = z.discriminatedUnion('task', [
  z.object({ task: z.literal('check'), file: z.string(), thorough: z.boolean() }),
  z.object({
    task: z.literal('back-up'),
    file: z.string(),
    out: z.string(),
    force: z.boolean(),
    nowMs: z.number(),
  }),
  z.object({
    task: z.literal('verify'),
    file: z.string(),
    key: fingerprintSchema.nullable(),
    trusted: z.array(fingerprintSchema).max(1000).default([]),
    anchor: anchorSchema.nullable(),
  }),
  z.object({ task: z.literal('set-aside'), file: z.string(), nowMs: z.number() }),
  z.object({ task: z.literal('extract'), ...extractRequestSchema.shape }),
  z.object({
    task: z.literal('sign-extract'),
    file: z.string(),
    publicKey: publicKeySchema,
    signature: signatureSchema,
  }),
  z.object({ task: z.literal('inspect'), file: z.string() }),
  z.object({ task: z.literal('standing'), file: z.string() }),
  z.object({ task: z.literal('anchor'), file: z.string(), nowMs: z.number() }),
]);
export type FileTask = z.infer<typeof fileTaskSchema>;
/** The same as a caller writes it. */
export type FileTaskInput = z.input<typeof fileTaskSchema>;

/** The result of each task. */
export interface FileTaskResults {
  check: FileCheck;
  'back-up': BackupReport;
  verify: VerifyReport;
  /** The file's new name. */
  'set-aside': string;
  extract: ExtractReport;
  'sign-extract': null;
  inspect: FileFacts;
  standing: ProofStanding;
  anchor: Anchor;
}

/** The progress of each task, where it reports any. */
export interface FileTaskProgress {
  check: never;
  'back-up': BackupProgress;
  verify: VerifyProgress;
  'set-aside': never;
  extract: never;
  'sign-extract': never;
  inspect: never;
  standing: never;
  anchor: never;
}

/** A message of the worker. */
export type FileTaskMessage =
  | { progress: FileTaskProgress[FileTask['task']] }
  | { result: FileTaskResults[FileTask['task']] }
  | { failure: HistoryFailure };
