import { beforeEach, describe, expect, it } from 'vitest';
import type { SnapshotChange } from '../../../../domain/contract/contract';
import type { RecordedEvent } from '../../../../domain/event';
import type { ClusterView, Snapshot } from '../../../../domain/snapshot';
import { SnapshotPublisher } from '../../../../electron/ipc/snapshot-publisher';
import type { Clock } from '../../../../electron/polling/clock';

/** Time that moves only when told to. */
class HandClock implements Clock {
  private now = 0;
  private waiting: { atMs: number; callback: () => void }[] = [];
  nowMs = (): number => this.now;
  monotonicMs = (): number => this.now;
  after(delayMs: number, callback: () => void): () => void {
    const entry = { atMs: this.now + delayMs, callback };
    this.waiting.push(entry);
    return () => {
      this.waiting = this.waiting.filter((other) => other !== entry);
    };
  }
  advance(byMs: number): void {
    const end = this.now + byMs;
    for (;;) {
      const next = this.waiting.filter(({ atMs }) => atMs <= end).sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) break;
      this.waiting = this.waiting.filter((other) => other !== next);
      this.now = Math.max(this.now, next.atMs);
      next.callback();
    }
    this.now = end;
  }
}

const cluster = (id: string, edgesUp = 2): ClusterView =>
  ({ id, name: id, kind: 'cluster', edgesUp, edges: [] }) as Partial<ClusterView> as ClusterView;
const snapshot = (...clusters: ClusterView[]): Snapshot =>
  ({ atMs: 1, clusters, monitor: { state: 'ok' } }) as Partial<Snapshot> as Snapshot;
const event = (id: number): RecordedEvent =>
  ({ id, event: { type: 'gap', timeMs: id } }) as Partial<RecordedEvent> as RecordedEvent;
const names = (change: SnapshotChange | undefined): string[] | undefined => change?.clusters.map(({ id }) => id);

let clock: HandClock;
let sent: SnapshotChange[];
let publisher: SnapshotPublisher;
beforeEach(() => {
  clock = new HandClock();
  sent = [];
  publisher = new SnapshotPublisher(clock, (change) => sent.push(change));
  publisher.resume();
});

describe('notices of changed snapshots', () => {
  it('name all clusters first, then only those that changed or left', () => {
    publisher.update(snapshot(cluster('a'), cluster('b'), cluster('c')));
    clock.advance(1000);
    publisher.update(snapshot(cluster('a'), cluster('b', 1)));
    clock.advance(1000);
    expect(sent.map(names)).toEqual([['a', 'b', 'c'], ['b']]);
    expect(sent[1]?.removedClusterIds).toEqual(['c']);
  });

  it('come at most twice a second, the last one with what is true last', () => {
    for (let n = 0; n < 100; n += 1) {
      publisher.update(snapshot(cluster('a', n)), [event(n)]);
      clock.advance(50);
    }
    clock.advance(1000);
    expect(sent.length).toBeGreaterThanOrEqual(10);
    expect(sent.length).toBeLessThanOrEqual(12);
    expect(sent.at(-1)?.clusters[0]?.edgesUp).toBe(99);
    expect(sent.flatMap((change) => change.newEvents.map(({ id }) => id))).toEqual(Array.from({ length: 100 }, (_, n) => n));
  });

  it('stop while the window is hidden, and then tell the difference once', () => {
    publisher.update(snapshot(cluster('a'), cluster('b')));
    clock.advance(1000);
    publisher.pause();
    publisher.update(snapshot(cluster('a', 1), cluster('b')), [event(1)]);
    publisher.update(snapshot(cluster('a', 0), cluster('b')), [event(2)]);
    clock.advance(60_000);
    expect(sent).toHaveLength(1);
    publisher.resume();
    clock.advance(0);
    expect(names(sent[1])).toEqual(['a']);
    expect(sent[1]?.clusters[0]?.edgesUp).toBe(0);
    expect(sent[1]?.newEvents.map(({ id }) => id)).toEqual([1, 2]);
  });

  it('keep a bounded number of events for a window that is hidden for a week', () => {
    publisher.pause();
    for (let n = 0; n < 1500; n += 1) publisher.update(snapshot(), [event(n)]);
    publisher.resume();
    clock.advance(0);
    expect(sent[0]?.newEvents).toHaveLength(1000);
    expect(sent[0]?.newEvents.at(-1)?.id).toBe(1499);
  });

  it('name every cluster again after the page was loaded again', () => {
    publisher.update(snapshot(cluster('a'), cluster('b')));
    clock.advance(1000);
    publisher.forgetSent();
    clock.advance(1000);
    expect(sent.map(names)).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });
});
