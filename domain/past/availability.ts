import { countedTimes, type Calendar } from '../calendar/calendar';
import type { Availability, Span, TimeRange } from '../model/history';
import type { HeronEvent } from '../model/event';
import type { ConfiguredTime } from './configured-time';
import { minus } from './monitored-time';
import { covering, overlay, type Stretch } from './overlay';
import { takeOverTime } from './take-over-time';

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
  /** A cluster's failovers, failbacks, no-active-lb events and LB roles, whose own time is in the range. */
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
  const parts = partsOf(range, facts);
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
    return figuresOf(period, ms, facts);
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
function partsOf(range: TimeRange, facts: AvailabilityFacts): Stretch<Counted>[] {
  const { spans, unmonitored, configured, events } = facts;
  const whole: Stretch<Counted>[] = [{ ...range, value: 'unknown' }];
  const states = withoutOverlap(range, spans).map(({ fromMs, toMs, state }): Stretch<Counted> => ({
    fromMs,
    toMs,
    value: meaning[state] ?? 'unknown',
  }));
  const seen = overlay(overlay(whole, states), covering<Counted>(range, unmonitored, 'unmonitored'));
  const moves = events.filter((event) => event.type === 'failover' || event.type === 'failback');
  const served = overlay<Counted>(seen, takeOverTime(seen, moves));
  const disabled = configured.filter(({ enabled }) => !enabled);
  const known = overlay(served, covering<Counted>(range, disabled, 'not-counted'));
  const unconfigured = minus(range, configured).map((time): Stretch<Counted> => ({
    ...time,
    value: 'not-configured',
  }));
  return overlay(known, unconfigured);
}

function figuresOf(period: Period, ms: Totals, facts: AvailabilityFacts): Availability {
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
    ...changesIn(period, facts),
  };
}

function changesIn(
  period: Period,
  { kind, events, spans }: AvailabilityFacts,
): Pick<Availability, 'failovers' | 'failbacks' | 'longestNoActiveLbMs'> {
  if (kind !== 'cluster') return { failovers: null, failbacks: null, longestNoActiveLbMs: null };
  const within = events.filter(({ timeMs }) => timeMs >= period.fromMs && timeMs < period.toMs);
  return {
    failovers: within.filter(({ type }) => type === 'failover').length,
    failbacks: within.filter(({ type }) => type === 'failback').length,
    longestNoActiveLbMs: longestNoActiveLb(period, spans, within),
  };
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

/**
 * Bounds of the longest recorded time without an active LB: the gaps of failovers, and the times in which no LB was master for
 * longer than a take-over. Those began after the last reading of a master and ended before the next one.
 */
function longestNoActiveLb(
  range: TimeRange,
  spans: readonly StateSpan[],
  events: readonly HeronEvent[],
): Availability['longestNoActiveLbMs'] {
  let longest: Availability['longestNoActiveLbMs'] = null;
  const widen = (atLeast: number, atMost: number): void => {
    longest = {
      atLeast: Math.max(longest?.atLeast ?? 0, atLeast),
      atMost: Math.max(longest?.atMost ?? 0, atMost),
    };
  };
  for (const event of events) {
    if (event.type === 'failover' || event.type === 'failback')
      widen(event.gapMs.atLeast, event.gapMs.atMost);
  }
  for (const span of spans) {
    if (span.state !== 'no-active-lb') continue;
    const fromMs = Math.max(range.fromMs, span.fromMs);
    const toMs = Math.min(range.toMs, span.toMs ?? range.toMs);
    if (toMs <= fromMs) continue;
    widen(lastSeenWithout(events, fromMs, toMs) - fromMs, toMs - lastSeenWith(events, fromMs, toMs));
  }
  return longest;
}

/** The last reading before the end of such a time in which the next master did not have the role yet. */
function lastSeenWithout(events: readonly HeronEvent[], fromMs: number, toMs: number): number {
  const rises = events.filter(
    (event) =>
      event.type === 'lb-role' && event.to === 'master' && event.timeMs > fromMs && event.timeMs <= toMs,
  );
  const rise = rises.at(-1);
  if (rise?.type !== 'lb-role' || rise.bracket === null) return toMs;
  return Math.max(fromMs, Math.min(toMs, rise.bracket.lastOldMs));
}

/** The last reading of a master before such a time. */
function lastSeenWith(events: readonly HeronEvent[], fromMs: number, toMs: number): number {
  const loss = events.find(
    (event) => event.type === 'no-active-lb' && event.timeMs <= toMs && event.recordedAtMs >= fromMs,
  );
  return loss?.type === 'no-active-lb' ? Math.min(fromMs, loss.bracket.lastOldMs) : fromMs;
}
