import type { ClusterMonitor } from '../../domain/cluster/cluster-monitor';
import type { SnapshotChange } from '../../domain/contract/contract';
import type { RecordedEvent } from '../../domain/model/event';
import type { ClusterView, MonitorStatus } from '../../domain/model/snapshot';
import { guarded } from '../log/guard';

/** Collects what changed in the snapshot since it was last published. */
export class ChangeFeed {
  readonly #listeners = new Set<(change: SnapshotChange) => void>();
  readonly #changed: Set<ClusterMonitor>;
  readonly #removedIds = new Set<string>();
  #events: RecordedEvent[] = [];

  /** `shown`: a row as it is published. */
  constructor(
    rows: readonly ClusterMonitor[],
    private readonly shown: (row: ClusterMonitor) => ClusterView,
  ) {
    this.#changed = new Set(rows);
  }

  /** The returned function unsubscribes. */
  subscribe(listener: (change: SnapshotChange) => void): () => void {
    const safe = guarded('a listener of changes', listener);
    this.#listeners.add(safe);
    return () => this.#listeners.delete(safe);
  }

  add(row: ClusterMonitor): void {
    this.#changed.add(row);
  }

  addEvents(events: readonly RecordedEvent[]): void {
    this.#events.push(...events);
  }

  /** Publishes only rows in `present` from now on, and next that the `removed` ones are gone. */
  retarget(present: readonly ClusterMonitor[], removed: readonly ClusterMonitor[]): void {
    const rows = new Set(present);
    for (const row of this.#changed) if (!rows.has(row)) this.#changed.delete(row);
    for (const row of removed) this.#removedIds.add(row.id);
  }

  publish(atMs: number, monitor: MonitorStatus): void {
    const change: SnapshotChange = {
      atMs,
      // Building views costs more than polling, so they are built only for listeners.
      clusters: this.#listeners.size === 0 ? [] : [...this.#changed].map(this.shown),
      removedClusterIds: [...this.#removedIds],
      monitor,
      newEvents: this.#events,
    };
    this.#changed.clear();
    this.#removedIds.clear();
    this.#events = [];
    for (const listener of this.#listeners) listener(change);
  }
}
