import { describe, expect, it } from 'vitest';
import { searchTerms } from '../../../../../renderer/state/fleet/search';
import { clockTenths } from '../../../../../domain/words/clock';
import { eventMatches, noFilter } from '../../../../../renderer/views/timeline/event-filter';
import { madeHistory } from '../../../../fixtures/fake-bridge/events';

const events = madeHistory(Date.UTC(2026, 10, 22));

describe('which events the timeline marks', () => {
  it('are all, where nothing is asked for', () => {
    expect(events.filter((event) => eventMatches(event, noFilter))).toHaveLength(events.length);
  });

  it('are found by the words of their title, place and lines, without accents', () => {
    const failover = events.find(({ event }) => event.type === 'failover');
    if (failover?.event.type !== 'failover') throw new Error('the made history has no failover');
    const { clusterName, toEdgeName } = failover.event;
    const terms = searchTerms(`FAILOVER ${clusterName} ${toEdgeName}`);
    const found = events.filter((event) => eventMatches(event, { ...noFilter, terms }));
    expect(found).toContain(failover);
    expect(found.length).toBeLessThan(events.length);
    expect(events.some((event) => eventMatches(event, { ...noFilter, terms: ['no such words'] }))).toBe(
      false,
    );
  });

  it('are found by the time that is shown, in the zone it is shown in', () => {
    const failover = events.find(({ event }) => event.type === 'failover');
    if (failover?.event.type !== 'failover') throw new Error('the made history has no failover');
    const { bracket } = failover.event;
    for (const zone of ['utc', 'local'] as const) {
      const terms = searchTerms(clockTenths(bracket.lastOldMs, zone));
      expect(eventMatches(failover, { ...noFilter, terms, zone }), zone).toBe(true);
    }
  });

  it('are problems only, if that is asked for: no failback, no note', () => {
    const kinds = new Set(
      events
        .filter((event) => eventMatches(event, { ...noFilter, problemsOnly: true }))
        .map(({ event }) => event.type),
    );
    expect(kinds.has('failover')).toBe(true);
    expect(kinds.has('failback')).toBe(false);
    expect(kinds.has('note')).toBe(false);
  });
});
