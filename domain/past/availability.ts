import { countedTimes, type Calendar } from '../calendar/calendar';
import type { Availability, TimeRange } from '../model/history';
import type { HeronEvent } from '../model/event';
import type { ConfiguredTime } from './configured-time';
import { minus } from './monitored-time';
import { outageTimes } from './outage-times';
import { longestOutage, type TrackedOutage } from './outage-tracker';
import { isExplained, outagesWithin, withoutOverlap, type StateSpan } from './outages-within';
import { covering, overlay, type Stretch } from './overlay';

type Observed = 'available' | 'unavailable' | 'unknown' | 'unmonitored' | 'not-counted' | 'not-configured';
type Counted = Observed | 'maintenance';

/**
 * Whether users are served in each state. In a split brain they may or may not be: that counts as unknown.
 */
const meaning: Record<string, Observed> = {
  up: 'available',
  degraded: 'available',
  'no-redundancy': 'available',
  down: 'unavailable',
  'no-active-lb': 'unavailable',
  'split-brain': 'unknown',
  unknown: 'unknown',
  maintenance: 'not-counted',
  disabled: 'not-counted',
  'not-applicable': 'not-counted',
};

/** What is recorded of one cluster or edge over a range. */
export interface AvailabilityFacts {
  subjectId: string;
  kind: Availability['kind'];
  /** When it was configured, oldest first. All other time does not count. */
  configured: readonly ConfiguredTime[];
  /** Its health spans that overlap the range, in the order they were recorded. */
  spans: readonly StateSpan[];
  /** The times of the range in which its states are unknown because it was not monitored. */
  unmonitored: readonly TimeRange[];
  /** The times in which it was in planned maintenance; by default never. */
  maintenance?: readonly TimeRange[];
  /**
   * What outages of a cluster are found in (`outageEventTypes`), in the order they were recorded. They begin early enough to hold the
   * beginning of each outage that reaches into the range.
   */
  events: readonly HeronEvent[];
}

/** A part of the range that gets figures of its own, and its times that count: ordered, without overlaps. */
export interface Period extends TimeRange {
  counted: readonly TimeRange[];
}

/** Cuts a range at these moments, and each part to the hours of the calendar. Null: around the clock. */
export function periodsOf(range: TimeRange, cuts: readonly number[], calendar: Calendar | null): Period[] {
  const inside = [...new Set(cuts)].filter((atMs) => atMs > range.fromMs && atMs < range.toMs);
  const bounds = [range.fromMs, ...inside.sort((a, b) => a - b), range.toMs];
  return bounds.slice(1).map((toMs, index) => {
    const part = { fromMs: bounds[index] ?? range.fromMs, toMs };
    return { ...part, counted: calendar === null ? [part] : countedTimes(calendar, part) };
  });
}

/**
 * The bounds of its availability in each period; these follow one another without a hole. Time without a state is unknown. What was
 * not configured does not count, whatever else is recorded of it, and what was not monitored is unknown.
 */
export function availabilityOver(periods: readonly Period[], facts: AvailabilityFacts): Availability[] {
  const range = { fromMs: periods[0]?.fromMs ?? 0, toMs: periods.at(-1)?.toMs ?? 0 };
  const outages = facts.kind === 'cluster' ? outagesWithin(range, facts.spans, facts.events) : [];
  const observed = partsOf(range, facts, outages);
  const planned = plannedParts(range, observed, facts.maintenance ?? []);
  const parts: Stretch<Counted>[] = overlay<Counted>(
    observed,
    planned.map((part) => ({ ...part, value: 'maintenance' })),
  );
  const totals = totalsOf(periods, parts);
  const inMaintenance = totalsOf(periods, planned);
  return periods.map((period, index) =>
    figuresOf(period, totals[index] ?? emptyTotals(), inMaintenance[index] ?? emptyTotals(), facts, outages),
  );
}

/** The time of each value in each period, milliseconds. `parts`: in order, without overlaps. */
function totalsOf(periods: readonly Period[], parts: readonly Stretch<Counted>[]): Totals[] {
  let next = 0;
  return periods.map((period) => {
    const ms = emptyTotals();
    for (const { fromMs, toMs } of period.counted) {
      while ((parts[next]?.toMs ?? Infinity) <= fromMs) next += 1;
      for (let index = next; ; index += 1) {
        const part = parts[index];
        if (!part || part.fromMs >= toMs) break;
        ms[part.value] += Math.min(toMs, part.toMs) - Math.max(fromMs, part.fromMs);
      }
    }
    return ms;
  });
}

/** What was observed in planned maintenance. What is disabled or not configured is in none. */
function plannedParts(
  range: TimeRange,
  observed: readonly Stretch<Observed>[],
  maintenance: readonly TimeRange[],
): Stretch<Observed>[] {
  const planned = covering(range, maintenance, null);
  return observed
    .filter(({ value }) => value !== 'not-counted' && value !== 'not-configured')
    .flatMap(({ value, ...part }) =>
      planned
        .map(({ fromMs, toMs }) => ({
          fromMs: Math.max(fromMs, part.fromMs),
          toMs: Math.min(toMs, part.toMs),
          value,
        }))
        .filter(({ fromMs, toMs }) => toMs > fromMs),
    );
}

type Totals = Record<Counted, number>;

function emptyTotals(): Totals {
  return {
    available: 0,
    unavailable: 0,
    unknown: 0,
    unmonitored: 0,
    maintenance: 0,
    'not-counted': 0,
    'not-configured': 0,
  };
}

/** The whole range as stretches, each of one kind. */
function partsOf(
  range: TimeRange,
  facts: AvailabilityFacts,
  outages: readonly TrackedOutage[],
): Stretch<Observed>[] {
  const { spans, unmonitored, configured } = facts;
  const whole: Stretch<Observed>[] = [{ ...range, value: 'unknown' }];
  const states = withoutOverlap(range, spans).map(({ fromMs, toMs, state }): Stretch<Observed> => ({
    fromMs,
    toMs,
    // How much of it is certain is known from the outage.
    value: isExplained({ fromMs, toMs, state }, outages) ? 'unknown' : (meaning[state] ?? 'unknown'),
  }));
  const seen = overlay(overlay(whole, states), covering<Observed>(range, unmonitored, 'unmonitored'));
  const served = overlay<Observed>(seen, outageTimes(range, seen, outages));
  const disabled = configured.filter(({ enabled }) => !enabled);
  const known = overlay(served, covering<Observed>(range, disabled, 'not-counted'));
  const unconfigured = minus(range, configured).map((time): Stretch<Observed> => ({
    ...time,
    value: 'not-configured',
  }));
  return overlay(known, unconfigured);
}

function figuresOf(
  period: Period,
  ms: Totals,
  inMaintenance: Totals,
  facts: AvailabilityFacts,
  outages: readonly TrackedOutage[],
): Availability {
  const unknownMs = ms.unknown + ms.unmonitored;
  const countedMs = ms.available + ms.unavailable + unknownMs;
  const part = (value: number): number | null => (countedMs > 0 ? value / countedMs : null);
  const within = period.counted.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  return {
    subjectId: facts.subjectId,
    kind: facts.kind,
    fromMs: period.fromMs,
    toMs: period.toMs,
    worst: part(ms.available),
    best: part(ms.available + unknownMs),
    unknownShare: part(unknownMs),
    availableMs: ms.available,
    unavailableMs: ms.unavailable,
    unknownMs,
    unmonitoredMs: ms.unmonitored,
    maintenanceMs: ms.maintenance,
    maintenanceUnavailableMs: inMaintenance.unavailable,
    maintenanceUnknownMs: inMaintenance.unknown + inMaintenance.unmonitored,
    notCountedMs: ms['not-counted'],
    notConfiguredMs: ms['not-configured'],
    outsideHoursMs: period.toMs - period.fromMs - within,
    ...changesIn(period, facts, outages),
  };
}

function changesIn(
  period: Period,
  { kind, events }: AvailabilityFacts,
  outages: readonly TrackedOutage[],
): Pick<Availability, 'failovers' | 'failbacks' | 'longestNoActiveLbMs'> {
  if (kind !== 'cluster') return { failovers: null, failbacks: null, longestNoActiveLbMs: null };
  const within = events.filter(({ timeMs }) => timeMs >= period.fromMs && timeMs < period.toMs);
  const touching = outages.filter(
    ({ possible: { fromMs, toMs } }) => fromMs < period.toMs && (toMs ?? Infinity) >= period.fromMs,
  );
  return {
    failovers: within.filter(({ type }) => type === 'failover').length,
    failbacks: within.filter(({ type }) => type === 'failback').length,
    longestNoActiveLbMs: longestOutage(touching, period.toMs),
  };
}
