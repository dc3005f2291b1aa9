import type { History } from '../../db/client/history';
import type { HistoryBatch } from '../../db/model/history-batch';
import type { SnapshotChange } from '../../domain/contract/contract';
import type { HeronEvent, RecordedEvent } from '../../domain/model/event';
import type { Inventory } from '../../domain/inventory/inventory';
import { wasAnswered, type Reading } from '../../domain/model/reading';
import type { Snapshot } from '../../domain/model/snapshot';
import type { TrapEvidence } from '../../domain/traps/evidence';
import type { EdgeSource } from '../poll/edge-source';
import {
  acknowledge,
  endAcknowledgement,
  type SaidOfProblem,
} from '../../domain/incidents/acknowledge-problem';
import { every, type Clock } from '../base/clock';
import type { Change } from '../../domain/cluster/change';
import { endedWatching, rolesNoLongerKnown } from './ended-monitoring';
import { eventOf, lastFailoverOf } from '../../domain/cluster/events-of-change';
import { newFindings, openingEvents } from '../../domain/inventory/configuration-events';
import { gapEvent } from '../host/gap-event';
import { keepHeapSmall } from '../host/heap-growth';
import type { HostNetwork } from '../host/host-network';
import { lookAgain } from '../poll/follow-up-polls';
import { MonitorCounts, monitorStatus } from './monitor-status';
import { OwnNetwork } from '../host/local-network';
import { pollDeadlineMs } from '../poll/poll-deadlines';
import { sampleOf, spanOf } from './recording';
import { readRemembered } from './restored-state';
import { RollingUpdates } from '../../domain/incidents/rolling-updates';
import { RowChanges } from './row-changes';
import { Scheduler } from '../poll/scheduler';
import { SelfWatch, type SelfGap } from '../host/self-monitor';
import { TransitionPolls } from '../poll/transition-polls';
import { TrapHints } from '../poll/trap-hints';
import type { WatchedCluster } from '../../domain/cluster/cluster-monitor';
import { WatchedRows } from './monitored-rows';

export interface PipelineOptions {
  inventory: Inventory;
  source: EdgeSource;
  history: History;
  clock: Clock;
  /** This computer's interfaces, to tell its own network's faults from the edges'; without it only silence tells. */
  network?: HostNetwork;
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
  /**
   * Goes by another inventory from now on. Clusters and edges that did not change are polled on and keep what is known of
   * them; nothing of what changed is taken for an event of theirs.
   */
  applyInventory(inventory: Inventory): Promise<void>;
  /** Rows that changed, at most twice a second. The returned function ends it. */
  onChange(listener: (change: SnapshotChange) => void): () => void;
  /** Every event the moment it is known, before it is on disk. */
  onEvent(listener: (event: HeronEvent) => void): () => void;
  counts(): { polls: number; answered: number };
  /** Something an edge sent by itself: kept as evidence, and reason to look at its cluster at once. */
  applyTrap(evidence: TrapEvidence): void;
  /** Notes who has a row's problem; false where there is no such problem. */
  acknowledge(rowId: string, said: SaidOfProblem): boolean;
  /** Writes down what a person says, and answers it with its number once it is on disk; listeners of events do not hear of it. */
  recordNote(event: HeronEvent): Promise<RecordedEvent | null>;
  /** What was last read of an edge, for whoever wants to show a reading. */
  lastReading(edgeId: string): Reading | null;
  /** Ends polling, hands the rest to history and waits for one try at writing it. Source and history stay open. */
  stop(): Promise<void>;
}

const publishEveryMs = 500;
const flushEveryMs = 250;

/**
 * The way of the data, whole: a due poll is read, its reading changes what is known of its cluster, what became certain
 * turns into events, and spans, events and samples go to history while the live snapshot goes to whoever listens.
 */
export async function startPipeline(options: PipelineOptions): Promise<Pipeline> {
  const { inventory, source, history, clock, network = null } = options;
  keepHeapSmall();
  const rows = new WatchedRows(inventory);
  const troubles: HeronEvent[] = [];
  (await readRemembered(history, (event) => troubles.push(event), clock.nowMs()))(rows.list);
  const counts = new MonitorCounts({ wallMs: clock.nowMs(), monotonicMs: clock.monotonicMs() });
  const eventListeners = new Set(options.onEvent ? [options.onEvent] : []);
  const readings = new Map<string, Reading>();
  const changes = new RowChanges(rows.list);
  let batch: HistoryBatch = { spans: [], events: [], samples: [] };
  let stopped = false;
  let current = inventory;

  const say = (event: HeronEvent): void => {
    batch.events.push(event);
    for (const listener of eventListeners) listener(event);
  };
  const flush = (): void => {
    if (batch.spans.length + batch.events.length + batch.samples.length === 0) return;
    void history.write(batch).then((recorded) => changes.recorded(recorded));
    batch = { spans: [], events: [], samples: [] };
  };
  const recordGap = (gap: SelfGap): void => say(gapEvent(gap, clock.nowMs()));
  const selfWatch = new SelfWatch(clock, recordGap);
  const rolling = new RollingUpdates();
  const ownNetwork = new OwnNetwork(rows.list, recordGap, network && { network, clock });

  /** One turn: source.read -> observe -> detect -> judge -> events -> history and listeners. Answers whether it answered. */
  const turn = async (edgeId: string, kind: Reading['kind']): Promise<boolean> => {
    const asked = rows.place(edgeId);
    if (!asked) return false;
    const track = asked.row.track(edgeId);
    const failing = track.snmp.failures > 0;
    const deadlineMs = pollDeadlineMs(kind, track);
    const read = await (kind === 'health'
      ? source.readHealth(asked.edge, deadlineMs)
      : source.readRole(asked.edge, deadlineMs));
    const answered = wasAnswered(read);
    const reading = ownNetwork.explain(read, answered);
    // The inventory may have changed meanwhile: an answer to what is not asked any more says nothing.
    const place = rows.place(edgeId);
    if (place?.asked !== asked.asked) return answered;
    const { edge, row } = place;
    counts.add(reading, answered);
    if (kind === 'role') hints.polled(edgeId);
    // A time-out that we slept through is not the edge's silence.
    if (stopped || (!answered && selfWatch.stalledSince(reading.startedMonotonicMs))) return answered;
    readings.set(edgeId, reading);
    const found = row.take(edge, reading, ownNetwork.answeredElsewhereMs(row));
    ownNetwork.note(row, answered, reading);
    if (kind === 'health') batch.samples.push(sampleOf(reading, row.track(edgeId)));
    for (const change of found) record(change, row);
    const update = rolling.note(row, found.length > 0, clock.nowMs());
    if (update) say(update);
    if (found.length > 0) {
      lookAgain(found, row, edgeId, scheduler);
      flush();
    }
    // A full reading asks in every way there is: it tells a lost packet from a dead edge, and a dead one's cause.
    if (!answered && kind === 'role' && !failing) scheduler.hasten(edgeId, 'health');
    changes.add(row);
    counts.endedMonotonicMs = clock.monotonicMs();
    transitions.note(row);
    return answered;
  };
  const record = (change: Change, row: WatchedCluster): void => {
    const span = spanOf(change, row);
    if (span) batch.spans.push(span);
    const traps = hints.of(row, clock.monotonicMs());
    const ended = endAcknowledgement(change, row, clock.nowMs());
    if (ended) say(ended);
    const told = eventOf(change, row, Math.round(clock.nowMs()), options.roleIntervalMs, traps);
    if (!told) return;
    const event = rolling.explain(told, row);
    row.lastFailover = lastFailoverOf(event) ?? row.lastFailover;
    say(event);
  };

  const opening = openingEvents(inventory, options.version, Math.round(clock.nowMs()));
  for (const event of [...opening, ...troubles]) say(event);
  const scheduler = new Scheduler(rows.pollTargets(), {
    clock,
    healthIntervalMs: options.healthIntervalMs,
    roleIntervalMs: options.roleIntervalMs,
    random: options.random,
    poll: turn,
  });
  const hints = new TrapHints(scheduler);
  const transitions = new TransitionPolls(scheduler, clock, options.roleIntervalMs);

  const status = (): Snapshot['monitor'] =>
    monitorStatus({
      nowMs: clock.nowMs(),
      nowMonotonicMs: clock.monotonicMs(),
      counts,
      edgesPolled: rows.polledCount,
      lagMs: Math.max(scheduler.lagMs, selfWatch.lagMs),
      ownNetwork: ownNetwork.trouble(),
      healthIntervalMs: options.healthIntervalMs,
      roleIntervalMs: options.roleIntervalMs,
      writes: history.status(),
    });
  const endFlushing = every(clock, flushEveryMs, flush);
  const endPublishing = every(clock, publishEveryMs, () => changes.tell(clock.nowMs(), status()));

  const applyInventory = async (next: Inventory): Promise<void> => {
    const remember = await readRemembered(history, say, clock.nowMs());
    if (stopped) return;
    const change = rows.take(next);
    remember(change.begun);
    const nowMs = Math.round(clock.nowMs());
    for (const { change: ended, row } of endedWatching(change, rows, nowMs)) record(ended, row);
    batch.spans.push(...rolesNoLongerKnown(change, nowMs));
    for (const event of newFindings(current, next, nowMs)) say(event);
    current = next;
    for (const edgeId of change.forgotten) {
      source.forget(edgeId);
      counts.forget(edgeId);
      readings.delete(edgeId);
    }
    changes.retarget(rows.list, change.removed);
    for (const row of [...change.shown, ...change.begun]) changes.add(row);
    ownNetwork.retarget(rows.list);
    scheduler.retarget(rows.pollTargets(), new Set(change.forgotten));
    flush();
  };

  return {
    applyInventory,
    snapshot: () => ({
      atMs: clock.nowMs(),
      clusters: rows.list.map((row) => row.view()),
      monitor: status(),
    }),
    onChange: (listener) => changes.listen(listener),
    onEvent: (listener) => {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    counts: () => ({ polls: counts.polls, answered: counts.answered }),
    applyTrap(evidence) {
      const place = rows.place(evidence.edgeId);
      if (place && !stopped) hints.take(evidence, place.row);
    },
    acknowledge(rowId, said) {
      const done = stopped ? null : acknowledge(rows.list, rowId, said, clock.nowMs());
      if (done) say(done.event);
      if (done) changes.add(done.row);
      return done !== null;
    },
    async recordNote(event) {
      flush();
      const recorded = await history.write({ spans: [], events: [event], samples: [] });
      changes.recorded(recorded);
      return recorded[0] ?? null;
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
