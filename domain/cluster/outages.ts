import { standaloneRowId } from '../inventory/inventory';
import type { Bracket, HeronEvent, HeronEventType } from '../model/event';
import type { Outage } from '../model/outage';
import { thresholds } from '../model/thresholds';

/** An outage in progress. UTC milliseconds. */
interface OpenOutage {
  kind: 'no-active-lb' | 'no-serving-edge';
  surelySinceMs: number;
  possiblySinceMs: number;
  /** It certainly lasted until here at most: afterwards it was not monitored. */
  sureUntilMs: number | null;
  acknowledged: boolean;
}

/** What cut the users of one row off, as its events show it. */
export interface OutageTrack {
  open: OpenOutage | null;
  /** Over and not acknowledged, oldest first. */
  over: readonly Outage[];
  /** When the last LB that lost the role was last seen with it. */
  lostAfterMs: number | null;
}

export const newOutageTrack: OutageTrack = { open: null, over: [], lostAfterMs: null };

/** The types of events that a track depends on. */
export const outageEventTypes = [
  'failover',
  'failback',
  'no-active-lb',
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

/** The row that an event is about; null: none, or all of them. */
export function rowOfEvent(event: HeronEvent): string | null {
  if (!('clusterId' in event)) return null;
  if (event.clusterId !== null) return event.clusterId;
  return 'edgeId' in event && event.edgeId !== null ? standaloneRowId({ id: event.edgeId }) : null;
}

/** The tracks after these events, by row id. The events are in the order they were recorded. */
export function outagesByRow(events: Iterable<HeronEvent>): Map<string, OutageTrack> {
  const tracks = new Map<string, OutageTrack>();
  for (const event of events) {
    const row = rowOfEvent(event);
    for (const id of row === null ? tracks.keys() : [row])
      tracks.set(id, observeOutage(tracks.get(id) ?? newOutageTrack, event, id));
  }
  return tracks;
}

/**
 * Applies an event of the row, or one that concerns every row. A take-over counts as an outage where it is certain that no LB was
 * active for a time. An acknowledgement covers what is over and what is in progress.
 */
export function observeOutage(track: OutageTrack, event: HeronEvent, rowId: string): OutageTrack {
  switch (event.type) {
    case 'failover':
    case 'failback':
      return moved(track, event.bracket, event.gapMs);
    case 'no-active-lb':
      return begun(track, 'no-active-lb', event.bracket.firstNewMs, event.bracket.lastOldMs);
    case 'users-gap':
      return event.restored ? usersBack(track, event.restored, event.usersGapMs) : track;
    case 'lb-role':
      if (event.from === 'master') return { ...track, lostAfterMs: event.bracket?.lastOldMs ?? null };
      if (event.to !== 'master' || track.open?.kind !== 'no-active-lb') return track;
      return ended(
        track,
        event.bracket?.lastOldMs ?? event.timeMs,
        event.bracket?.firstNewMs ?? event.timeMs,
      );
    case 'cluster-state':
      return changed(track, event);
    case 'edge-state':
      return event.clusterId === null ? changed(track, event) : track;
    case 'acknowledged':
      if (event.ended !== null || event.covers?.isRemainder) return track;
      return { ...track, over: [], open: track.open && { ...track.open, acknowledged: true } };
    case 'gap':
      return !event.clusters || event.clusters.some(({ id }) => id === rowId)
        ? notMonitoredFrom(track, event.fromMs)
        : track;
    case 'start':
      // Since when this Heron had not been running is not known here.
      return notMonitoredFrom(track, track.open?.surelySinceMs ?? 0);
    default:
      return track;
  }
}

type StateEvent = Extract<HeronEvent, { type: 'cluster-state' | 'edge-state' }>;

function changed(track: OutageTrack, { from, to, reasons, timeMs }: StateEvent): OutageTrack {
  let next = track;
  const { open } = track;
  // What no reading shows any more may have ended at any time since the last one.
  const isOver = (from === 'no-active-lb' || from === 'down') && to !== 'no-active-lb' && to !== 'down';
  if (open && isOver) next = ended(track, timeMs - thresholds.suspicionMs, timeMs);
  if (to === 'no-active-lb') {
    const lostMs = track.lostAfterMs !== null && timeMs - track.lostAfterMs < thresholds.longSilenceMs;
    return begun(next, to, timeMs, lostMs ? (track.lostAfterMs ?? timeMs) : timeMs - thresholds.suspicionMs);
  }
  // What Heron's probes show is bounded by their own event.
  if (to !== 'down' || reasons[0]?.code === 'users-not-served') return next;
  return begun(next, 'no-serving-edge', timeMs, timeMs - thresholds.suspicionMs);
}

function begun(
  track: OutageTrack,
  kind: OpenOutage['kind'],
  surelySinceMs: number,
  possiblySinceMs: number,
): OutageTrack {
  const open = track.open ?? { sureUntilMs: null, acknowledged: false, kind, surelySinceMs, possiblySinceMs };
  return {
    ...track,
    open: {
      ...open,
      kind: kind === 'no-serving-edge' ? kind : open.kind,
      surelySinceMs: Math.min(open.surelySinceMs, surelySinceMs),
      possiblySinceMs:
        track.open?.kind === kind ? Math.max(open.possiblySinceMs, possiblySinceMs) : open.possiblySinceMs,
    },
  };
}

/** Its gap covers the whole time from the loss of the old LB until the new one was active. */
function moved(track: OutageTrack, { firstNewMs }: Bracket, gapMs: Outage['lastedMs']): OutageTrack {
  const { open } = track;
  if (open?.kind === 'no-serving-edge' || (gapMs.atLeast <= 0 && !open)) return track;
  const outage = {
    kind: 'no-active-lb' as const,
    fromMs: firstNewMs - gapMs.atMost,
    toMs: firstNewMs,
    lastedMs: gapMs,
    times: 1,
  };
  return { ...track, open: null, over: open?.acknowledged ? track.over : withOutage(track.over, outage) };
}

function usersBack(track: OutageTrack, restored: Bracket, lastedMs: Outage['lastedMs']): OutageTrack {
  if (lastedMs.atLeast <= 0 || track.open) return track;
  const { firstNewMs: toMs } = restored;
  const outage = {
    kind: 'users-not-served' as const,
    fromMs: toMs - lastedMs.atMost,
    toMs,
    lastedMs,
    times: 1,
  };
  return { ...track, over: withOutage(track.over, outage) };
}

function ended(track: OutageTrack, surelyUntilMs: number, possiblyUntilMs: number): OutageTrack {
  const { open, over } = track;
  if (!open) return track;
  const { kind, surelySinceMs, possiblySinceMs, sureUntilMs } = open;
  const atLeast = Math.max(0, Math.min(surelyUntilMs, sureUntilMs ?? Infinity) - surelySinceMs);
  const atMost = Math.max(atLeast, possiblyUntilMs - possiblySinceMs);
  const outage = {
    kind,
    fromMs: possiblySinceMs,
    toMs: possiblyUntilMs,
    lastedMs: { atLeast, atMost },
    times: 1,
  };
  return { ...track, open: null, over: open.acknowledged ? over : withOutage(over, outage) };
}

function notMonitoredFrom(track: OutageTrack, fromMs: number): OutageTrack {
  const { open } = track;
  if (!open || open.sureUntilMs !== null) return track;
  return { ...track, open: { ...open, sureUntilMs: fromMs } };
}

/** Adds an outage. What the LBs reported and what users saw of it at the same time is one outage. */
function withOutage(over: readonly Outage[], outage: Outage): readonly Outage[] {
  const last = over.at(-1);
  const isSame = last && last.times === 1 && outage.fromMs <= last.toMs && last.fromMs <= outage.toMs;
  if (isSame && outage.kind !== last.kind) {
    if (outage.kind === 'users-not-served') return over;
    if (last.kind === 'users-not-served') return [...over.slice(0, -1), outage];
  }
  const all = [...over, outage];
  const [first, second, ...rest] = all;
  if (all.length <= maxOutages || !first || !second) return all;
  return [together(first, second), ...rest];
}

/** Two outages counted together. */
function together(one: Outage, other: Outage): Outage {
  return {
    kind: one.kind === other.kind ? one.kind : 'no-active-lb',
    fromMs: Math.min(one.fromMs, other.fromMs),
    toMs: Math.max(one.toMs, other.toMs),
    lastedMs: {
      atLeast: one.lastedMs.atLeast + other.lastedMs.atLeast,
      atMost: one.lastedMs.atMost + other.lastedMs.atMost,
    },
    times: one.times + other.times,
  };
}

/** All outages as one, for a line of text; null: none. */
export function outagesTogether(outages: readonly Outage[]): Outage | null {
  return outages.reduce<Outage | null>((all, outage) => (all ? together(all, outage) : outage), null);
}
