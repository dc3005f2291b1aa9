import { expect, it } from 'vitest';
import { eventsOfIncident } from '../../../../domain/incidents/incident-events';
import { EventRecord } from '../../../fixtures/incidents/event-record';

it('lists an incident’s events by their own time, those of one time by their number', () => {
  const { events } = new EventRecord()
    .edge(104, 'a-1', 'up', 'down')
    .role(100, 'a-1', 'master', 'unknown')
    .cluster(104, 'a', 'up', 'degraded')
    .edge(90, 'b-1', 'up', 'down')
    .move(103, 'a-1', 'a-2');
  const listed = (of: typeof events): number[] =>
    eventsOfIncident({ eventIds: [1, 2, 3, 5] }, of).map(({ id }) => id);
  expect(listed(events)).toEqual([2, 5, 1, 3]);
  expect(listed(events.toReversed())).toEqual([2, 5, 1, 3]);
});
