import type { MetricsSource } from '../../domain/inventory/metrics-source';
import type { HeronEvent } from '../../domain/model/event';
import type { Reason } from '../../domain/model/health';
import { ownFinding } from '../../domain/model/own-finding';
import type { Reading } from '../../domain/model/reading';
import type { SourceStatus } from '../../domain/model/snapshot';
import type { CollectorSink } from '../poll/reading-collector';
import type { MonitoredRows } from './monitored-rows';

interface Listeners {
  onReading(edgeId: string, reading: Reading): void;
  onEvent(event: HeronEvent): void;
  onRefresh(): void;
  nowMs(): number;
}

/** Where what metrics sources deliver joins the data path, and how they are doing. */
export class SourceReadings implements CollectorSink {
  readonly #failures = new Map<string, string | null>();

  constructor(
    private readonly rows: Pick<MonitoredRows, 'sources'>,
    private readonly listeners: Listeners,
  ) {}

  onReading(edgeId: string, reading: Reading): void {
    this.listeners.onReading(edgeId, reading);
  }

  onFinding(reason: Reason): void {
    this.listeners.onEvent(ownFinding(reason, this.listeners.nowMs()));
  }

  onRefresh({ name }: MetricsSource, failure: string | null): void {
    this.#failures.set(name, failure);
    this.listeners.onRefresh();
  }

  get statuses(): SourceStatus[] {
    return this.rows.sources().map(({ source: { name, scrapeIntervalMs }, edges }): SourceStatus => {
      const failure = this.#failures.get(name);
      const status = { name, edges, scrapeIntervalMs, failure: failure ?? null };
      return failure === undefined ? { ...status, isAwaited: true } : status;
    });
  }
}
