import { healthRank, isProblem, type Health } from './health';
import type { HeronEvent } from './event';
import type { Acknowledged } from './snapshot';

/** Somebody has a cluster's problem. `health`: the state that was acknowledged, as bad as it may be. */
export interface Acknowledgement extends Acknowledged {
  health: Health;
}

export type AcknowledgedEvent = Extract<HeronEvent, { type: 'acknowledged' }>;

/** Why an acknowledgement ends when a cluster comes into the state `to`: nothing is wrong any more, or more than before is. */
export function endOfAcknowledgement({ health }: Acknowledgement, to: Health): 'well' | 'worse' | null {
  if (!isProblem(to)) return 'well';
  return healthRank(to) < healthRank(health) ? 'worse' : null;
}

/** Who has each cluster's problem after these events, in the order they were recorded, by cluster id. */
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

/** What a row shows of it. */
export function shownAcknowledgement(known: Acknowledgement | null): Acknowledged | null {
  return known ? { by: known.by, atMs: known.atMs, words: known.words } : null;
}
