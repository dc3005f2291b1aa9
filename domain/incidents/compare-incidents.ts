import type { Incident } from '../model/incident';
import type { IncidentMetrics } from './incident-metrics';
import { longer, type TimeSpan } from '../model/time-span';

/** One side of a comparison: an incident, or a range with its incidents. UTC milliseconds. */
export interface ComparedSide {
  fromMs: number;
  toMs: number;
  incidents: readonly { incident: Incident; metrics: IncidentMetrics }[];
  /** How much of it was not monitored. */
  unmonitoredMs: number;
}

/** One line of a comparison. A value is a duration between two bounds, one that is exact, or a count; null: none. */
export interface Difference {
  what: 'length' | 'incidents' | 'moves' | 'without' | 'detect' | 'takeOver' | 'acknowledge' | 'unmonitored';
  sides: [Compared, Compared];
  /** The second minus the first, between bounds; null where one side has no value. */
  difference: Compared;
}
export type Compared =
  { kind: 'time'; span: TimeSpan } | { kind: 'exact'; ms: number } | { kind: 'count'; count: number } | null;

/** Compares two sides, the more important lines first. A difference of bounds is the widest that both allow. */
export function compareSides(first: ComparedSide, second: ComparedSide): Difference[] {
  const line = (what: Difference['what'], of: (side: ComparedSide) => Compared): Difference => {
    const sides: [Compared, Compared] = [of(first), of(second)];
    return { what, sides, difference: subtract(sides[1], sides[0]) };
  };
  return [
    line('length', ({ fromMs, toMs }) => ({ kind: 'exact', ms: toMs - fromMs })),
    line('incidents', ({ incidents }) => ({ kind: 'count', count: incidents.length })),
    line('moves', ({ incidents }) => ({
      kind: 'count',
      count: incidents.reduce((sum, { incident }) => sum + incident.moves, 0),
    })),
    line('without', ({ incidents }) => longest(incidents.map(({ incident }) => incident.withoutActiveLbMs))),
    line('detect', ({ incidents }) => longest(incidents.map(({ metrics }) => metrics.detectMs))),
    line('takeOver', ({ incidents }) => longest(incidents.map(({ metrics }) => metrics.takeOverMs))),
    line('acknowledge', ({ incidents }) => {
      const times = incidents.flatMap(({ metrics: { acknowledgeMs } }) => acknowledgeMs ?? []);
      return times.length > 0 ? { kind: 'exact', ms: Math.max(...times) } : null;
    }),
    line('unmonitored', ({ unmonitoredMs }) => ({ kind: 'exact', ms: unmonitoredMs })),
  ];
}

function longest(spans: readonly (TimeSpan | null)[]): Compared {
  const span = spans.reduce<TimeSpan | null>(longer, null);
  return span && { kind: 'time', span };
}

function subtract(a: Compared, b: Compared): Compared {
  if (a?.kind === 'count' && b?.kind === 'count') return { kind: 'count', count: a.count - b.count };
  if (a?.kind === 'exact' && b?.kind === 'exact') return { kind: 'exact', ms: a.ms - b.ms };
  if (a?.kind !== 'time' || b?.kind !== 'time') return null;
  return {
    kind: 'time',
    span: { atLeast: a.span.atLeast - b.span.atMost, atMost: a.span.atMost - b.span.atLeast },
  };
}

/** How much of [fromMs, toMs) the gaps cover, milliseconds. */
export function unmonitoredMs(
  gaps: readonly { fromMs: number; toMs: number }[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
): number {
  let [sum, untilMs] = [0, fromMs];
  for (const gap of gaps.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const from = Math.max(untilMs, gap.fromMs);
    const to = Math.min(toMs, gap.toMs);
    if (to <= from) continue;
    sum += to - from;
    untilMs = to;
  }
  return sum;
}
