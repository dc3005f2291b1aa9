import type { HeronEvent, HeronEventType } from '../model/event';
import type { Span, TimeRange } from '../model/history';

/** The events in which the outages of a cluster are found. */
export interface OutageEvents {
  range: TimeRange;
  /** Of the cluster. */
  types: readonly HeronEventType[];
  /** Of all of Heron. */
  commonTypes: readonly HeronEventType[];
}

/** Readings around an outage belong to it: longer than a poll, its repetitions, and the time until silence is certain. */
const aroundMs = 120_000;

/**
 * Which events to read for the outages that reach into a range, given the cluster's states in it. Changes of a role only bound the times
 * without an active LB. They are most of the events: where there was no such time they stay unread.
 */
export function outageEvents(
  { fromMs, toMs }: TimeRange,
  states: readonly Pick<Span, 'state' | 'fromMs' | 'toMs'>[],
): OutageEvents {
  const moves: HeronEventType[] = ['failover', 'failback', 'flapping'];
  const cut = states.filter(({ state }) => state === 'no-active-lb' || state === 'down');
  const range = {
    fromMs: Math.max(0, Math.min(fromMs, ...cut.map((state) => state.fromMs)) - aroundMs),
    toMs: Math.max(toMs, ...cut.map((state) => state.toMs ?? toMs)) + aroundMs,
  };
  if (cut.length === 0) return { range, types: moves, commonTypes: [] };
  const types: HeronEventType[] = [...moves, 'no-active-lb', 'split-brain', 'cluster-state'];
  if (cut.some(({ state }) => state === 'no-active-lb')) types.push('lb-role');
  return { range, types, commonTypes: ['start', 'gap'] };
}

/** Whether a start, or a gap in the monitoring, is about this cluster. */
export function concernsCluster(event: HeronEvent, clusterId: string): boolean {
  if (event.type === 'start') return true;
  return event.type === 'gap' && (event.clusters?.some(({ id }) => id === clusterId) ?? true);
}
