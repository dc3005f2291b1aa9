import type { History } from '../../db/client/history';
import type {
  AcknowledgementInput,
  ClusterMonitor,
  ProbeOutcome,
  ReadingContext,
} from '../../domain/cluster/cluster-monitor';
import type { EdgeTrack } from '../../domain/cluster/observe/edge-track';
import type { SnapshotChange } from '../../domain/contract/contract';
import { newFindings, openingEvents } from '../../domain/inventory/configuration-events';
import type { Edge, Inventory } from '../../domain/inventory/inventory';
import type { MaintenanceState } from '../../domain/maintenance/maintenance-state';
import type { PlanEvent, PlannedWindow } from '../../domain/maintenance/plan';
import type { HeronEvent, RecordedEvent } from '../../domain/model/event';
import { faultEvent } from '../../domain/model/heron-fault';
import type { PollRoundResult } from '../../domain/model/poll-round';
import type { MaintenanceInForce } from '../../domain/model/maintenance';
import { wasAnswered, type Reading } from '../../domain/model/reading';
import type { MonitorStatus, Snapshot } from '../../domain/model/snapshot';
import type { TrapEvidence } from '../../domain/traps/evidence';
import { AlertEngine } from '../alerts/alert-engine';
import type { AlertService } from '../alerts/alert-service';
import type { EarlierAlerts } from '../alerts/earlier-alerts';
import { ruleSettingsOf } from '../alerts/rule-settings';
import { every, type Clock } from '../base/clock';
import { HostMonitor } from '../host/host-monitor';
import { countFault, guarded } from '../log/guard';
import type { HostNetwork } from '../host/host-network';
import { readEdge, type EdgeSource } from '../poll/edge-source';
import type { ReadingCollector } from '../poll/reading-collector';
import { FollowUpPolls } from '../poll/follow-up-polls';
import { Scheduler } from '../poll/scheduler';
import type { PathProbe } from '../probe/path-probe';
import { ChangeFeed } from './change-feed';
import { MonitorCounts, monitorStatus } from './monitor-status';
import { MaintenanceEngine } from './maintenance-engine';
import { longestIntervalMs, MonitoredRows } from './monitored-rows';
import { Recorder } from './recorder';
import { ReadingFindings } from './reading-findings';
import { readRestoredState, restorePast } from './restored-state';
import { SourceReadings } from './source-readings';
import { UserPaths } from './user-paths';

export interface PipelineOptions {
  inventory: Inventory;
  source: EdgeSource;
  /** Collects what metrics sources poll in Heron's place. */
  collector?: ReadingCollector;
  history: History;
  clock: Clock;
  /** This computer's interfaces; without them only common silence points to a fault of its network. */
  network?: HostNetwork;
  /** Probes the cluster IPs as users reach them; without it nothing is known of users. */
  pathProbe?: PathProbe;
  healthIntervalMs: number;
  roleIntervalMs: number;
  version: string;
  /** After how long a critical alert is escalated, milliseconds; 0: never; left out: the default. */
  generalEscalateMs?: (() => number) | undefined;
  /** Uniform in [0, 1). */
  random: () => number;
  /** Called for every event, including those that precede the first poll (`start`, findings in the configuration). */
  onEvent?: (event: HeronEvent) => void;
}

const publishIntervalMs = 500;
const flushIntervalMs = 250;
const maintenanceIntervalMs = 500;

/** Starts polling, with what the history knows of the rows. */
export async function startPipeline(options: PipelineOptions): Promise<Pipeline> {
  const { inventory, history, clock } = options;
  const rows = new MonitoredRows(inventory);
  const troubles: HeronEvent[] = [];
  const { maintenance, earlier } = await restorePast(history, rows, (event) => troubles.push(event), clock);
  return new Pipeline(options, { rows, maintenance }, troubles, earlier);
}

/**
 * The data path, top to bottom: `#poll` reads an edge when it is due; `#apply` passes the reading to the edge's row, which observes,
 * detects and judges; the changes become spans, events and samples in the history, and rows of the published snapshot.
 */
export class Pipeline {
  readonly #counts: MonitorCounts;
  readonly #readings = new Map<string, Reading>();
  readonly #eventListeners = new Set<(event: HeronEvent) => void>();
  readonly #feed: ChangeFeed;
  readonly #recorder: Recorder;
  readonly #host: HostMonitor;
  readonly #scheduler: Scheduler;
  readonly #followUps: FollowUpPolls;
  readonly #findings: ReadingFindings;
  readonly #userPaths: UserPaths | null;
  readonly #alerts: AlertEngine;
  readonly #sources: SourceReadings;
  readonly #timers: (() => void)[];
  private readonly rows: MonitoredRows;
  private readonly maintenance: MaintenanceEngine;
  #inventory: Inventory;
  #isStopped = false;

  constructor(
    private readonly options: PipelineOptions,
    { rows, maintenance }: { rows: MonitoredRows; maintenance: MaintenanceState },
    troubles: readonly HeronEvent[],
    earlier: EarlierAlerts | null = null,
  ) {
    const { inventory, history, clock, network = null, healthIntervalMs, roleIntervalMs, random } = options;
    this.#inventory = inventory;
    this.rows = rows;
    this.#findings = new ReadingFindings(rows);
    if (options.onEvent) this.onEvent(options.onEvent);
    this.#counts = new MonitorCounts({ wallMs: clock.nowMs(), monotonicMs: clock.monotonicMs() });
    this.maintenance = this.#maintenanceOf(maintenance);
    this.#feed = new ChangeFeed(rows.list, (row) => this.maintenance.shown(row));
    this.#recorder = new Recorder(history, (events) => {
      this.#feed.addEvents(events);
      this.#alerts.recorded(events);
    });
    this.#host = new HostMonitor(rows.polledHere, clock, network, (event) => this.#emit(event));
    this.#alerts = new AlertEngine({
      ...{ clock, earlier },
      monitor: {
        views: () => rows.list.map((row) => row.view()),
        status: () => this.#status(),
        emit: (event) => this.#emitOfAlerts(event),
      },
      settingsOf: (rule, rowId, edgeId) => ruleSettingsOf(this.#inventory, rule, rowId, edgeId),
      ...(options.generalEscalateMs ? { generalEscalateMs: options.generalEscalateMs } : {}),
      maintenanceAt: (rowId, edgeId, timeMs) => this.maintenance.heldAt(rowId, edgeId, timeMs),
    });
    const opening = openingEvents(inventory, options.version, Math.round(clock.nowMs()));
    for (const event of [...opening, ...troubles]) this.#emit(event);
    this.maintenance.advance(clock.nowMs());
    const poll = (edgeId: string, kind: Reading['kind']): Promise<boolean> =>
      this.#poll(edgeId, kind).catch((fault: unknown) => this.#survive(fault));
    const intervals = { healthIntervalMs, roleIntervalMs };
    this.#scheduler = new Scheduler(rows.pollTargets(), { clock, ...intervals, random, poll });
    this.#followUps = new FollowUpPolls(this.#scheduler, clock, roleIntervalMs);
    const onOutcome = (row: ClusterMonitor, outcome: ProbeOutcome): void => this.#applyProbe(row, outcome);
    const contextOf = (row: ClusterMonitor): ReadingContext => this.#contextOf(row);
    const { pathProbe } = options;
    const probing = { clock, random, network, host: this.#host, contextOf, onOutcome };
    this.#userPaths = pathProbe ? new UserPaths(rows.list, { probe: pathProbe, ...probing }) : null;
    this.#sources = new SourceReadings(rows, {
      onReading: (edgeId, reading) => this.#collect(edgeId, reading),
      onEvent: (event) => !this.#isStopped && this.#emit(event),
      onRefresh: () => (this.#counts.processedMonotonicMs = clock.monotonicMs()),
      nowMs: () => clock.nowMs(),
    });
    options.collector?.start(this.#sources);
    this.#timers = [
      every(clock, flushIntervalMs, () => this.#recorder.flush()),
      every(clock, maintenanceIntervalMs, () => this.maintenance.advance(clock.nowMs())),
      every(clock, publishIntervalMs, () => this.#feed.publish(clock.nowMs(), this.#status())),
    ];
  }

  #maintenanceOf(state: MaintenanceState): MaintenanceEngine {
    const onEvent = (event: HeronEvent, row: ClusterMonitor | undefined): void => {
      this.#emit(event);
      if (row) this.#feed.add(row);
    };
    return new MaintenanceEngine(state, this.#inventory, (rowId) => this.rows.row(rowId), onEvent);
  }

  /** Reads an edge that is due. Resolves to whether it answered. */
  async #poll(edgeId: string, kind: Reading['kind']): Promise<boolean> {
    const due = this.rows.place(edgeId);
    if (!due) return false;
    const track = due.row.track(edgeId);
    const wasFailing = track.snmp.failures > 0 || track.rolePolls.lostSinceMs !== null;
    const read = await readEdge(this.options.source, due.edge, kind, track);
    const answered = wasAnswered(read);
    const reading = this.#host.explain(read, answered);
    // A reading by a configuration that was replaced meanwhile says nothing about the new one.
    const place = this.rows.place(edgeId);
    if (place?.polling !== due.polling) return answered;
    this.#counts.add(reading, answered);
    if (kind === 'role') this.#followUps.afterRolePoll(edgeId);
    // A time-out during which this process was stalled is not the edge's silence.
    const isOwnDelay = !answered && this.#host.stalledSince(reading.startedMonotonicMs);
    if (!this.#isStopped && !isOwnDelay) this.#apply(place.edge, place.row, reading, answered, wasFailing);
    return answered;
  }

  /** A reading of an edge that a metrics source polls: it is never this computer's network that explains its silence. */
  #collect(edgeId: string, reading: Reading): void {
    const place = this.rows.place(edgeId);
    if (!place?.source || this.#isStopped) return;
    const answered = wasAnswered(reading);
    this.#counts.add(reading, answered);
    try {
      this.#apply(place.edge, place.row, reading, answered, true);
    } catch (fault) {
      this.#survive(fault);
    }
  }

  /** An error in Heron while it judged one edge must end neither the polling of that edge nor that of the others. */
  #survive(fault: unknown): boolean {
    countFault('the poll of an edge', fault);
    return false;
  }

  /** Reading -> observe, detect, judge -> changes and events -> history, and the snapshot. */
  #apply(edge: Edge, row: ClusterMonitor, reading: Reading, answered: boolean, wasFailing: boolean): void {
    this.#readings.set(edge.id, reading);
    const { changes, events } = row.apply(edge, reading, this.#contextOf(row));
    if (!this.rows.sourceOf(row)) this.#host.apply(row, answered, reading);

    if (reading.kind === 'health') {
      this.#recorder.addSample(reading, row.track(edge.id));
      this.#emitFindings(edge, reading);
    }
    this.#recorder.addChanges(changes, row);
    for (const event of events) this.#emit(event);
    if (changes.length > 0) this.#recorder.flush();
    if (changes.length + events.length > 0) this.#alerts.rowChanged(row.view());

    this.#feed.add(row);
    this.#followUps.afterReading(row, reading, changes, !answered && !wasFailing);
    this.#counts.processedMonotonicMs = this.options.clock.monotonicMs();
  }

  /** What a full reading shows about an edge's identity and name, besides its state. */
  #emitFindings(edge: Edge, reading: Reading): void {
    const engine = this.options.source.engineOf?.(edge.id) ?? null;
    const nowMs = Math.round(this.options.clock.nowMs());
    for (const event of this.#findings.observe(edge, reading, engine, nowMs)) this.#emit(event);
  }

  /** A probe of the path that users take joins the same way: changes and events -> history, and the snapshot. */
  #applyProbe(row: ClusterMonitor, { changes, events, hasChanged }: ProbeOutcome): void {
    if (this.#isStopped || !hasChanged) return;
    this.#recorder.addChanges(changes, row);
    for (const event of events) this.#emit(event);
    if (changes.length > 0) this.#recorder.flush();
    this.#alerts.rowChanged(row.view());
    this.#feed.add(row);
  }

  #contextOf(row: ClusterMonitor): ReadingContext {
    const { clock, healthIntervalMs, roleIntervalMs } = this.options;
    const nowMs = clock.nowMs();
    const traps = (): TrapEvidence[] => this.#followUps.trapsOf(row, clock.monotonicMs());
    const source = this.rows.sourceOf(row);
    if (source) {
      const { scrapeIntervalMs } = source;
      const intervals = { rolePollIntervalMs: scrapeIntervalMs, healthIntervalMs: scrapeIntervalMs };
      return { nowMs, ...intervals, traps, answeredElsewhereMs: null };
    }
    return {
      nowMs,
      rolePollIntervalMs: longestIntervalMs('roleIntervalMs', row, roleIntervalMs),
      healthIntervalMs: longestIntervalMs('healthIntervalMs', row, healthIntervalMs),
      traps,
      answeredElsewhereMs: this.#host.answeredElsewhereMs(row),
      isFleetSilent: this.#host.isFleetSilent,
    };
  }

  #emit(event: HeronEvent): void {
    this.#recorder.addEvent(event);
    this.rows.noteOutage(event);
    this.#alerts.event(event);
    for (const listener of this.#eventListeners) listener(event);
  }

  /** An event that the alerts led to; an acknowledgement is also that of its row. */
  #emitOfAlerts(event: HeronEvent): void {
    const row = this.rows.noteAcknowledgement(event);
    if (row) this.#feed.add(row);
    this.#emit(event);
  }

  /** The traps of a monitored edge: evidence for the cause of what happens next, and a reason to poll its row at once. */
  applyTrap(evidence: TrapEvidence): void {
    const place = this.rows.place(evidence.edgeId);
    if (place && !this.#isStopped) this.#followUps.afterTrap(evidence, place.row);
  }

  /**
   * Monitors another inventory from now on. Clusters and edges that did not change are polled on and retain what is known of
   * them; configuration changes are not reported as changes of state.
   */
  async applyInventory(next: Inventory): Promise<void> {
    const { source, history, clock } = this.options;
    const { restore } = await readRestoredState(history, (event) => this.#emit(event), clock.nowMs());
    if (this.#isStopped) return;
    const change = this.rows.apply(next);
    restore(this.rows, change.created);
    const nowMs = Math.round(clock.nowMs());
    const ended = this.rows.ended(change, nowMs);
    for (const { change: endedChange, row } of ended.changes) {
      this.#recorder.addChanges([endedChange], row);
      for (const event of row.report([endedChange], this.#contextOf(row))) this.#emit(event);
    }
    this.#recorder.addSpans(ended.roles);
    for (const event of newFindings(this.#inventory, next, nowMs)) this.#emit(event);
    this.#inventory = next;
    this.maintenance.retarget(next);
    this.maintenance.advance(nowMs);
    for (const edgeId of change.forgotten) {
      source.forget(edgeId);
      this.#findings.forget(edgeId);
      this.#counts.forget(edgeId);
      this.#readings.delete(edgeId);
    }
    this.#feed.retarget(this.rows.list, change.removed);
    for (const row of [...change.shown, ...change.created]) this.#feed.add(row);
    this.#host.retarget(this.rows.polledHere);
    this.options.collector?.retarget(next);
    this.#alerts.retarget(this.rows.list.map((row) => row.view()));
    this.#userPaths?.retarget(this.rows.list);
    this.#scheduler.retarget(this.rows.pollTargets(), new Set(change.forgotten));
    this.#recorder.flush();
  }

  get alerts(): AlertService {
    return this.#alerts;
  }

  snapshot(): Snapshot {
    const atMs = this.options.clock.nowMs();
    return {
      atMs,
      clusters: this.rows.list.map((row) => this.maintenance.shown(row)),
      monitor: this.#status(),
    };
  }

  #status(): MonitorStatus {
    const { clock, history, healthIntervalMs, roleIntervalMs } = this.options;
    return monitorStatus({
      nowMs: clock.nowMs(),
      nowMonotonicMs: clock.monotonicMs(),
      counts: this.#counts,
      edgesPolled: this.rows.polledCount,
      lagMs: Math.max(this.#scheduler.lagMs, this.#host.lagMs),
      network: this.#host.trouble,
      host: { links: this.#host.links, gateway: this.#userPaths?.ownGateway ?? null },
      healthIntervalMs,
      roleIntervalMs,
      sources: this.#sources.statuses,
      writes: history.status(),
    });
  }

  /** Calls `listener` with what changed, at most twice a second. The returned function unsubscribes. */
  onChange(listener: (change: SnapshotChange) => void): () => void {
    return this.#feed.subscribe(listener);
  }

  /** Calls `listener` for every event when it is known, before it is committed. The returned function unsubscribes. */
  onEvent(listener: (event: HeronEvent) => void): () => void {
    const safe = guarded('a listener of events', listener);
    this.#eventListeners.add(safe);
    return () => this.#eventListeners.delete(safe);
  }

  /** Polls every edge once, besides the polls that are due. Null: that was done just now. */
  pollAll(): Promise<PollRoundResult> | null {
    void this.options.collector?.refresh();
    return this.#scheduler.pollAll();
  }

  counts(): { polls: number; answered: number; tookMs: number } {
    const { polls, answered, tookMs } = this.#counts;
    return { polls, answered, tookMs };
  }

  /** The last reading of an edge; null before the first. */
  lastReading(edgeId: string): Reading | null {
    return this.#readings.get(edgeId) ?? null;
  }

  /** What is known of an edge's answers; null: it is not monitored. */
  edgeTrack(edgeId: string): EdgeTrack | null {
    return this.rows.place(edgeId)?.row.track(edgeId) ?? null;
  }

  /** Acknowledges a row's problem, or withdraws that; false when there is none. */
  acknowledge(rowId: string, input: AcknowledgementInput): boolean {
    const row = this.#isStopped ? undefined : this.rows.list.find(({ id }) => id === rowId);
    const event = row?.acknowledge(input, this.options.clock.nowMs());
    if (!row || !event) return false;
    this.#emit(event);
    this.#feed.add(row);
    this.#alerts.rowChanged(row.view());
    return true;
  }

  /** Stores a note; resolves to the recorded event once committed. Event listeners are not called. */
  recordNote(event: HeronEvent): Promise<RecordedEvent | null> {
    return this.#recorder.write(event);
  }

  /** The planned maintenance windows. */
  maintenancePlan(): PlannedWindow[] {
    return this.maintenance.plan;
  }

  /** Records what a person decided about a maintenance window; it applies once committed. Null: it had to be dropped. */
  async decideMaintenance(event: PlanEvent): Promise<RecordedEvent | null> {
    const recorded = await this.#recorder.write(event);
    if (recorded && !this.#isStopped) this.maintenance.decide(event);
    return recorded;
  }

  /**
   * The maintenance window in force on a cluster, a standalone edge's row (`edge:` and its id), or with `edgeId` on an edge of it, at a
   * time that is not past; of several the one that ends last. What is not up when it ends is alerted by its `afterwards`.
   */
  maintenanceAt(rowId: string, edgeId: string | null, timeMs: number): MaintenanceInForce | null {
    return this.maintenance.at(rowId, edgeId, timeMs);
  }

  /** What is polled has ended and will not answer again: its edges are unknown, not down. `words`: why, without a full stop. */
  endOfSource(words: string): void {
    this.#host.endOfSource(words);
  }

  /** The system suspends this computer (true), or has resumed. */
  computerSleeps(isSuspended: boolean): void {
    this.#host.sleeps(isSuspended);
  }

  /** Records an error in Heron itself as a finding. `ends`: monitoring ends because of it, which explains the gap that follows. */
  recordFault(words: string, ends: boolean): void {
    if (!this.#isStopped) this.#emit(faultEvent(words, ends, Math.round(this.options.clock.nowMs())));
  }

  /** Records a finding that was made beside the polls, such as about the inventory's source. */
  recordFinding(finding: Extract<HeronEvent, { type: 'finding' }>): void {
    if (!this.#isStopped) this.#emit(finding);
  }

  /** Stops polling and waits for one attempt to write what is queued. Source and history stay open. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#scheduler.stop();
    this.#userPaths?.stop();
    this.#alerts.stop();
    for (const cancel of this.#timers) cancel();
    this.#host.stop();
    this.#recorder.flush();
    await this.options.history.flush();
  }
}
