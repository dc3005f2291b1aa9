import { CountedEvents } from '../../domain/metrics/counted-events';
import { heronMetrics } from '../../domain/metrics/heron-metrics';
import type { Metric } from '../../domain/metrics/metrics-text';
import type { HeronEvent } from '../../domain/model/event';
import type { AlertService } from '../alerts/alert-service';
import type { Snapshot } from '../../domain/model/snapshot';

/** A running monitor as far as its metrics need it. */
export interface MeasuredMonitor {
  snapshot(): Snapshot;
  counts(): { polls: number; answered: number; tookMs: number };
  readonly alerts: AlertService;
}

/** The metrics of what is monitored. It counts events from its beginning on. */
export class MonitorMetrics {
  readonly #counted = new CountedEvents();

  constructor(
    private readonly version: string,
    /** Null: nothing is monitored. */
    private readonly monitor: () => MeasuredMonitor | null,
  ) {}

  add(event: HeronEvent): void {
    this.#counted.add(event);
  }

  read(): Metric[] {
    const monitor = this.monitor();
    if (monitor === null) return [];
    return heronMetrics({
      version: this.version,
      snapshot: monitor.snapshot(),
      alerts: monitor.alerts.list(),
      counted: this.#counted,
      polls: monitor.counts(),
    });
  }
}
