import type { Inventory } from '../../domain/inventory/inventory';
import type { MetricsSource } from '../../domain/inventory/metrics-source';
import type { Reason } from '../../domain/model/health';
import type { Reading } from '../../domain/model/reading';

/** What is done with what a collector collects. */
export interface CollectorSink {
  /** A reading of an edge, in the order of their times. */
  onReading(edgeId: string, reading: Reading): void;
  /** What a source itself shows, each time it begins. */
  onFinding(reason: Reason): void;
  /** A refresh ended, with or without readings. */
  onRefresh(source: MetricsSource, failure: string | null): void;
}

/**
 * The seam beside `EdgeSource`: reads edges together where something else polls them, at its own pace, and delivers each reading once. Never
 * throws; that a source cannot be read is in the readings of its edges.
 */
export interface ReadingCollector {
  start(sink: CollectorSink): void;
  /** Collects what this inventory reads through sources from now on. */
  retarget(inventory: Inventory): void;
  /** Refreshes at once. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}
