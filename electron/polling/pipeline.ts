import type { History, HistoryBatch } from '../../db/history';
import type { SnapshotChange } from '../../domain/contract/contract';
import type { HeronEvent, RecordedEvent } from '../../domain/event';
import { allEdges, type Edge, type Inventory } from '../../domain/inventory/inventory';
import { wasAnswered, type Reading } from '../../domain/reading';
import type { Snapshot } from '../../domain/snapshot';
import type { TrapEvidence } from '../../domain/traps/evidence';
import type { EdgeSource } from '../sources/edge-source';
import { every, type Clock } from './clock';
import type { Change } from './change';
import { eventOf, lastFailoverOf } from './events-of';
import { openingEvents } from './opening-events';
import { keepHeapSmall } from './heap-growth';
import { MonitorCounts, monitorStatus } from './monitor-status';
import { OwnNetwork } from './own-network';
import { sampleOf, spanOf } from './record-of';
import { Scheduler } from './scheduler';
import { SelfWatch, type SelfGap } from './self-watch';
import { TransitionPolls } from './transition-polls';
import { TrapHints } from './trap-hints';
import { WatchedCluster } from './watched-cluster';

export interface PipelineOptions {
  inventory: Inventory;
  source: EdgeSource;
  history: History;
  clock: Clock;
  healthIntervalMs: number;
  roleIntervalMs: number;
  version: string;
  /** Uniform in [0, 1). */
  random: () => number;
  /** Hears every event from the first on: `start` and the findings in the configuration come before the first poll. */
  onEvent?: (event: HeronEvent) => void;
}

/** What others may do with a running pipeline. Both listeners are called in the order things happened. */
export interface Pipeline {
  snapshot(): Snapshot;
  /** Rows that changed, at most twice a second. The returned function ends it. */
  onChange(listener: (change: SnapshotChange) => void): () => void;
  /** Every event the moment it is known, before it is on disk. */
  onEvent(listener: (event: HeronEvent) => void): () => void;
  counts(): { polls: number; answered: number };
  /** Something an edge sent by itself: kept as evidence, and reason to look at its cluster at once. */
  hint(evidence: TrapEvidence): void;
  /** What was last read of an edge, for whoever wants to show a reading. */
  lastReading(edgeId: string): Reading | null;
  /** Ends polling, hands the rest to history and waits for one try at writing it. Source and history stay open. */
  stop(): Promise<void>;
}

const publishEveryMs = 500;
const flushEveryMs = 250;
const healthDeadlineMs = 2_000;
const roleDeadlineMs = 800;
/** An edge that already left a poll unanswered is given up sooner: silence should be known soon. */
const failingDeadlineMs = 1_200;

/**
 * The way of the data, whole: a due poll is read, its reading changes what is known of its cluster, what became certain
 * turns into events, and spans, events and samples go to history while the live snapshot goes to whoever listens.
 */
export async function startPipeline(options: PipelineOptions): Promise<Pipeline> {
  const { inventory, source, history, clock } = options;
  keepHeapSmall();
  const watchedByEdge = new Map<string, WatchedCluster>();
  const edgesById = new Map<string, Edge>();
  const rows: WatchedCluster[] = [
    ...inventory.clusters.map((cluster) => new WatchedCluster(cluster, cluster.edges)),
    ...inventory.standaloneEdges.map((edge) => new WatchedCluster(null, [edge])),
  ];
  for (const row of rows) {
    for (const edge of row.edges) {
      watchedByEdge.set(edge.id, row);
      edgesById.set(edge.id, edge);
    }
  }
  const lastFailovers = await history.lastFailovers();
  for (const row of rows) {
    const last = row.cluster ? lastFailovers[row.cluster.id] : undefined;
    row.lastFailover = last ? lastFailoverOf(last.event) : null;
  }

  const counts = new MonitorCounts({ wallMs: clock.nowMs(), monotonicMs: clock.monotonicMs() });
  const eventListeners = new Set<(event: HeronEvent) => void>(options.onEvent ? [options.onEvent] : []);
  const changeListeners = new Set<(change: SnapshotChange) => void>();
  const readings = new Map<string, Reading>();
  const changed = new Set<WatchedCluster>(rows);
  let unpublished: RecordedEvent[] = [];
  let batch: HistoryBatch = { spans: [], events: [], samples: [] };
  let stopped = false;

  const say = (event: HeronEvent): void => {
    batch.events.push(event);
    for (const listener of eventListeners) listener(event);
  };
  const flush = (): void => {
    if (batch.spans.length + batch.events.length + batch.samples.length === 0) return;
    void history.write(batch).then((recorded) => {
      unpublished.push(...recorded);
    });
    batch = { spans: [], events: [], samples: [] };
  };
  const recordGap = (gap: SelfGap): void => {
    const timeMs = Math.round(gap.toMs);
    say({
      type: 'gap',
      timeMs,
      recordedAtMs: Math.round(clock.nowMs()),
      fromMs: Math.round(gap.fromMs),
      toMs: timeMs,
      reason: gap.reason,
      words: gap.words,
    });
  };
  const selfWatch = new SelfWatch(clock, recordGap);
  const ownNetwork = new OwnNetwork(rows, recordGap);

  /** One turn: source.read -> observe -> detect -> judge -> events -> history and listeners. Answers whether it answered. */
  const turn = async (edgeId: string, kind: Reading['kind']): Promise<boolean> => {
    const edge = edgesById.get(edgeId);
    const row = watchedByEdge.get(edgeId);
    if (!edge || !row) return false;
    const failing = row.track(edgeId).snmp.failures > 0;
    const reading =
      kind === 'health'
        ? await source.readHealth(edge, failing ? failingDeadlineMs : healthDeadlineMs)
        : await source.readRole(edge, roleDeadlineMs);
    const answered = wasAnswered(reading);
    counts.add(reading, answered);
    if (kind === 'role') hints.polled(edgeId);
    // A time-out that we slept through is not the edge's silence.
    if (stopped || (!answered && selfWatch.stalledSince(reading.startedMonotonicMs))) return answered;
    readings.set(edgeId, reading);
    const changes = row.take(edge, reading, ownNetwork.answeredElsewhereMs(row));
    ownNetwork.note(row, answered, reading);
    if (kind === 'health') batch.samples.push(sampleOf(reading, row.track(edgeId)));
    for (const change of changes) record(change, row);
    if (changes.length > 0) {
      lookAgain(changes, row, edgeId);
      flush();
    }
    // A full reading asks in every way there is: it tells a lost packet from a dead edge, and a dead one's cause.
    if (!answered && kind === 'role' && !failing) scheduler.hasten(edgeId, 'health');
    changed.add(row);
    counts.endedMonotonicMs = clock.monotonicMs();
    transitions.note(row);
    return answered;
  };
  const record = (change: Change, row: WatchedCluster): void => {
    const span = spanOf(change, row);
    if (span) batch.spans.push(span);
    const traps = hints.of(row, clock.monotonicMs());
    const event = eventOf(change, row, Math.round(clock.nowMs()), options.roleIntervalMs, traps);
    if (!event) return;
    row.lastFailover = lastFailoverOf(event) ?? row.lastFailover;
    say(event);
  };
  /** A role that changed makes the whole cluster worth a look at once; the LB that held it is read in full, for the cause. */
  const lookAgain = (changes: Change[], row: WatchedCluster, edgeId: string): void => {
    const moved = (change: Change): boolean =>
      change.kind === 'found' ||
      (change.kind === 'lb-role' && change.from !== 'unknown' && change.to !== 'unknown');
    if (!changes.some(moved)) return;
    for (const edge of row.edges) {
      if (edge.id === row.activeEdgeId) scheduler.hasten(edge.id, 'health');
      else if (edge.id !== edgeId) scheduler.hasten(edge.id, 'role');
    }
  };

  const polled = allEdges(inventory).filter((edge) => {
    const row = watchedByEdge.get(edge.id);
    return (
      edge.status === 'enabled' && row?.cluster?.status !== 'disabled' && (edge.snmp ?? edge.http ?? edge.tcp)
    );
  });
  for (const event of openingEvents(inventory, options.version, Math.round(clock.nowMs()))) say(event);
  const scheduler = new Scheduler(
    polled.map((edge) => ({
      edgeId: edge.id,
      hasRolePoll: edge.deployment === 'cluster' && edge.snmp !== undefined,
    })),
    {
      clock,
      healthIntervalMs: options.healthIntervalMs,
      roleIntervalMs: options.roleIntervalMs,
      random: options.random,
      poll: turn,
    },
  );

  const hints = new TrapHints(scheduler);
  const transitions = new TransitionPolls(scheduler, clock, options.roleIntervalMs);

  const status = (): Snapshot['monitor'] =>
    monitorStatus({
      nowMs: clock.nowMs(),
      nowMonotonicMs: clock.monotonicMs(),
      counts,
      edgesPolled: polled.length,
      lagMs: Math.max(scheduler.lagMs, selfWatch.lagMs),
      blindWords: ownNetwork.blindWords(),
      healthIntervalMs: options.healthIntervalMs,
      roleIntervalMs: options.roleIntervalMs,
      writes: history.status(),
    });
  const endFlushing = every(clock, flushEveryMs, flush);
  const endPublishing = every(clock, publishEveryMs, () => {
    const change: SnapshotChange = {
      atMs: clock.nowMs(),
      // Views cost more than polls: without a listener nobody needs them.
      clusters: changeListeners.size === 0 ? [] : [...changed].map((row) => row.view()),
      removedClusterIds: [],
      monitor: status(),
      newEvents: unpublished,
    };
    changed.clear();
    unpublished = [];
    for (const listener of changeListeners) listener(change);
  });

  return {
    snapshot: () => ({ atMs: clock.nowMs(), clusters: rows.map((row) => row.view()), monitor: status() }),
    onChange: (listener) => {
      changeListeners.add(listener);
      return () => changeListeners.delete(listener);
    },
    onEvent: (listener) => {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    counts: () => ({ polls: counts.polls, answered: counts.answered }),
    hint(evidence) {
      const row = watchedByEdge.get(evidence.edgeId);
      if (row && !stopped) hints.take(evidence, row);
    },
    lastReading: (edgeId) => readings.get(edgeId) ?? null,
    async stop() {
      stopped = true;
      scheduler.stop();
      selfWatch.stop();
      endFlushing();
      endPublishing();
      ownNetwork.stop(clock.nowMs());
      flush();
      await history.flush();
    },
  };
}
