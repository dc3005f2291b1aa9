import type { Gap, MonitorRun, Span } from '../model/history';
import type { FailoverEvent } from '../model/event';
import type { MaintenanceInForce } from '../model/maintenance';
import type { Inventory } from '../inventory/inventory';
import type { Outage } from '../model/outage';
import type { Acknowledgement } from '../model/acknowledgement';

/** The metrics of an edge's last poll before the requested time; null: unknown. */
export interface PastMetrics {
  atMs: number;
  answered: boolean;
  latencyMs: number | null;
  cpuPercent: number | null;
  swapPercent: number | null;
  sessions: number | null;
  proxyInBitsPerSecond: number | null;
  proxyOutBitsPerSecond: number | null;
  lbInBitsPerSecond: number | null;
}

/**
 * What the history has of one instant. Implemented on a file, and on the memory of a fake. Spans and events that began after
 * `atMs` are not included.
 */
export interface PastFacts {
  atMs: number;
  /** The inventory in force; null: none. */
  inventory: Inventory | null;
  /** The run that monitored; null: none. */
  run: MonitorRun | null;
  /** The gaps that cover the instant. */
  gaps: readonly Gap[];
  healthIntervalMs: number | null;
  /** The span that covers the instant; of several, the one that began last. Only of the run that monitored. */
  spanAt(kind: Span['kind'], subjectId: string): Span | null;
  /** The span of the same subject and kind that directly preceded this one; null: none. */
  spanBefore(span: Span): Span | null;
  /** The latest span in this state that began at or after `fromMs`. */
  lastSpanIn(kind: Span['kind'], subjectId: string, state: string, fromMs: number): Span | null;
  /** The cluster's latest failover or failback. */
  lastMove(clusterId: string): FailoverEvent | null;
  /** The acknowledgement of the row's problem; null: none. */
  acknowledged(rowId: string): Acknowledgement | null;
  /** What had cut the row's users off, was over, and was not acknowledged. */
  unacknowledgedOutages(rowId: string): readonly Outage[];
  /** When the cluster's latest split brain became certain. */
  lastSplitMs(clusterId: string): number | null;
  /** The maintenance windows in force on the row. */
  maintenance(rowId: string): readonly MaintenanceInForce[];
  /** The metrics of the edge's last poll, if it is recent enough to apply to the instant. */
  metrics(edgeId: string): PastMetrics | null;
}
