import type { SnapshotChange } from '../../domain/contract/contract';
import type { RecordedEvent } from '../../domain/model/event';
import type { MonitorStatus } from '../../domain/model/snapshot';
import type { WatchedCluster } from '../../domain/cluster/cluster-monitor';

/** What changed since listeners were last told. */
export class RowChanges {
  readonly #listeners = new Set<(change: SnapshotChange) => void>();
  readonly #changed = new Set<WatchedCluster>();
  readonly #removedIds = new Set<string>();
  #events: RecordedEvent[] = [];

  constructor(rows: readonly WatchedCluster[]) {
    for (const row of rows) this.#changed.add(row);
  }

  /** The returned function ends it. */
  listen(listener: (change: SnapshotChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  add(row: WatchedCluster): void {
    this.#changed.add(row);
  }

  recorded(events: readonly RecordedEvent[]): void {
    this.#events.push(...events);
  }

  /** The rows are `present` now: others are not shown again, and `removed` are gone. */
  retarget(present: readonly WatchedCluster[], removed: readonly WatchedCluster[]): void {
    const rows = new Set(present);
    for (const row of this.#changed) if (!rows.has(row)) this.#changed.delete(row);
    for (const row of removed) this.#removedIds.add(row.view().id);
  }

  tell(atMs: number, monitor: MonitorStatus): void {
    const change: SnapshotChange = {
      atMs,
      // Views cost more than polls: without a listener nobody needs them.
      clusters: this.#listeners.size === 0 ? [] : [...this.#changed].map((row) => row.view()),
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
