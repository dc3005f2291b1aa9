import { describe, expect, it } from 'vitest';
import { eventContains } from '../../../../../renderer/ui/events/event-text';
import { madeHistory } from '../../../../fixtures/fake-bridge/events';

const history = madeHistory(Date.UTC(2026, 10, 24, 14, 6, 29), 6);

describe('the search in events', () => {
  it('finds words, clusters and types; every term must occur', () => {
    const matching = (...terms: string[]): number =>
      history.filter(({ event }) => eventContains(event, terms, 'utc')).length;
    expect(matching()).toBe(history.length);
    expect(matching('split')).toBe(1);
    expect(matching('fra-02', 'failover')).toBe(1);
    expect(matching('zzz')).toBe(0);
  });
});
