import type { SnapshotChange } from '../../domain/contract/contract';
import { addChangedMetrics, type ChangedMetrics } from '../../domain/contract/row-metrics';
import type { RecordedEvent } from '../../domain/model/event';
import type { ClusterView, Snapshot } from '../../domain/model/snapshot';

/** Events queued while the window is hidden; older ones are in the history, where the page queries them. */
const maxQueuedEvents = 1000;

/**
 * Sends changes to the window as they come (the pipeline publishes at most twice a second), and queues them while paused, that
 * is while the window is hidden or closed. Of a row that the page already has, only the metrics are sent when nothing else changed.
 */
export class SnapshotPublisher {
  readonly #clusters = new Map<string, ClusterView>();
  readonly #changedIds = new Set<string>();
  /** Rows as the page last received them. */
  readonly #sent = new Map<string, ClusterView>();
  readonly #removedIds = new Set<string>();
  #queuedEvents: RecordedEvent[] = [];
  #latest: Pick<Snapshot, 'atMs' | 'monitor'> | null = null;
  #hasChanged = false;
  #isPaused = true;

  constructor(private readonly send: (change: SnapshotChange) => void) {}

  /** Publishes another snapshot in place of the current one: rows that are not in it are removed. `newEvents`: recorded since then. */
  replace(snapshot: Snapshot, newEvents: RecordedEvent[] = []): void {
    const ids = new Set(snapshot.clusters.map(({ id }) => id));
    const removedClusterIds = [...this.#clusters.keys()].filter((id) => !ids.has(id));
    this.update({ ...snapshot, removedClusterIds, newEvents });
  }

  update(change: SnapshotChange): void {
    for (const id of change.removedClusterIds) {
      this.#clusters.delete(id);
      this.#changedIds.delete(id);
      this.#sent.delete(id);
      this.#removedIds.add(id);
    }
    for (const cluster of change.clusters) {
      this.#clusters.set(cluster.id, cluster);
      this.#changedIds.add(cluster.id);
      this.#removedIds.delete(cluster.id);
    }
    this.#queuedEvents = [...this.#queuedEvents, ...change.newEvents].slice(-maxQueuedEvents);
    this.#latest = { atMs: change.atMs, monitor: change.monitor };
    this.#hasChanged = true;
    this.#publish();
  }

  /** The latest states of all rows, also while paused: nothing is worked out for it. Null: there is none yet. */
  latest(): Snapshot | null {
    return this.#latest && { ...this.#latest, clusters: [...this.#clusters.values()] };
  }

  /** Queues changes from now on: the window is hidden or closed. */
  pause(): void {
    this.#isPaused = true;
  }

  /** Sends again, starting with what changed meanwhile. */
  resume(): void {
    this.#isPaused = false;
    this.#publish();
  }

  /** Sends every row whole: the page was (re)loaded and has none. */
  sendAll(): void {
    this.forgetSent();
    for (const id of this.#clusters.keys()) this.#changedIds.add(id);
    this.#hasChanged = this.#latest !== null;
    this.#publish();
  }

  /** Each row is sent whole when it changes next: the page has requested the snapshot, so its rows are not those sent before. */
  forgetSent(): void {
    this.#sent.clear();
  }

  #publish(): void {
    if (this.#isPaused || !this.#hasChanged || this.#latest === null) return;
    const change: SnapshotChange = {
      ...this.#latest,
      ...this.#changedRows(),
      removedClusterIds: [...this.#removedIds],
      newEvents: this.#queuedEvents,
    };
    this.#changedIds.clear();
    this.#removedIds.clear();
    this.#queuedEvents = [];
    this.#hasChanged = false;
    this.send(change);
  }

  #changedRows(): Pick<SnapshotChange, 'clusters' | 'metrics'> {
    const clusters: ClusterView[] = [];
    const metrics: ChangedMetrics = { ids: [], values: [], texts: [] };
    for (const [id, cluster] of this.#clusters) {
      if (!this.#changedIds.has(id)) continue;
      const before = this.#sent.get(id);
      if (!before || !addChangedMetrics(metrics, before, cluster)) clusters.push(cluster);
      this.#sent.set(id, cluster);
    }
    return { clusters, metrics };
  }
}
