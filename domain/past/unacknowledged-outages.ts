import { standaloneRowId } from '../inventory/inventory';
import { cutsUsersOff, ruleOfAlert } from '../model/alert-rule';
import type { Bracket, HeronEvent, HeronEventType } from '../model/event';
import { outagesTogether, type Outage } from '../model/outage';
import { concernsCluster } from './outage-events';
import { outageBounds, OutageTracker, type TrackedOutage } from './outage-tracker';

/** The types of events that show what cut users off, and what of it was acknowledged. */
export const outageEventTypes = [
  'failover',
  'failback',
  'no-active-lb',
  'split-brain',
  'users-gap',
  'lb-role',
  'cluster-state',
  'edge-state',
  'acknowledged',
  'gap',
  'start',
] as const satisfies readonly HeronEventType[];

/** More outages of one row than this are counted together, oldest first. */
const maxOutages = 12;
/** Corrections of an outage, such as the cause of its failover, come within minutes of its end. */
const settledMs = 24 * 3_600_000;

/** The row that an event is about; null: none, or all of them. */
export function rowOfEvent(event: HeronEvent): string | null {
  if (!('clusterId' in event)) return null;
  if (event.clusterId !== null) return event.clusterId;
  return 'edgeId' in event && event.edgeId !== null ? standaloneRowId({ id: event.edgeId }) : null;
}

/** What cut the users of each row off and is not acknowledged, by the events in the order they were recorded. */
export class UnacknowledgedOutages {
  readonly #rows = new Map<string, RowOutages>();

  /** Whether any event of the row was applied. */
  has(rowId: string): boolean {
    return this.#rows.has(rowId);
  }

  /** Applies an event. The ids of the rows that it is about. */
  add(event: HeronEvent): string[] {
    const id = rowOfEvent(event);
    if (id === null) {
      const concerned = [...this.#rows].filter(([rowId]) => concernsCluster(event, rowId));
      for (const [, row] of concerned) row.add(event);
      return concerned.map(([rowId]) => rowId);
    }
    const row = this.#rows.get(id) ?? new RowOutages();
    this.#rows.set(id, row);
    row.add(event);
    return [id];
  }

  /** Those of a row that are over, oldest first. */
  of(rowId: string): Outage[] {
    return this.#rows.get(rowId)?.shown() ?? [];
  }
}

/** The outages of one row: those that its edges show, and those that only Heron's probes of the cluster IP show. */
class RowOutages {
  readonly #tracker = new OutageTracker();
  readonly #acknowledged = new Set<TrackedOutage>();
  /** Those that the cluster's state showed. */
  readonly #shownAsState = new Set<TrackedOutage>();
  /** Outages that only the probes show, while the edges reported that they served; null: not over. */
  readonly #seenByProbes = new Map<TrackedOutage, Outage | null>();
  #probed: Outage[] = [];
  /** Outages that only an acknowledgement can still change, counted together so that a year of them takes no more memory than a day. */
  #settled: Outage[] = [];

  /**
   * An acknowledgement covers what is over and what is in progress. One that only records that other faults are over covers nothing new.
   */
  add(event: HeronEvent): void {
    if (event.type === 'acknowledged') {
      if (event.ended !== null || event.covers?.isRemainder || !coversOutages(event)) return;
      for (const outage of this.#tracker.outages) this.#acknowledged.add(outage);
      this.#probed = [];
      this.#settled = [];
      return;
    }
    if (event.type === 'users-gap') {
      if (event.restored) this.#usersBack(event.restored, event.usersGapMs);
      return;
    }
    const isOfStandalone = event.type === 'edge-state' && event.clusterId === null;
    const changed = this.#tracker.add(
      isOfStandalone
        ? { ...event, type: 'cluster-state', clusterId: event.edgeId, clusterName: event.edgeName }
        : event,
    );
    const isByProbes =
      event.type === 'cluster-state' && event.to === 'down' && event.reasons[0]?.code === 'users-not-served';
    for (const outage of changed) {
      if (event.type === 'cluster-state' || event.type === 'no-active-lb') this.#shownAsState.add(outage);
      if (isByProbes && outage.kind === 'no-serving-edge') this.#seenByProbes.set(outage, null);
    }
    this.#settle(event.recordedAtMs - settledMs);
  }

  shown(): Outage[] {
    const found = this.#tracker.outages.flatMap((outage) => this.#shownOf(outage));
    return merged([...this.#settled, ...found, ...this.#probedBeside(this.#probed, found)]);
  }

  /** The outage as it is shown; empty while it lasts, once it is acknowledged, and where it may have cut nobody off. */
  #shownOf(outage: TrackedOutage): Outage[] {
    const { kind, possible, measuredMs } = outage;
    if (this.#acknowledged.has(outage)) return [];
    // Of a take-over in which no time without an active LB is certain, users may have noticed nothing.
    if (kind === 'flapping' || possible.toMs === null) return [];
    if (measuredMs?.atLeast === 0 && !this.#shownAsState.has(outage)) return [];
    const measured = this.#seenByProbes.get(outage);
    if (measured) return [measured];
    const lastedMs = outageBounds(outage, possible.toMs);
    const kindShown = measured === undefined ? kind : ('users-not-served' as const);
    return [{ kind: kindShown, fromMs: possible.fromMs, toMs: possible.toMs, lastedMs, times: 1 }];
  }

  /** What the edges report and what users saw of it at the same time is one outage. */
  #probedBeside(probed: readonly Outage[], found: readonly Outage[]): Outage[] {
    return probed.filter((outage) => !found.some((other) => overlap(other, outage)));
  }

  #settle(beforeMs: number): void {
    const isOld = ({ toMs }: Outage): boolean => toMs < beforeMs;
    if (this.#tracker.outages.length <= maxOutages && !this.#probed.some(isOld)) return;
    const found = this.#tracker.outages.flatMap((outage) => this.#shownOf(outage));
    const probed = this.#probedBeside(this.#probed.filter(isOld), found);
    const settled = this.#tracker.takeSettled(beforeMs, maxOutages);
    const shown = settled.flatMap((outage) => this.#shownOf(outage));
    for (const outage of settled) {
      this.#acknowledged.delete(outage);
      this.#shownAsState.delete(outage);
      this.#seenByProbes.delete(outage);
    }
    this.#probed = this.#probed.filter((outage) => !isOld(outage));
    this.#settled = merged([...this.#settled, ...shown, ...probed]);
  }

  #usersBack({ firstNewMs: toMs }: Bracket, lastedMs: Outage['lastedMs']): void {
    if (lastedMs.atLeast <= 0) return;
    const outage: Outage = {
      kind: 'users-not-served',
      fromMs: toMs - lastedMs.atMost,
      toMs,
      lastedMs,
      times: 1,
    };
    for (const [seen] of this.#seenByProbes) {
      if (!overlap(outage, { fromMs: seen.possible.fromMs, toMs: seen.possible.toMs ?? Infinity })) continue;
      this.#seenByProbes.set(seen, outage);
      return;
    }
    const isAcknowledged = [...this.#acknowledged].some(({ possible }) =>
      overlap(outage, { fromMs: possible.fromMs, toMs: possible.toMs ?? Infinity }),
    );
    if (!isAcknowledged) this.#probed = [...this.#probed, outage];
  }
}

/** Whether an acknowledgement is of the whole row, or of an alert that cut users off. */
export function coversOutages({ alerts, clusterId }: Extract<HeronEvent, { type: 'acknowledged' }>): boolean {
  if (alerts === undefined) return true;
  return alerts.alertIds.some((id) => cutsUsersOff(ruleOfAlert(id), clusterId));
}

interface Stretch {
  fromMs: number;
  toMs: number;
}

function overlap(one: Stretch, other: Stretch): boolean {
  return one.fromMs <= other.toMs && other.fromMs <= one.toMs;
}

/** In the order of their ends, the oldest together. */
function merged(unordered: readonly Outage[]): Outage[] {
  const outages = unordered.toSorted((a, b) => a.toMs - b.toMs);
  if (outages.length <= maxOutages) return outages;
  const older = outagesTogether(outages.slice(0, outages.length - maxOutages + 1));
  return [...(older ? [older] : []), ...outages.slice(outages.length - maxOutages + 1)];
}
