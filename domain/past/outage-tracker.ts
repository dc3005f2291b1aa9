import type { HeronEvent } from '../model/event';
import type { TimeRange } from '../model/history';
import { longer, type TimeSpan } from '../model/time-span';
import { thresholds } from '../model/thresholds';
import { minus } from './monitored-time';

/**
 * A time in which users of a cluster were not served: no LB was active, or no edge served. `flapping`: the sum of all such times while
 * the active LB changed repeatedly. UTC milliseconds.
 */
export interface TrackedOutage {
  kind: 'no-active-lb' | 'no-serving-edge' | 'flapping';
  /** The outage lies within this time; `toMs` null: it is not known to have ended. */
  possible: { fromMs: number; toMs: number | null };
  /** It lasted all of this time, except for `unmonitored`; `toMs` null: until now. */
  certain: { fromMs: number; toMs: number | null };
  unmonitored: TimeRange[];
  /** While it lasts, it is certain until this long ago: the interval between the polls that show it. */
  slackMs: number;
  /** Bounds of its length, where readings bound it more closely than those times do. */
  measuredMs: TimeSpan | null;
}

/** The bounds of an outage: the longest that it certainly lasted without interruption, and the longest possible. */
export function outageBounds(outage: TrackedOutage, nowMs: number): TimeSpan {
  if (outage.measuredMs) return outage.measuredMs;
  const pieces = certainTimes(outage, nowMs).map(({ fromMs, toMs }) => toMs - fromMs);
  const atLeast = Math.max(0, ...pieces);
  const { fromMs, toMs } = outage.possible;
  return { atLeast, atMost: Math.max(atLeast, (toMs ?? nowMs) - fromMs) };
}

/** The times in which it certainly lasted. One that lasts is certain until the last readings before now. */
export function certainTimes(outage: TrackedOutage, nowMs: number): TimeRange[] {
  const { certain, unmonitored } = outage;
  const toMs = certain.toMs ?? nowMs - outage.slackMs;
  if (toMs <= certain.fromMs) return [];
  return minus(
    { fromMs: certain.fromMs, toMs },
    unmonitored.toSorted((a, b) => a.fromMs - b.fromMs),
  );
}

/** The longest of these outages, each bound separately; null: there was none. */
export function longestOutage(outages: Iterable<TrackedOutage>, nowMs: number): TimeSpan | null {
  let longest: TimeSpan | null = null;
  for (const outage of outages) longest = longer(longest, outageBounds(outage, nowMs));
  return longest;
}

/** A copy that later events do not change. */
export function copyOutage({ possible, certain, unmonitored, ...other }: TrackedOutage): TrackedOutage {
  return { ...other, possible: { ...possible }, certain: { ...certain }, unmonitored: [...unmonitored] };
}

/** Every outage of a cluster. `events`: those of the cluster, starts, and gaps of its monitoring, in the order they were recorded. */
export function outagesOf(events: Iterable<HeronEvent>): TrackedOutage[] {
  const tracker = new OutageTracker();
  for (const event of events) tracker.add(event);
  return tracker.outages;
}

type ClusterStateEvent = Extract<HeronEvent, { type: 'cluster-state' }>;

/** How long a lost service may stay unread: until the next full poll of the edge ends. */
function serviceSlackMs({ healthIntervalMs }: Partial<ClusterStateEvent>): number {
  return (healthIntervalMs ?? thresholds.unrecordedHealthIntervalMs) + thresholds.pollDeadlineMs;
}

/** The same of a role. */
function roleSlackMs(intervalMs: number): number {
  return Math.max(intervalMs, thresholds.sureOutageMs) + thresholds.agentLagMs;
}

/** Finds the outages of one cluster in its events, one event at a time in the order they were recorded. */
export class OutageTracker {
  readonly outages: TrackedOutage[] = [];
  #noActive: TrackedOutage | null = null;
  #noEdge: TrackedOutage | null = null;
  #roleIntervalMs: number = thresholds.unrecordedRoleIntervalMs;
  /** The last loss of the role of active LB; `certain`: the LB reported another role. */
  #lost: { lastOldMs: number; firstNewMs: number; certain: boolean } | null = null;

  /** The time without an active LB that is not known to have ended. */
  get withoutLb(): TrackedOutage | null {
    return this.#noActive;
  }

  /**
   * Removes and returns the oldest outages up to the first that still lasts or ended at or after `beforeMs`. The last `least` outages stay in any case. No
   * later event changes what is removed.
   */
  takeSettled(beforeMs: number, least: number): TrackedOutage[] {
    const mayGo = this.outages.slice(0, Math.max(0, this.outages.length - least));
    const stays = mayGo.findIndex(({ possible: { toMs } }) => toMs === null || toMs >= beforeMs);
    return this.outages.splice(0, stays === -1 ? mayGo.length : stays);
  }

  /** Returns the outages that the event began or changed. */
  add(event: HeronEvent): TrackedOutage[] {
    const changed =
      event.type === 'cluster-state' ? [this.#edges(event), this.#state(event)] : [this.#apply(event)];
    return changed.filter((outage) => outage !== null);
  }

  #apply(event: HeronEvent): TrackedOutage | null {
    switch (event.type) {
      case 'lb-role':
        return this.#role(event);
      case 'no-active-lb': {
        const { lastOldMs, firstNewMs } = event.bracket;
        const outage = this.#begin('no-active-lb', lastOldMs, firstNewMs, roleSlackMs(this.#roleIntervalMs));
        // Its bracket is closer than what the state alone shows.
        if (outage.unmonitored.length === 0 && outage.certain.toMs === null) {
          outage.possible.fromMs = lastOldMs;
          outage.certain.fromMs = firstNewMs;
        }
        return outage;
      }
      case 'failover':
      case 'failback':
        return this.#moved(event);
      case 'split-brain':
        return this.#end(event.bracket.lastOldMs - thresholds.agentLagMs, event.bracket.firstNewMs);
      case 'flapping':
        return this.#flapping(event);
      case 'gap':
        for (const outage of [this.#noActive, this.#noEdge])
          // What is read after a gap is certain again once every edge was polled.
          outage?.unmonitored.push({
            fromMs: event.fromMs,
            toMs: event.toMs + Math.max(thresholds.suspicionMs, outage.slackMs),
          });
        return null;
      case 'start':
        for (const outage of [this.#noActive, this.#noEdge]) if (outage) outage.certain.toMs ??= event.timeMs;
        return null;
      default:
        return null;
    }
  }

  #role(event: Extract<HeronEvent, { type: 'lb-role' }>): TrackedOutage | null {
    const { from, to, bracket, timeMs } = event;
    if (to === 'master') {
      this.#lost = null;
      return bracket
        ? this.#end(bracket.lastOldMs - thresholds.agentLagMs, bracket.firstNewMs)
        : this.#end(timeMs - this.#unseenMs(), timeMs);
    }
    if (from === 'master' && bracket) this.#lost = { ...bracket, certain: to !== 'unknown' };
    return null;
  }

  #state({ to, timeMs, roleIntervalMs }: ClusterStateEvent): TrackedOutage | null {
    this.#roleIntervalMs = roleIntervalMs ?? thresholds.unrecordedRoleIntervalMs;
    if (to === 'no-active-lb') {
      const lost = this.#lost;
      const isRecent = lost?.certain && timeMs - lost.firstNewMs < thresholds.longSilenceMs;
      return this.#begin(
        'no-active-lb',
        lost ? lost.lastOldMs - thresholds.agentLagMs : timeMs - this.#unseenMs(),
        isRecent && !this.#noActive ? Math.min(lost.firstNewMs, timeMs) : timeMs,
        roleSlackMs(this.#roleIntervalMs),
      );
    }
    if (!this.#noActive) return null;
    // That its state is not known any more ends what is certain, not what is possible.
    if (to === 'unknown') return paused(this.#noActive, timeMs - this.#unseenMs());
    return this.#end(timeMs - this.#unseenMs(), timeMs);
  }

  /** How long a change of roles may stay unread where no bracket dates it. */
  #unseenMs(): number {
    return Math.max(thresholds.suspicionMs, roleSlackMs(this.#roleIntervalMs));
  }

  #edges(event: ClusterStateEvent): TrackedOutage | null {
    const { from, to, timeMs, stateBracket: bracket } = event;
    const slackMs = serviceSlackMs(event);
    if (to === 'down')
      // Without a bracket: its last edge is down after two failed polls.
      return this.#begin(
        'no-serving-edge',
        bracket?.lastOldMs ?? timeMs - 2 * slackMs,
        Math.max(timeMs, bracket?.firstNewMs ?? timeMs),
        slackMs,
      );
    const outage = this.#noEdge;
    if (!outage) return null;
    if (from === 'down') paused(outage, bracket?.lastOldMs ?? timeMs - Math.max(slackMs, outage.slackMs));
    // These hide whether an edge serves again.
    if (to === 'unknown' || to === 'no-active-lb' || to === 'split-brain') return outage;
    this.#noEdge = null;
    outage.possible.toMs = timeMs;
    return outage;
  }

  #begin(
    kind: 'no-active-lb' | 'no-serving-edge',
    possiblyMs: number,
    certainlyMs: number,
    slackMs: number,
  ): TrackedOutage {
    const open = kind === 'no-active-lb' ? this.#noActive : this.#noEdge;
    if (open) {
      // Seen again after a time in which it was not known.
      if (open.certain.toMs !== null && open.certain.toMs < certainlyMs) {
        open.unmonitored.push({ fromMs: open.certain.toMs, toMs: certainlyMs });
        open.certain.toMs = null;
      }
      return open;
    }
    const outage: TrackedOutage = {
      kind,
      possible: { fromMs: Math.min(possiblyMs, certainlyMs), toMs: null },
      certain: { fromMs: certainlyMs, toMs: null },
      unmonitored: [],
      slackMs,
      measuredMs: null,
    };
    this.outages.push(outage);
    if (kind === 'no-active-lb') this.#noActive = outage;
    else this.#noEdge = outage;
    return outage;
  }

  /** Ends the time without an active LB: certain until one time, possible until another. */
  #end(certainlyMs: number, possiblyMs: number): TrackedOutage | null {
    const outage = this.#noActive;
    if (!outage) return null;
    this.#noActive = null;
    paused(outage, certainlyMs);
    outage.possible.toMs = Math.max(outage.possible.fromMs, possiblyMs);
    return outage;
  }

  /** The gap of a change covers the whole time from the loss of the old LB until the new one was active. */
  #moved({ bracket, gapMs }: Extract<HeronEvent, { type: 'failover' | 'failback' }>): TrackedOutage | null {
    const toMs = bracket.firstNewMs;
    const last = this.#noActive ?? this.outages.findLast(({ kind }) => kind === 'no-active-lb');
    const isSame = last && !last.measuredMs && (last.possible.toMs ?? Infinity) > bracket.lastOldMs;
    if (!isSame && gapMs.atMost <= 0) return null;
    const lostMs = this.#lost?.certain ? this.#lost.firstNewMs : isSame ? last.certain.fromMs : -Infinity;
    const possible = { fromMs: toMs - gapMs.atMost, toMs };
    const latestMs = toMs - gapMs.atLeast;
    const fromMs = lostMs >= possible.fromMs && lostMs <= latestMs ? lostMs : latestMs;
    const certain = { fromMs, toMs: fromMs + gapMs.atLeast };
    this.#noActive = null;
    this.#lost = null;
    const known = { possible, certain, unmonitored: [], slackMs: 0, measuredMs: gapMs };
    if (isSame) return Object.assign(last, known);
    const outage: TrackedOutage = { kind: 'no-active-lb', ...known };
    this.outages.push(outage);
    return outage;
  }

  #flapping({
    withoutActiveMs,
    sinceMs,
    timeMs,
  }: Extract<HeronEvent, { type: 'flapping' }>): TrackedOutage | null {
    if (!withoutActiveMs || sinceMs === undefined || withoutActiveMs.atMost <= 0) return null;
    const known = this.outages.findLast(
      ({ kind, possible }) => kind === 'flapping' && possible.fromMs === sinceMs,
    );
    const possible = { fromMs: sinceMs, toMs: timeMs };
    if (known) return Object.assign(known, { possible, measuredMs: withoutActiveMs });
    const certain = { fromMs: sinceMs, toMs: sinceMs };
    const outage: TrackedOutage = {
      kind: 'flapping',
      possible,
      certain,
      unmonitored: [],
      slackMs: 0,
      measuredMs: withoutActiveMs,
    };
    this.outages.push(outage);
    return outage;
  }
}

/** From this time on it is not certain any more. */
function paused(outage: TrackedOutage, atMs: number): TrackedOutage {
  outage.certain.toMs = Math.min(outage.certain.toMs ?? Infinity, Math.max(outage.certain.fromMs, atMs));
  return outage;
}
