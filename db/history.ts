import type { HeronEvent, HeronEventType, RecordedEvent } from '../domain/event';
import type { Health } from '../domain/health';
import type { Inventory } from '../domain/inventory/inventory';
import type { LbRole } from '../domain/role';
import type { HistoryCare } from '../domain/snapshot';

/** What history keeps of one health reading of one edge. Null: not known, which is kept as such. */
export interface Sample {
  edgeId: string;
  atMs: number;
  /** False: the poll was not answered; everything else is then null. */
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

/** A state with a beginning: it closes the open span of the same subject and kind. Spans are never downsampled. */
export type SpanStart =
  | { kind: 'edge-health'; subjectId: string; state: Health; fromMs: number }
  | { kind: 'lb-role'; subjectId: string; state: LbRole; fromMs: number }
  | { kind: 'cluster-health'; subjectId: string; state: Health; fromMs: number };

/** What one turn of the pipeline hands over. Written in one transaction, in this order: spans, events, samples. */
export interface HistoryBatch {
  spans: SpanStart[];
  events: HeronEvent[];
  samples: Sample[];
}

/** A state with a beginning and an end; `toMs` null while it lasts. */
export interface Span {
  kind: SpanStart['kind'];
  subjectId: string;
  state: string;
  fromMs: number;
  toMs: number | null;
}

export interface EventFilter {
  clusterId: string | null;
  types: HeronEventType[] | null;
  /** Only events recorded before this row. */
  beforeId: number | null;
  limit: number;
}

export interface SeriesRequest {
  edgeIds: string[];
  metric: Exclude<keyof Sample, 'edgeId' | 'atMs' | 'answered'>;
  fromMs: number;
  toMs: number;
  points: number;
}

/** One value a step and edge: the average of the step's samples, null where there are none. */
export interface Series {
  fromMs: number;
  stepMs: number;
  times: number[];
  valuesByEdge: Record<string, (number | null)[]>;
}

/** How writing goes. `failing` says why in words; what waits is bounded, what was dropped is counted. */
export interface HistoryWriteStatus {
  state: 'writing' | 'failing';
  words: string;
  waitingBatches: number;
  droppedBatches: number;
  sizeBytes: number | null;
  lastWriteMs: number | null;
  /** What was found about the file itself; null when it gave no reason to look at it. */
  care: HistoryCare | null;
}

export interface HistoryReadable {
  inventory(): Promise<Inventory | null>;
  events(filter: EventFilter): Promise<RecordedEvent[]>;
  /** The latest failover or failback of each cluster, by cluster id. */
  lastFailovers(): Promise<Record<string, RecordedEvent>>;
  /** Spans that overlap [fromMs, toMs). */
  spans(subjectIds: string[], fromMs: number, toMs: number): Promise<Span[]>;
  series(request: SeriesRequest): Promise<Series>;
  close(): Promise<void>;
}

export interface HistoryWritable {
  /**
   * Hands a batch over and returns at once; the writer's own thread commits it in order. Resolves to the recorded events
   * with their row numbers once committed, however long that takes, or to none when the batch had to be dropped. Rejects
   * never: a failed write shows in `status()` and is tried again.
   */
  write(batch: HistoryBatch): Promise<RecordedEvent[]>;
  /** Resolves when what waits is committed, or as soon as one try at it has failed: it never waits for a bad disk. */
  flush(): Promise<void>;
  /**
   * Takes a whole inventory as the new version (older versions are kept; the same again is none). Rejects with a
   * HistoryError when it is not an inventory, or when it cannot be written now: it is not tried again.
   */
  putInventory(inventory: Inventory, atMs: number): Promise<void>;
  status(): HistoryWriteStatus;
  /** Commits what waits, if it can be, and closes the file. Asked again, it is the same closing. */
  close(): Promise<void>;
}

/** A history both ways: the real one on SQLite in worker threads, and the fake in memory for tests. */
export type History = HistoryReadable & HistoryWritable;
