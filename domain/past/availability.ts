import type { Availability, Gap, Span, TimeRange } from '../model/history';
import type { HeronEvent } from '../model/event';
import { hides, minus } from './monitored-time';

type Counted = 'available' | 'unavailable' | 'unknown' | 'not-counted';

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
  /** The cluster whose gaps apply: its own id, or that of the edge's cluster. Null: a standalone edge. */
  clusterId: string | null;
  /** Its health spans that overlap the range, in the order they were recorded. */
  spans: readonly Span[];
  /** All gaps that overlap the range. */
  gaps: readonly Gap[];
  /** A cluster's failovers, failbacks, no-active-lb events and LB roles, whose own time is in the range. */
  events: readonly HeronEvent[];
}

/** The bounds of its availability over the range. Time without a state is unknown. */
export function availabilityOver(range: TimeRange, facts: AvailabilityFacts): Availability {
  const hidden = facts.gaps
    .filter((gap) => hides(gap, facts.clusterId))
    .sort((a, b) => a.fromMs - b.fromMs || b.toMs - a.toMs);
  const ms: Record<Counted, number> = { available: 0, unavailable: 0, unknown: 0, 'not-counted': 0 };
  let statedMs = 0;
  for (const { fromMs, toMs, state } of withoutOverlap(range, facts.spans)) {
    for (const part of minus({ fromMs, toMs }, hidden)) {
      ms[meaning[state] ?? 'unknown'] += part.toMs - part.fromMs;
      statedMs += part.toMs - part.fromMs;
    }
  }
  ms.unknown += Math.max(0, range.toMs - range.fromMs - statedMs);
  const countedMs = ms.available + ms.unavailable + ms.unknown;
  const part = (value: number): number | null => (countedMs > 0 ? value / countedMs : null);
  const isCluster = facts.kind === 'cluster';
  const count = (type: HeronEvent['type']): number | null =>
    isCluster ? facts.events.filter((event) => event.type === type).length : null;
  return {
    subjectId: facts.subjectId,
    kind: facts.kind,
    worst: part(ms.available),
    best: part(ms.available + ms.unknown),
    unknownShare: part(ms.unknown),
    availableMs: ms.available,
    unavailableMs: ms.unavailable,
    unknownMs: ms.unknown,
    notCountedMs: ms['not-counted'],
    failovers: count('failover'),
    failbacks: count('failback'),
    longestNoActiveLbMs: isCluster ? longestNoActiveLb(range, facts) : null,
  };
}

/**
 * Spans clipped to the range, without overlaps: of two that cover the same time, the one recorded later is right (unreachable
 * is dated back to its first unanswered poll).
 */
export function withoutOverlap(
  range: TimeRange,
  spans: readonly Span[],
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
  { spans, events }: AvailabilityFacts,
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
