import type { ShareSeries } from '../../domain/model/history';
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
import type { HeronEvent, HeronEventType, RecordedEvent } from '../../domain/model/event';
import type { Health, Reason } from '../../domain/model/health';
import type { Inventory } from '../../domain/inventory/inventory';
import type { LbRole } from '../../domain/model/role';
import type { HistoryCare, HistoryProofStatus, Snapshot } from '../../domain/model/snapshot';

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

/**
 * A state with a beginning: it closes the open span of the same subject and kind. Spans are never downsampled. `reasons` say
 * why; another set of reasons' codes is a span of its own.
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

/** What one turn of the pipeline hands over. Written in one transaction, in this order: spans, events, samples. */
export interface HistoryBatch {
  spans: SpanStart[];
  events: HeronEvent[];
  samples: Sample[];
}

/** Which events. All that is asked for must hold; what is null or left out asks for nothing. */
export interface EventFilter {
  clusterId: string | null;
  types: HeronEventType[] | null;
  /** Only events whose own time is in [fromMs, toMs). */
  range?: TimeRange | null;
  /** Only events recorded before this row: the next page. */
  beforeId: number | null;
  limit: number;
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
  /** Whether it is signed and anchored; null when neither was asked for. */
  proof: HistoryProofStatus | null;
}

/**
 * The past, from the live file or any copy. Everything is asked by time, UTC milliseconds; a range is [fromMs, toMs). Where
 * nobody watched, answers say unknown or null, never a value.
 */
export interface HistoryReadable {
  /** The inventory in force now, or null when none was ever taken. */
  inventory(): Promise<Inventory | null>;
  /** All states at one instant, clusters as they were configured then. */
  snapshotAt(atMs: number): Promise<Snapshot>;
  /** Events that match, the last recorded first. */
  events(filter: EventFilter): Promise<RecordedEvent[]>;
  /** The latest failover or failback of each cluster, by cluster id. */
  lastFailovers(): Promise<Record<string, RecordedEvent>>;
  /** Spans of these clusters and edges that overlap the range, by subject and then by beginning. */
  spans(subjectIds: string[], fromMs: number, toMs: number): Promise<Span[]>;
  /** The same states as columns, without reasons: for a picture of much time. A lane for each subject and kind that has any. */
  lanes(subjectIds: string[], range: TimeRange): Promise<StateLane[]>;
  /** One metric of edges over time, made from samples, minutes or hours as the points asked for need. */
  series(request: SeriesRequest): Promise<Series>;
  /** What each edge of a cluster carried over time; null when the history knows no such cluster in the range. */
  share(request: ShareRequest): Promise<ShareSeries | null>;
  /** How available clusters and edges were. One answer for each id, in order. */
  availability(subjectIds: string[], range: TimeRange): Promise<Availability[]>;
  /** The stretches of the range in which nobody watched, or what was seen could not be written. Oldest first. */
  gaps(range: TimeRange): Promise<Gap[]>;
  /** Every start of the monitor, oldest first. */
  runs(): Promise<MonitorRun[]>;
  /** The first and the last moment that was watched; null: none was. */
  coverage(): Promise<Coverage | null>;
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
  /**
   * Commits what waits, seals it and has it signed, so that a copy or a cut-out made next is proven to its end. Rejects with a
   * HistoryError when it cannot be written now; a signature that fails shows in `status()`.
   */
  prove(): Promise<void>;
  status(): HistoryWriteStatus;
  /** Commits what waits, if it can be, and closes the file. Asked again, it is the same closing. */
  close(): Promise<void>;
}

/** A history both ways: the real one on SQLite in worker threads, and the fake in memory for tests. */
export type History = HistoryReadable & HistoryWritable;
