import { healthRank, isProblem, type Health } from './health';
import type { HeronEvent } from './event';
import type { Acknowledged } from './snapshot';

/** Who acknowledged a cluster's problem, and when. `health`: the state at that time. */
export interface Acknowledgement extends Acknowledged {
  health: Health;
}

export type AcknowledgedEvent = Extract<HeronEvent, { type: 'acknowledged' }>;

/** Why an acknowledgement ends when its cluster enters the state `to`: the problem is over, or has become worse. Null: it stays. */
export function endOfAcknowledgement({ health }: Acknowledgement, to: Health): 'well' | 'worse' | null {
  if (!isProblem(to)) return 'well';
  return healthRank(to) < healthRank(health) ? 'worse' : null;
}

/** The acknowledgements in force after these events, by cluster id. The events are in the order they were recorded. */
export function openAcknowledgements(events: readonly AcknowledgedEvent[]): Map<string, Acknowledgement> {
  const open = new Map<string, Acknowledgement>();
  for (const event of events) {
    if (event.ended === null) open.set(event.clusterId, acknowledgementOf(event));
    else open.delete(event.clusterId);
  }
  return open;
}

function acknowledgementOf({ by, words, health, timeMs }: AcknowledgedEvent): Acknowledgement {
  return { by, words, health, atMs: timeMs };
}

/** The part of an acknowledgement that a row shows. */
export function shownAcknowledgement(known: Acknowledgement | null): Acknowledged | null {
  return known ? { by: known.by, atMs: known.atMs, words: known.words } : null;
}
