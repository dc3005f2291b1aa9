import { describe, expect, it } from 'vitest';
import { bracketEnds } from '../../../../../renderer/views/timeline/bracket-words';
import { madeHistory } from '../../../../fixtures/fake-bridge/events';

const made = madeHistory(Date.UTC(2026, 10, 22, 12)).map(({ event }) => event);

describe('the ends of a bracket', () => {
  it('name the LBs of a failover and what was seen of each', () => {
    const event = made.find(({ type }) => type === 'failover');
    if (event?.type !== 'failover') throw new Error('the made history has no failover');
    expect(bracketEnds(event)).toEqual({
      before: `${event.fromEdgeName} last seen as only MASTER`,
      after: `${event.toEdgeName} first seen as only MASTER`,
    });
  });

  it('say what was seen of other changes', () => {
    const event = made.find(({ type }) => type === 'no-active-lb');
    if (!event) throw new Error('the made history has no time without an active LB');
    expect(bracketEnds(event)).toEqual({
      before: 'last seen with a MASTER',
      after: 'first seen without a MASTER',
    });
  });
});
