import type { HeronEvent } from '../model/event';
import type { Span, TimeRange } from '../model/history';
import { outagesOf, type TrackedOutage } from './outage-tracker';

export type StateSpan = Pick<Span, 'state' | 'fromMs' | 'toMs'>;

/** The outages that may reach into the range: those of events, and states without events, such as those of a pruned history. */
export function outagesWithin(
  range: TimeRange,
  spans: readonly StateSpan[],
  events: Iterable<HeronEvent>,
): TrackedOutage[] {
  const found = outagesOf(events).filter(
    ({ possible: { fromMs, toMs } }) => fromMs < range.toMs && (toMs ?? Infinity) > range.fromMs,
  );
  const alone = withoutOverlap(range, spans).flatMap(({ fromMs, toMs, state }): TrackedOutage[] => {
    const kind = outageStates.get(state);
    if (!kind || isExplained({ fromMs, toMs, state }, found)) return [];
    const times = { possible: { fromMs, toMs }, certain: { fromMs, toMs } };
    return [{ kind, ...times, unmonitored: [], slackMs: 0, measuredMs: null }];
  });
  return [...found, ...alone];
}

const outageStates: ReadonlyMap<string, TrackedOutage['kind']> = new Map([
  ['no-active-lb', 'no-active-lb'],
  ['down', 'no-serving-edge'],
]);

/** Whether an outage covers this state, and so tells how much of it is certain. */
export function isExplained(
  { fromMs, toMs, state }: { fromMs: number; toMs: number; state: string },
  outages: readonly TrackedOutage[],
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
