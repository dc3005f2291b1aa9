import type { HeronEvent } from '../model/event';
import { thresholds } from '../model/thresholds';

export interface TimeSpan {
  atLeast: number;
  atMost: number;
}

/**
 * The time without an active LB so far: the longest that has ended, and one in progress. Of a time of flapping it is the sum. UTC
 * milliseconds.
 */
export interface WithoutActiveLb {
  longest: TimeSpan | null;
  open: { surelySinceMs: number; possiblySinceMs: number; sureUntilMs: number | null } | null;
}

export const neverWithout: WithoutActiveLb = { longest: null, open: null };

/** The longer of two, each bound separately. */
export function longer(one: TimeSpan | null, other: TimeSpan | null): TimeSpan | null {
  if (one === null || other === null) return one ?? other;
  return { atLeast: Math.max(one.atLeast, other.atLeast), atMost: Math.max(one.atMost, other.atMost) };
}

/** Applies one event of the cluster, or a gap in its monitoring. */
export function observeWithout(before: WithoutActiveLb, event: HeronEvent): WithoutActiveLb {
  switch (event.type) {
    case 'no-active-lb': {
      const { lastOldMs, firstNewMs } = event.bracket;
      return {
        ...before,
        open: before.open ?? { surelySinceMs: firstNewMs, possiblySinceMs: lastOldMs, sureUntilMs: null },
      };
    }
    case 'failover':
    case 'failback':
      // Its gap covers the whole time from the loss of the old LB until the new one was active.
      return { longest: longer(before.longest, event.gapMs), open: null };
    case 'flapping':
      return event.withoutActiveMs && event.withoutActiveMs.atMost > 0
        ? { ...before, longest: longer(before.longest, event.withoutActiveMs) }
        : before;
    case 'split-brain':
      return ended(before, event.bracket.lastOldMs, event.bracket.firstNewMs);
    case 'lb-role':
      if (event.to !== 'master') return before;
      return ended(
        before,
        event.bracket?.lastOldMs ?? event.timeMs,
        event.bracket?.firstNewMs ?? event.timeMs,
      );
    case 'cluster-state':
      // No LB reports MASTER: unknown, possibly since the last polls that failed.
      return event.from === 'no-active-lb'
        ? ended(before, event.timeMs - thresholds.suspicionMs, event.timeMs)
        : before;
    case 'gap':
    case 'start': {
      if (!before.open) return before;
      const fromMs = event.type === 'gap' ? event.fromMs : event.timeMs;
      return { ...before, open: { ...before.open, sureUntilMs: before.open.sureUntilMs ?? fromMs } };
    }
    default:
      return before;
  }
}

/** The longest until now, one in progress included as far as it is known. */
export function longestWithout(state: WithoutActiveLb, nowMs: number): TimeSpan | null {
  return ended(state, nowMs, nowMs).longest;
}

function ended(before: WithoutActiveLb, surelyUntilMs: number, possiblyUntilMs: number): WithoutActiveLb {
  const { open } = before;
  if (!open) return before;
  const untilMs = Math.min(surelyUntilMs, open.sureUntilMs ?? Infinity);
  const atLeast = Math.max(0, untilMs - open.surelySinceMs);
  const span = { atLeast, atMost: Math.max(atLeast, possiblyUntilMs - open.possiblySinceMs) };
  return { longest: longer(before.longest, span), open: null };
}
