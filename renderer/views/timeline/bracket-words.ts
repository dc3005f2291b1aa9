import type { HeronEvent } from '../../../domain/model/event';

/** What was seen at the two ends of an event's bracket. */
export interface BracketEnds {
  before: string;
  after: string;
}

/**
 * Both LBs may report MASTER for a moment: a role change ends with the first reading in which the new one is alone, and its bracket
 * begins with the last in which the old one was.
 */
export function bracketEnds(event: HeronEvent): BracketEnds {
  switch (event.type) {
    case 'failover':
    case 'failback':
      return {
        before: `${event.fromEdgeName} last seen as only MASTER`,
        after: `${event.toEdgeName} first seen as only MASTER`,
      };
    case 'no-active-lb':
      return { before: 'last seen with a MASTER', after: 'first seen without a MASTER' };
    case 'split-brain':
      return { before: 'last seen with one MASTER', after: 'first seen with several' };
    case 'users-gap':
      // Without a failed probe, the bracket is that of the change it is about.
      if (event.restored === null) return { before: 'not earlier than', after: 'not later than' };
      return { before: 'last probe answered', after: 'first probe not answered' };
    default:
      return { before: 'last reading before', after: 'first reading after' };
  }
}
