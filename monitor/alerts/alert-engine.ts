import type { AcknowledgeAlerts } from '../../domain/alerts/acknowledge-alerts';
import { AlertBook, type AlertSurroundings, type BookOutcome } from '../../domain/alerts/alert-book';
import { ownTroubles } from '../../domain/alerts/monitor-conditions';
import { lowerSubject, matcherTest, matchesEverything } from '../../domain/alerts/matcher';
import { IncidentRecord } from '../../domain/incidents/incident-record';
import type { AlertChange, SilencePreview } from '../../domain/contract/alerts';
import type { AlertList, AlertNotice, Silence } from '../../domain/model/alert';
import type { AlertMatcher } from '../../domain/model/alert-rule';
import type { HeronEvent, RecordedEvent } from '../../domain/model/event';
import type { ClusterView, MonitorStatus } from '../../domain/model/snapshot';
import { rowOfEvent } from '../../domain/past/unacknowledged-outages';
import { every, type Clock } from '../base/clock';
import { guarded } from '../log/guard';
import type { AlertService, SilenceInput } from './alert-service';
import type { EarlierAlerts } from './earlier-alerts';

/** What a change waits for others before the alerts are examined: a burst is examined once. */
const gatherMs = 20;
/** How often durations, ends and Heron's own state are examined. */
const examineMs = 250;
const ownStateMs = 1_000;
const mostNames = 20;
/** A clock that differs by less was slewed, not set. */
const clockSetMs = 1_000;

/** The monitor whose alerts these are. */
export interface WatchedMonitor {
  /** The views of all rows. */
  views(): ClusterView[];
  status(): MonitorStatus;
  /** Records an event, and passes it to all listeners. */
  emit(event: HeronEvent): void;
}

export interface EngineOptions extends AlertSurroundings {
  clock: Clock;
  monitor: WatchedMonitor;
  /** The alerts of earlier runs; null: none, or they cannot be read. */
  earlier: EarlierAlerts | null;
}

/**
 * Examines what the pipeline observes, and raises one alert for each cause. It never throws into the pipeline: a fault of its own is logged, and
 * monitoring goes on.
 */
export class AlertEngine implements AlertService {
  readonly #book: AlertBook;
  readonly #incidents = new IncidentRecord();
  readonly #changeListeners = new Set<(change: AlertChange) => void>();
  readonly #noticeListeners = new Set<(notice: AlertNotice) => void>();
  readonly #timers: (() => void)[];
  #cancelGather: (() => void) | null = null;
  #isEmitting = false;
  /** Wall time less monotonic time, milliseconds. */
  #clockOffsetMs: number;

  constructor(private readonly options: EngineOptions) {
    const { clock, monitor, earlier } = options;
    this.#book = new AlertBook(options);
    this.#clockOffsetMs = clock.nowMs() - clock.monotonicMs();
    unfailing(() => {
      if (earlier) this.#book.restore(earlier.alerts, this.#nowMs());
      for (const recorded of earlier?.recent ?? []) this.#incidents.add(recorded);
      for (const view of monitor.views()) this.#book.setView(view);
    });
    this.#timers = [
      every(clock, examineMs, () => this.#examine()),
      every(clock, ownStateMs, () => unfailing(() => this.#examineOwn())),
    ];
  }

  /** A row has changed, after its events were passed to `event`. */
  rowChanged(view: ClusterView): void {
    unfailing(() => this.#book.setView(view));
    this.#soon();
  }

  /** An event, before it is recorded. */
  event(event: HeronEvent): void {
    if (this.#isEmitting) return;
    unfailing(() => {
      this.#book.add(event);
      const rowId = rowOfEvent(event);
      if (rowId !== null && refreshing.has(event.type)) this.#book.refreshEvidence(rowId, this.#nowMs());
    });
    this.#soon();
  }

  /** Events that were recorded, with their row numbers. */
  recorded(events: readonly RecordedEvent[]): void {
    unfailing(() => {
      for (const recorded of events) {
        this.#incidents.add(recorded);
        const rowId = rowOfEvent(recorded.event);
        const incident = rowId === null ? null : this.#incidents.current(rowId.replace(/^edge:/, ''));
        if (rowId !== null && incident) this.#book.setIncident(rowId, incident);
      }
      this.#incidents.forgetEnded();
    });
    if (events.length > 0) this.#soon();
  }

  /** Only these rows are monitored from now on. */
  retarget(views: readonly ClusterView[]): void {
    unfailing(() => {
      this.#book.retain(new Set(views.map(({ id }) => id)), this.#nowMs());
      for (const view of views) this.#book.setView(view);
    });
    this.#soon();
  }

  list(): AlertList {
    this.#examine();
    return this.#book.list(this.#nowMs());
  }

  acknowledge(input: AcknowledgeAlerts): boolean {
    const events = this.#book.acknowledge(input, this.#nowMs());
    for (const event of events) this.options.monitor.emit(event);
    this.#refresh(events);
    this.#examine();
    return events.length > 0;
  }

  preview(matcher: AlertMatcher): SilencePreview {
    const views = this.options.monitor.views();
    const ofAnyRule = matcherTest({ ...matcher, rule: '*' });
    const rows = views.filter(({ name, site, edges }) =>
      [null, ...edges.map((edge) => edge.name)].some((edgeName) =>
        ofAnyRule(lowerSubject({ name, site, edgeName, rule: '' })),
      ),
    );
    const ofEdge = matcherTest({ edge: matcher.edge });
    const isMeant = ({ name }: { name: string }): boolean =>
      ofEdge(lowerSubject({ name: '', site: null, edgeName: name, rule: '' }));
    return {
      rows: rows.length,
      edges: rows.reduce((sum, { edges }) => sum + edges.filter(isMeant).length, 0),
      names: rows.slice(0, mostNames).map(({ name }) => name),
      alertIds: this.#book.matching(matcher).map(({ id }) => id),
      matchesEverything:
        matchesEverything(matcher) ||
        (views.length > 1 &&
          rows.length === views.length &&
          matchesEverything({ ...matcher, cluster: '*', site: '*' })),
    };
  }

  addSilence(input: SilenceInput): Silence {
    const silence = this.#book.addSilence(input, this.#nowMs());
    this.#examine();
    return silence;
  }

  endSilence(id: string, by: string): boolean {
    const isEnded = this.#book.endSilence(id, by, this.#nowMs());
    this.#examine();
    return isEnded;
  }

  onChange(listener: (change: AlertChange) => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  onNotice(listener: (notice: AlertNotice) => void): () => void {
    this.#noticeListeners.add(listener);
    return () => this.#noticeListeners.delete(listener);
  }

  stop(): void {
    for (const cancel of this.#timers) cancel();
    this.#cancelGather?.();
  }

  /** The rows of acknowledged alerts show it, too. */
  #refresh(events: readonly { clusterId: string }[]): void {
    const ids = new Set(events.map(({ clusterId }) => clusterId));
    for (const view of this.options.monitor.views()) if (ids.has(view.id)) this.#book.setView(view);
  }

  #soon(): void {
    this.#cancelGather ??= this.options.clock.after(gatherMs, () => this.#examine());
  }

  #examineOwn(): void {
    const { monitor } = this.options;
    this.#book.setOwn(ownTroubles(monitor.status(), () => monitor.views(), this.#nowMs()));
  }

  #examine(): void {
    this.#cancelGather?.();
    this.#cancelGather = null;
    unfailing(() => {
      this.#followClock();
      this.#publish(this.#book.settle(this.#nowMs()));
    });
  }

  /** Durations are those of the monotonic clock: a wall clock that is set neither delays an alert nor raises one early. */
  #followClock(): void {
    const offsetMs = this.options.clock.nowMs() - this.options.clock.monotonicMs();
    const byMs = Math.round(offsetMs - this.#clockOffsetMs);
    if (Math.abs(byMs) < clockSetMs) return;
    this.#clockOffsetMs = offsetMs;
    this.#book.clockSet(byMs);
  }

  #publish({ events, notices, changed, removedIds, silences }: BookOutcome): void {
    this.#isEmitting = true;
    try {
      for (const event of events) this.options.monitor.emit(event);
    } finally {
      this.#isEmitting = false;
    }
    if (changed.length + removedIds.length > 0 || silences) {
      const change = { atMs: this.#nowMs(), changed, removedIds, silences };
      for (const listener of this.#changeListeners) unfailing(() => listener(change));
    }
    for (const notice of notices)
      for (const listener of this.#noticeListeners) unfailing(() => listener(notice));
  }

  #nowMs(): number {
    return Math.round(this.options.clock.nowMs());
  }
}

/** Events that may improve the evidence of an alert that was raised. */
const refreshing: ReadonlySet<HeronEvent['type']> = new Set([
  'failover',
  'failback',
  'no-active-lb',
  'split-brain',
  'cause-corrected',
]);

/** Runs what must never stop monitoring. */
function unfailing(work: () => void): void {
  guarded('alerts', work)();
}
