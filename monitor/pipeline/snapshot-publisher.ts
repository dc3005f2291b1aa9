import type { SnapshotChange } from '../../domain/contract/contract';
import { addFigures, type MovedFigures } from '../../domain/contract/row-metrics';
import type { RecordedEvent } from '../../domain/model/event';
import type { ClusterView, Snapshot } from '../../domain/model/snapshot';
import type { Clock } from '../base/clock';

/** Least time between two notices, milliseconds. */
const noticeIntervalMs = 500;
/** Events that wait while the window is hidden; older ones are in the history, where the page asks for them. */
const mostWaitingEvents = 1000;

/**
 * Passes changes on to the window: at most two notices a second, only the clusters that changed since the last one, none
 * while it is paused (window hidden or gone). Nothing is lost by pausing: the next notice has all that changed meanwhile. Of a row that
 * the page was told before, in which nothing but figures moved, only those are told.
 */
export class SnapshotPublisher {
  private readonly clusters = new Map<string, ClusterView>();
  private readonly changedIds = new Set<string>();
  /** Rows as the page was last told of them. */
  private readonly told = new Map<string, ClusterView>();
  private readonly removedIds = new Set<string>();
  private waitingEvents: RecordedEvent[] = [];
  private latest: Pick<Snapshot, 'atMs' | 'monitor'> | null = null;
  private changed = false;
  private paused = true;
  private cancelWait: (() => void) | null = null;
  private lastNoticeMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly clock: Clock,
    private readonly send: (change: SnapshotChange) => void,
  ) {}

  /** Something else is watched from now on: what is not in `snapshot` is gone. */
  replace(snapshot: Snapshot): void {
    const ids = new Set(snapshot.clusters.map(({ id }) => id));
    const removedClusterIds = [...this.clusters.keys()].filter((id) => !ids.has(id));
    this.update({ ...snapshot, removedClusterIds, newEvents: [] });
  }

  /** Takes what changed; the window hears of it soon. */
  update(change: SnapshotChange): void {
    for (const id of change.removedClusterIds) {
      this.clusters.delete(id);
      this.changedIds.delete(id);
      this.told.delete(id);
      this.removedIds.add(id);
    }
    for (const cluster of change.clusters) {
      this.clusters.set(cluster.id, cluster);
      this.changedIds.add(cluster.id);
      this.removedIds.delete(cluster.id);
    }
    this.waitingEvents = [...this.waitingEvents, ...change.newEvents].slice(-mostWaitingEvents);
    this.latest = { atMs: change.atMs, monitor: change.monitor };
    this.changed = true;
    this.schedule();
  }

  /** Stops telling: the window is hidden or gone. */
  pause(): void {
    this.paused = true;
    this.cancelWait?.();
    this.cancelWait = null;
  }

  /** Tells again, starting with what changed meanwhile. */
  resume(): void {
    this.paused = false;
    this.schedule();
  }

  /** The page was loaded (again) and knows nothing: the next notice names every cluster. */
  tellAll(): void {
    this.forgetTold();
    for (const id of this.clusters.keys()) this.changedIds.add(id);
    this.changed = this.latest !== null;
    this.schedule();
  }

  /** The page knows its rows from elsewhere, or not at all: each is told whole when it changes next. */
  forgetTold(): void {
    this.told.clear();
  }

  private schedule(): void {
    if (this.paused || !this.changed || this.cancelWait !== null) return;
    const waitMs = Math.max(0, this.lastNoticeMs + noticeIntervalMs - this.clock.monotonicMs());
    this.cancelWait = this.clock.after(waitMs, () => {
      this.cancelWait = null;
      this.tell();
    });
  }

  private tell(): void {
    if (this.latest === null) return;
    const change: SnapshotChange = {
      ...this.latest,
      ...this.changedRows(),
      removedClusterIds: [...this.removedIds],
      newEvents: this.waitingEvents,
    };
    this.changedIds.clear();
    this.removedIds.clear();
    this.waitingEvents = [];
    this.changed = false;
    this.lastNoticeMs = this.clock.monotonicMs();
    this.send(change);
  }

  private changedRows(): Pick<SnapshotChange, 'clusters' | 'moved'> {
    const clusters: ClusterView[] = [];
    const moved: MovedFigures = { ids: [], figures: [], words: [] };
    for (const [id, cluster] of this.clusters) {
      if (!this.changedIds.has(id)) continue;
      const before = this.told.get(id);
      if (!before || !addFigures(moved, before, cluster)) clusters.push(cluster);
      this.told.set(id, cluster);
    }
    return { clusters, moved };
  }
}
