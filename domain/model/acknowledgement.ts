import { healthRank, isProblem, type Health } from './health';
import type { FaultKey, HeronEvent } from './event';
import type { Acknowledged } from './snapshot';

/** Who acknowledged a cluster's problem, and when. `health`: the state at that time. */
export interface Acknowledgement extends Acknowledged {
  health: Health;
  /** The faults that it covers and that are not over; undefined: recorded by an earlier version, and covers whatever is wrong. */
  faults?: readonly FaultKey[] | undefined;
}

export type AcknowledgedEvent = Extract<HeronEvent, { type: 'acknowledged' }>;

/**
 * Why an acknowledgement ends when its cluster enters the state `to`: the problem is over, or, where it does not record what it covers,
 * has become worse. Null: it stays.
 */
export function endOfAcknowledgement(
  { health, faults }: Acknowledgement,
  to: Health,
): 'well' | 'worse' | null {
  if (!isProblem(to)) return 'well';
  return faults === undefined && healthRank(to) < healthRank(health) ? 'worse' : null;
}

/** The acknowledgements in force after these events, by cluster id. The events are in the order they were recorded. */
export function openAcknowledgements(events: readonly AcknowledgedEvent[]): Map<string, Acknowledgement> {
  const open = new Map<string, Acknowledgement>();
  for (const event of events) {
    const after = acknowledgementAfter(open.get(event.clusterId) ?? null, event);
    if (after) open.set(event.clusterId, after);
    else open.delete(event.clusterId);
  }
  return open;
}

/** The acknowledgement of a row in force after this event; null: none. */
export function acknowledgementAfter(
  known: Acknowledgement | null,
  event: AcknowledgedEvent,
): Acknowledgement | null {
  const faults = event.covers?.faults;
  if (event.covers?.isRemainder) return known && { ...known, faults };
  if (event.ended === null) return isProblem(event.health) ? acknowledgementOf(event) : null;
  // That of some alerts has ended; others of the row stay acknowledged.
  return event.alerts && faults && faults.length > 0 ? known && { ...known, faults } : null;
}

function acknowledgementOf({ by, words, health, timeMs, covers }: AcknowledgedEvent): Acknowledgement {
  return { by, words, health, atMs: timeMs, faults: covers?.faults };
}

/** The part of an acknowledgement that a row shows. */
export function shownAcknowledgement(known: Acknowledgement | null): Acknowledged | null {
  return known ? { by: known.by, atMs: known.atMs, words: known.words } : null;
}
