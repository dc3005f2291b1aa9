import type { HeronEvent } from '../../domain/model/event';
import type { Health, Reason } from '../../domain/model/health';
import type { LbRole } from '../../domain/model/role';

/** The stored part of one health reading of one edge. Null: not known, which is stored as such. */
export interface Sample {
  edgeId: string;
  atMs: number;
  /** False: the poll was not answered, and all metrics are null. */
  answered: boolean;
  latencyMs: number | null;
  cpuPercent: number | null;
  swapPercent: number | null;
  sessions: number | null;
  proxyInBitsPerSecond: number | null;
  proxyOutBitsPerSecond: number | null;
  lbInBitsPerSecond: number | null;
  lbOutBitsPerSecond: number | null;
}

/**
 * The start of a state: it closes the open span of the same subject and kind. Spans are never downsampled. A change of the
 * reasons' codes starts a new span.
 */
export type SpanStart =
  | { kind: 'edge-health'; subjectId: string; state: Health; fromMs: number; reasons?: Reason[] | undefined }
  | { kind: 'lb-role'; subjectId: string; state: LbRole; fromMs: number }
  | {
      kind: 'cluster-health';
      subjectId: string;
      state: Health;
      fromMs: number;
      reasons?: Reason[] | undefined;
    };

/** What the pipeline submits at one time. Written in one transaction, in this order: spans, events, samples. */
export interface HistoryBatch {
  spans: SpanStart[];
  events: HeronEvent[];
  samples: Sample[];
}
