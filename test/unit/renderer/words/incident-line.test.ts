import type { Incident } from '../../../../domain/model/incident';
import { describe, expect, it } from 'vitest';
import { incidentLine } from '../../../../renderer/words/incident-line';

const noonMs = Date.UTC(2026, 10, 24, 12);
const incident: Incident = {
  id: 7,
  kind: 'failover',
  worst: 'no-active-lb',
  startMs: noonMs,
  endMs: noonMs + 34_000,
  clusters: [{ id: 'a', name: 'a' }],
  edges: [],
  moves: 2,
  withoutActiveLbMs: { atLeast: 900, atMost: 3_100 },
  cause: { kind: 'lb-stopped', evidence: ['The LB of a-1 reports INIT.'] },
  observedUntilMs: null,
  rollingUpdate: false,
  eventIds: [7, 8, 9],
};

describe('an incident in one line', () => {
  it('that is over says when, how long, and what it cost', () => {
    expect(incidentLine(incident, noonMs + 634_000, 'utc')).toEqual({
      health: 'up',
      title: 'Last incident: failover, 12:00:00, 10 m ago',
      aside: 'Lasted 34 s. 0.9 to 3.1 s without an active LB. The LB of a-1 reports INIT. 3 events.',
    });
  });

  it('that goes on wears its state and its running time, and says that it is an update', () => {
    const open = { ...incident, kind: 'no-active-lb' as const, endMs: null, rollingUpdate: true };
    const line = incidentLine(open, noonMs + 65_000, 'utc');
    expect(line).toMatchObject({
      health: 'no-active-lb',
      title: 'No active LB, since 12:00:00 (1 m 5 s)',
      aside: expect.stringMatching(/^Part of a rolling update\. 0\.9/) as string,
    });
  });
});
