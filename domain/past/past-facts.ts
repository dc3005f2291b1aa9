import type { Gap, MonitorRun, Span } from '../model/history';
import type { HeronEvent } from '../model/event';
import type { Inventory } from '../inventory/inventory';
import type { Acknowledgement } from '../model/acknowledgement';

export type MoveEvent = Extract<HeronEvent, { type: 'failover' | 'failback' }>;

/** The figures of an edge's last poll before the time asked for; null: not known. */
export interface PastFigures {
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
 * What history knows of one instant, gathered by whoever has it: a file, or a fake's memory. Spans and events that began
 * after `atMs` do not exist here.
 */
export interface PastFacts {
  atMs: number;
  /** The inventory that was in force; null: none was. */
  inventory: Inventory | null;
  /** The run that watched; null: none did. */
  run: MonitorRun | null;
  /** The gaps that cover the instant. */
  gaps: readonly Gap[];
  healthIntervalMs: number | null;
  /** The span that covers the instant; of several, the one that began last. Only of the run that watched. */
  spanAt(kind: Span['kind'], subjectId: string): Span | null;
  /** The span of the same subject and kind that this one followed without a break; null: it followed none. */
  spanBefore(span: Span): Span | null;
  /** The latest span in this state that began at or after `fromMs`. */
  lastSpanIn(kind: Span['kind'], subjectId: string, state: string, fromMs: number): Span | null;
  /** The cluster's latest failover or failback. */
  lastMove(clusterId: string): MoveEvent | null;
  /** Who had the row's problem; null: nobody. */
  acknowledged(rowId: string): Acknowledgement | null;
  /** When the cluster's latest split brain was sure. */
  lastSplitMs(clusterId: string): number | null;
  /** What the edge's last poll brought, if it is recent enough to stand for the instant. */
  figures(edgeId: string): PastFigures | null;
}
