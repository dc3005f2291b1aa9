import type { Metric } from '../../domain/metrics/metrics-text';
import type { HeronEvent } from '../../domain/model/event';
import type { AlertService } from '../alerts/alert-service';
import type { Snapshot } from '../../domain/model/snapshot';
/** A running monitor as far as its metrics need it. */
export interface MeasuredMonitor {
  snapshot(): Snapshot;
  counts(): {
    polls: number;
    answered: number;
    tookMs: number;
  };
  readonly alerts: AlertService;
}
/** The metrics of what is monitored. It counts events from its beginning on. */
export declare class MonitorMetrics {
  #private;
  private readonly version;
  /** Null: nothing is monitored. */
  private readonly monitor;
  constructor(
    version: string,
    /** Null: nothing is monitored. */
    monitor: () => MeasuredMonitor | null,
  );
  add(event: HeronEvent): void;
  read(): Metric[];
}
