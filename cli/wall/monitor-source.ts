import { systemClock } from '../../monitor/base/clock';
import type { Monitor } from '../../monitor/start-monitor';
import type { HistoryReadable } from '../../db/client/history';
import type { ClusterView, Snapshot } from '../../domain/model/snapshot';
import type { SnapshotChange } from '../../domain/contract/contract';
import type { WallSource } from './wall-source';

/** A monitor of this process as a source. `by`: the name on acknowledgements. */
export function monitorSource(
  monitor: Pick<Monitor, 'snapshot' | 'onChange' | 'acknowledge'>,
  parts: { history: HistoryReadable; label: string; by: string; close(): Promise<void> },
): WallSource {
  const rows = new LiveRows(monitor.snapshot());
  const listeners = new Set<() => void>();
  monitor.onChange((change) => {
    rows.apply(change);
    for (const listener of listeners) listener();
  });
  return {
    label: parts.label,
    history: parts.history,
    latest: () => ({
      snapshot: rows.snapshot(),
      nowMs: Math.max(systemClock.nowMs(), rows.snapshot().atMs),
      time: 'live',
      isStalled: rows.snapshot().monitor.state === 'stalled',
    }),
    onChange: (listener) => void listeners.add(listener),
    acknowledge: (clusterId, words) =>
      monitor.acknowledge(clusterId, { by: parts.by, words, withdrawn: false }),
    acknowledgeRefusal: null,
    close: parts.close,
  };
}

/** The latest snapshot, with changes applied to it. */
class LiveRows {
  readonly #rows: Map<string, ClusterView>;
  #latest: Snapshot;
  #isStale = false;

  constructor(first: Snapshot) {
    this.#latest = first;
    this.#rows = new Map(first.clusters.map((cluster) => [cluster.id, cluster]));
  }

  apply({ atMs, monitor, clusters, removedClusterIds }: SnapshotChange): void {
    for (const id of removedClusterIds) this.#rows.delete(id);
    for (const cluster of clusters) this.#rows.set(cluster.id, cluster);
    this.#latest = { ...this.#latest, atMs, monitor };
    this.#isStale = true;
  }

  snapshot(): Snapshot {
    if (this.#isStale) this.#latest = { ...this.#latest, clusters: [...this.#rows.values()] };
    this.#isStale = false;
    return this.#latest;
  }
}
