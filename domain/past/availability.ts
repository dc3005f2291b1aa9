import { countedTimes, type Calendar } from '../calendar/calendar';
import type { Availability, Span, TimeRange } from '../model/history';
import type { HeronEvent } from '../model/event';
import type { ConfiguredTime } from './configured-time';
import { minus } from './monitored-time';
import { outageTimes } from './outage-times';
import { longestOutage, outagesOf, type Outage } from './outages';
import { covering, overlay, type Stretch } from './overlay';

type Counted = 'available' | 'unavailable' | 'unknown' | 'unmonitored' | 'not-counted' | 'not-configured';

/**
 * Whether users are served in each state. In a split brain they may or may not be: that counts as unknown.
 */
const meaning: Record<string, Counted> = {
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
  /**
   * What outages of a cluster are found in (`outageEventTypes`), in the order they were recorded. They begin early enough to hold the
   * beginning of each outage that reaches into the range.
   */
  events: readonly HeronEvent[];
}

type StateSpan = Pick<Span, 'state' | 'fromMs' | 'toMs'>;

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
  const outages = facts.kind === 'cluster' ? outagesWithin(range, facts) : [];
  const parts = partsOf(range, facts, outages);
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
    return figuresOf(period, ms, facts, outages);
  });
}

type Totals = Record<Counted, number>;

function emptyTotals(): Totals {
  return {
    available: 0,
    unavailable: 0,
    unknown: 0,
    unmonitored: 0,
    'not-counted': 0,
    'not-configured': 0,
  };
}

/** The whole range as stretches, each of one kind. */
function partsOf(range: TimeRange, facts: AvailabilityFacts, outages: readonly Outage[]): Stretch<Counted>[] {
  const { spans, unmonitored, configured } = facts;
  const whole: Stretch<Counted>[] = [{ ...range, value: 'unknown' }];
  const states = withoutOverlap(range, spans).map(({ fromMs, toMs, state }): Stretch<Counted> => ({
    fromMs,
    toMs,
    // How much of it is certain is known from the outage.
    value: isExplained({ fromMs, toMs, state }, outages) ? 'unknown' : (meaning[state] ?? 'unknown'),
  }));
  const seen = overlay(overlay(whole, states), covering<Counted>(range, unmonitored, 'unmonitored'));
  const served = overlay<Counted>(seen, outageTimes(range, seen, outages));
  const disabled = configured.filter(({ enabled }) => !enabled);
  const known = overlay(served, covering<Counted>(range, disabled, 'not-counted'));
  const unconfigured = minus(range, configured).map((time): Stretch<Counted> => ({
    ...time,
    value: 'not-configured',
  }));
  return overlay(known, unconfigured);
}

function figuresOf(
  period: Period,
  ms: Totals,
  facts: AvailabilityFacts,
  outages: readonly Outage[],
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
    notCountedMs: ms['not-counted'],
    notConfiguredMs: ms['not-configured'],
    outsideHoursMs: period.toMs - period.fromMs - within,
    ...changesIn(period, facts, outages),
  };
}

function changesIn(
  period: Period,
  { kind, events }: AvailabilityFacts,
  outages: readonly Outage[],
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

/** The outages that may reach into the range: those of events, and states without events, such as those of a pruned history. */
function outagesWithin(range: TimeRange, { events, spans }: AvailabilityFacts): Outage[] {
  const found = outagesOf(events).filter(
    ({ possible: { fromMs, toMs } }) => fromMs < range.toMs && (toMs ?? Infinity) > range.fromMs,
  );
  const alone = withoutOverlap(range, spans).flatMap(({ fromMs, toMs, state }): Outage[] => {
    const kind = outageStates.get(state);
    if (!kind || isExplained({ fromMs, toMs, state }, found)) return [];
    const times = { possible: { fromMs, toMs }, certain: { fromMs, toMs } };
    return [{ kind, ...times, unmonitored: [], measuredMs: null }];
  });
  return [...found, ...alone];
}

const outageStates: ReadonlyMap<string, Outage['kind']> = new Map([
  ['no-active-lb', 'no-active-lb'],
  ['down', 'no-serving-edge'],
]);

function isExplained(
  { fromMs, toMs, state }: { fromMs: number; toMs: number; state: string },
  outages: readonly Outage[],
): boolean {
  const wanted = outageStates.get(state);
  return outages.some(
    ({ kind, possible }) => kind === wanted && possible.fromMs < toMs && (possible.toMs ?? Infinity) > fromMs,
  );
}

/**
 * Spans clipped to the range, without overlaps: of two that cover the same time, the one recorded later is right (unreachable
 * is dated back to its first unanswered poll).
 */
export function withoutOverlap(
  range: TimeRange,
  spans: readonly StateSpan[],
): { fromMs: number; toMs: number; state: string }[] {
  const visible: { fromMs: number; toMs: number; state: string }[] = [];
  let coveredFromMs = range.toMs;
  for (const span of spans.toReversed()) {
    const fromMs = Math.max(range.fromMs, span.fromMs);
    const toMs = Math.min(coveredFromMs, span.toMs ?? range.toMs);
    if (toMs <= fromMs) continue;
    visible.push({ fromMs, toMs, state: span.state });
    coveredFromMs = fromMs;
  }
  return visible.reverse();
}
