import { beforeEach, describe, expect, it } from 'vitest';
import type { SnapshotChange } from '../../../../domain/contract/contract';
import type { RecordedEvent } from '../../../../domain/model/event';
import type { ClusterView, Snapshot } from '../../../../domain/model/snapshot';
import { SnapshotPublisher } from '../../../../monitor/pipeline/snapshot-publisher';
import type { Clock } from '../../../../monitor/base/clock';

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
  ({ id, name: id, kind: 'cluster', edgesUp, spare: null, edges: [] }) as Partial<ClusterView> as ClusterView;
const monitor = { state: 'ok' } as Partial<Snapshot['monitor']> as Snapshot['monitor'];
const change = (clusters: ClusterView[], newEvents: RecordedEvent[] = []): SnapshotChange => ({
  atMs: 1,
  clusters,
  removedClusterIds: [],
  monitor,
  newEvents,
});
const snapshot = (...clusters: ClusterView[]): Snapshot => ({ atMs: 1, clusters, monitor });
const event = (id: number): RecordedEvent =>
  ({ id, event: { type: 'gap', timeMs: id } }) as Partial<RecordedEvent> as RecordedEvent;
const names = (notice: SnapshotChange | undefined): string[] | undefined =>
  notice?.clusters.map(({ id }) => id);

let clock: HandClock;
let sent: SnapshotChange[];
let publisher: SnapshotPublisher;
beforeEach(() => {
  clock = new HandClock();
  sent = [];
  publisher = new SnapshotPublisher(clock, (notice) => sent.push(notice));
  publisher.resume();
});

describe('notices of changed snapshots', () => {
  it('name all clusters first, then only those that changed', () => {
    publisher.replace(snapshot(cluster('a'), cluster('b'), cluster('c')));
    clock.advance(1000);
    publisher.update(change([cluster('b', 1)]));
    clock.advance(1000);
    expect(sent.map(names)).toEqual([['a', 'b', 'c'], ['b']]);
    expect(sent[1]?.clusters[0]?.edgesUp).toBe(1);
  });

  it('say what is gone when something else is watched', () => {
    publisher.replace(snapshot(cluster('a'), cluster('b')));
    clock.advance(1000);
    publisher.replace(snapshot(cluster('b'), cluster('x')));
    clock.advance(1000);
    expect(names(sent[1])).toEqual(['x']);
    expect(sent[1]?.removedClusterIds).toEqual(['a']);
  });

  it('come at most twice a second, the last one with what is true last', () => {
    publisher.replace(snapshot(cluster('a')));
    for (let n = 0; n < 100; n += 1) {
      publisher.update(change([cluster('a', n)], [event(n)]));
      clock.advance(50);
    }
    clock.advance(1000);
    expect(sent.length).toBeGreaterThanOrEqual(10);
    expect(sent.length).toBeLessThanOrEqual(12);
    expect(sent.at(-1)?.clusters[0]?.edgesUp).toBe(99);
    const told = sent.flatMap((notice) => notice.newEvents.map(({ id }) => id));
    expect(told).toEqual(Array.from({ length: 100 }, (_, n) => n));
  });

  it('stop while the window is hidden, and then tell the difference once', () => {
    publisher.replace(snapshot(cluster('a'), cluster('b')));
    clock.advance(1000);
    publisher.pause();
    publisher.update(change([cluster('a', 1)], [event(1)]));
    publisher.update(change([cluster('a', 0)], [event(2)]));
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
    for (let n = 0; n < 1500; n += 1) publisher.update(change([], [event(n)]));
    publisher.resume();
    clock.advance(0);
    expect(sent[0]?.newEvents).toHaveLength(1000);
    expect(sent[0]?.newEvents.at(-1)?.id).toBe(1499);
  });

  it('name every cluster again after the page was loaded again', () => {
    publisher.replace(snapshot(cluster('a'), cluster('b')));
    clock.advance(1000);
    publisher.tellAll();
    clock.advance(1000);
    expect(sent.map(names)).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('name the figures alone of rows that the page was told of, and rows whole that it asked for anew', () => {
    const aged = (oldestAnswerMs: number): ClusterView => ({ ...cluster('a'), oldestAnswerMs });
    publisher.replace(snapshot(aged(1), cluster('b')));
    clock.advance(1000);
    publisher.update(change([aged(2), cluster('b')]));
    clock.advance(1000);
    expect(names(sent[1])).toEqual([]);
    expect(sent[1]?.moved).toEqual({ ids: ['a'], figures: [1, 2, 2], words: [] });
    publisher.forgetTold();
    publisher.update(change([aged(3)]));
    clock.advance(1000);
    expect(sent[2]?.clusters).toEqual([aged(3)]);
  });
});
