import type { SnapshotChange } from '../../domain/contract/contract';
import type { RecordedEvent } from '../../domain/event';
import type { Snapshot } from '../../domain/snapshot';
import type { Clock } from '../polling/clock';

/** Least time between two notices, milliseconds. */
const noticeIntervalMs = 500;
/** Events that wait while the window is hidden; older ones are in the history, where the page asks for them. */
const mostWaitingEvents = 1000;

/**
 * Turns snapshots into notices for the window: at most two a second, only the clusters that changed since the last notice,
 * none while it is paused (window hidden or gone). Nothing is lost by pausing: the next notice has the difference.
 */
export class SnapshotPublisher {
  private latest: Snapshot | null = null;
  private waitingEvents: RecordedEvent[] = [];
  /** Each cluster as last sent, as text: what is equal is not sent again. */
  private sent = new Map<string, string>();
  private paused = true;
  private changed = false;
  private cancelWait: (() => void) | null = null;
  private lastNoticeMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly clock: Clock,
    private readonly send: (change: SnapshotChange) => void,
  ) {}

  /** Takes what is true now; the window hears of it soon. */
  update(snapshot: Snapshot, newEvents: RecordedEvent[] = []): void {
    this.latest = snapshot;
    this.waitingEvents = [...this.waitingEvents, ...newEvents].slice(-mostWaitingEvents);
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
  forgetSent(): void {
    this.sent.clear();
    this.changed = this.latest !== null;
    this.schedule();
  }

  private schedule(): void {
    if (this.paused || !this.changed || this.cancelWait !== null) return;
    const waitMs = Math.max(0, this.lastNoticeMs + noticeIntervalMs - this.clock.monotonicMs());
    this.cancelWait = this.clock.after(waitMs, () => {
      this.cancelWait = null;
      this.flush();
    });
  }

  private flush(): void {
    if (this.paused || this.latest === null) return;
    const texts = new Map(this.latest.clusters.map((cluster) => [cluster.id, JSON.stringify(cluster)]));
    const change: SnapshotChange = {
      atMs: this.latest.atMs,
      clusters: this.latest.clusters.filter(({ id }) => this.sent.get(id) !== texts.get(id)),
      removedClusterIds: [...this.sent.keys()].filter((id) => !texts.has(id)),
      monitor: this.latest.monitor,
      newEvents: this.waitingEvents,
    };
    this.sent = texts;
    this.waitingEvents = [];
    this.changed = false;
    this.lastNoticeMs = this.clock.monotonicMs();
    this.send(change);
  }
}
