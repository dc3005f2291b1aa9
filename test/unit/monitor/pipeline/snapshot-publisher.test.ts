import { beforeEach, describe, expect, it } from 'vitest';
import type { SnapshotChange } from '../../../../domain/contract/contract';
import type { RecordedEvent } from '../../../../domain/model/event';
import type { ClusterView, Snapshot } from '../../../../domain/model/snapshot';
import { SnapshotPublisher } from '../../../../monitor/pipeline/snapshot-publisher';

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

let sent: SnapshotChange[];
let publisher: SnapshotPublisher;
beforeEach(() => {
  sent = [];
  publisher = new SnapshotPublisher((notice) => sent.push(notice));
  publisher.resume();
});

describe('notices of changed snapshots', () => {
  it('name all clusters first, then only those that changed', () => {
    publisher.replace(snapshot(cluster('a'), cluster('b'), cluster('c')));
    publisher.update(change([cluster('b', 1)]));
    expect(sent.map(names)).toEqual([['a', 'b', 'c'], ['b']]);
    expect(sent[1]?.clusters[0]?.edgesUp).toBe(1);
  });

  it('name the rows that are removed when another snapshot replaces the current one', () => {
    publisher.replace(snapshot(cluster('a'), cluster('b')));
    publisher.replace(snapshot(cluster('b'), cluster('x')));
    expect(names(sent[1])).toEqual(['x']);
    expect(sent[1]?.removedClusterIds).toEqual(['a']);
  });

  it('leave the latest states to read, also while the window is hidden', () => {
    expect(publisher.latest()).toBeNull();
    publisher.pause();
    publisher.replace(snapshot(cluster('a'), cluster('b')));
    publisher.update({ ...change([cluster('b', 1)]), removedClusterIds: ['a'] });
    expect(publisher.latest()).toMatchObject({ atMs: 1, clusters: [{ id: 'b', edgesUp: 1 }], monitor });
  });

  it('are sent as they come, each event once', () => {
    publisher.replace(snapshot(cluster('a')));
    for (let n = 0; n < 100; n += 1) publisher.update(change([cluster('a', n)], [event(n)]));
    expect(sent).toHaveLength(101);
    expect(sent.at(-1)?.clusters[0]?.edgesUp).toBe(99);
    const ids = sent.flatMap((notice) => notice.newEvents.map(({ id }) => id));
    expect(ids).toEqual(Array.from({ length: 100 }, (_, n) => n));
  });

  it('are not repeated when nothing changed', () => {
    publisher.replace(snapshot(cluster('a')));
    publisher.resume();
    expect(sent).toHaveLength(1);
  });

  it('stop while the window is hidden; what changed meanwhile is then sent once', () => {
    publisher.replace(snapshot(cluster('a'), cluster('b')));
    publisher.pause();
    publisher.update(change([cluster('a', 1)], [event(1)]));
    publisher.update(change([cluster('a', 0)], [event(2)]));
    expect(sent).toHaveLength(1);
    publisher.resume();
    expect(names(sent[1])).toEqual(['a']);
    expect(sent[1]?.clusters[0]?.edgesUp).toBe(0);
    expect(sent[1]?.newEvents.map(({ id }) => id)).toEqual([1, 2]);
  });

  it('keep a bounded number of events for a window that is hidden for a week', () => {
    publisher.pause();
    for (let n = 0; n < 1500; n += 1) publisher.update(change([], [event(n)]));
    publisher.resume();
    expect(sent[0]?.newEvents).toHaveLength(1000);
    expect(sent[0]?.newEvents.at(-1)?.id).toBe(1499);
  });

  it('name every cluster again after the page was loaded again', () => {
    publisher.replace(snapshot(cluster('a'), cluster('b')));
    publisher.sendAll();
    expect(sent.map(names)).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('have only the metrics of rows the page already has, and whole rows after it requested the snapshot', () => {
    const aged = (oldestAnswerMs: number): ClusterView => ({ ...cluster('a'), oldestAnswerMs });
    publisher.replace(snapshot(aged(1), cluster('b')));
    publisher.update(change([aged(2), cluster('b')]));
    expect(names(sent[1])).toEqual([]);
    expect(sent[1]?.metrics).toEqual({ ids: ['a'], values: [1, 2, 2], texts: [] });
    publisher.forgetSent();
    publisher.update(change([aged(3)]));
    expect(sent[2]?.clusters).toEqual([aged(3)]);
  });
});
