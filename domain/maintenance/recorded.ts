import type { HeronEvent } from '../model/event';
import type { TimeRange } from '../model/history';
import type { MaintenanceInForce } from '../model/maintenance';

export type MaintenanceEvent = Extract<HeronEvent, { type: 'maintenance' }>;

/** A time in which one window was in force on a row. */
export interface MaintenanceTime extends TimeRange {
  inForce: MaintenanceInForce;
}

/** What the latest event of a row says about a time: a Heron that was stopped could not record the end. */
export function inForceBy(
  event: Pick<MaintenanceEvent, 'windows'> | null | undefined,
  atMs: number,
): MaintenanceInForce[] {
  return event?.windows.filter(({ untilMs }) => untilMs > atMs) ?? [];
}

/** The times of the windows of one row in a range, by its events in the order they were recorded. */
export function maintenanceTimes(events: readonly MaintenanceEvent[], range: TimeRange): MaintenanceTime[] {
  const times: MaintenanceTime[] = [];
  for (const [index, event] of events.entries()) {
    const nextMs = events[index + 1]?.timeMs ?? Infinity;
    for (const inForce of event.windows) {
      const fromMs = Math.max(range.fromMs, event.timeMs);
      const toMs = Math.min(range.toMs, nextMs, inForce.untilMs);
      if (toMs > fromMs) times.push({ fromMs, toMs, inForce });
    }
  }
  return joined(times);
}

/** The part of these times that is about the whole row, or, with an edge, about that. */
export function timesOf(times: readonly MaintenanceTime[], edgeId: string | null): MaintenanceTime[] {
  return times.filter(
    ({ inForce: { edges } }) =>
      edges === null || (edgeId !== null && edges.some((edge) => edge.edgeId === edgeId)),
  );
}

/** Times of one window that touch are one: each event of a row repeats what goes on. */
function joined(times: readonly MaintenanceTime[]): MaintenanceTime[] {
  const result: MaintenanceTime[] = [];
  const last = new Map<string, MaintenanceTime>();
  for (const time of times) {
    const key = JSON.stringify([time.inForce.windowId, time.inForce.edges]);
    const before = last.get(key);
    if (before?.toMs === time.fromMs) {
      before.toMs = time.toMs;
      before.inForce = time.inForce;
      continue;
    }
    const next = { ...time };
    last.set(key, next);
    result.push(next);
  }
  return result.sort((a, b) => a.fromMs - b.fromMs);
}
