import { type Incident, incidentSchema } from '../../../../domain/model/incident';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeronEvent, RecordedEvent } from '../../../../domain/model/event';
import type { Health } from '../../../../domain/model/health';
import { IncidentRecord, incidentsOf } from '../../../../domain/incidents/incident-record';
import { EventRecord } from '../../../fixtures/incidents/event-record';

const clusters = ['a', 'b', 'c'];
const states: Health[] = ['up', 'degraded', 'down', 'unknown', 'no-active-lb', 'no-redundancy', 'disabled'];

const step = fc.record({
  afterSeconds: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 400 })),
  cluster: fc.constantFrom(...clusters),
  edge: fc.constantFrom('1', '2'),
  what: fc.constantFrom(
    'cluster',
    'edge',
    'role',
    'move',
    'back',
    'none',
    'gap',
    'start',
    'blind',
    'rolling',
  ),
  to: fc.constantFrom(...states),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function write(record: EventRecord, seconds: number, { cluster, edge, what, to }: Step): void {
  const name = `${cluster}-${edge}`;
  switch (what) {
    case 'cluster':
      record.cluster(seconds, cluster, 'up', to);
      break;
    case 'edge':
      record.edge(seconds, name, 'up', to);
      break;
    case 'blind':
      record.cluster(seconds, cluster, 'up', 'unknown', 'all-silent');
      break;
    case 'role':
      record.role(seconds, name, 'master', to === 'up' ? 'backup' : 'init');
      break;
    case 'move':
      record.move(seconds, name, `${cluster}-3`);
      break;
    case 'back':
      record.move(seconds, name, `${cluster}-3`, 'preemption');
      break;
    case 'none':
      record.noActive(seconds - 6, cluster);
      break;
    case 'gap':
      record.gap(Math.max(0, seconds - 20), seconds, to === 'up' ? 'suspended' : 'own-network');
      break;
    case 'start':
      record.start(seconds);
      break;
    case 'rolling':
      record.rolling(seconds, cluster, [
        { edgeId: name, edgeName: name, fromMs: EventRecord.at(0), toMs: EventRecord.at(seconds) },
      ]);
  }
}

const record = fc.array(step, { maxLength: 60 }).map((steps) => {
  const written = new EventRecord();
  let seconds = 0;
  for (const one of steps) {
    seconds += one.afterSeconds;
    write(written, seconds, one);
  }
  return { events: written.events, endMs: EventRecord.at(seconds) };
});

const runs = { numRuns: 500 };

describe('incidents of any record', () => {
  it('are what the contract says, start before they end, and have no event twice', () => {
    fc.assert(
      fc.property(record, ({ events, endMs }) => {
        const found = incidentsOf(events, endMs);
        const ids = found.flatMap(({ eventIds }) => eventIds);
        expect(new Set(ids).size).toBe(ids.length);
        for (const incident of found) {
          incidentSchema.parse(incident);
          expect(incident.id).toBe(Math.min(...incident.eventIds));
          expect(incident.endMs ?? Infinity).toBeGreaterThanOrEqual(incident.startMs);
          const { withoutActiveLbMs: without } = incident;
          if (without) expect(without.atMost).toBeGreaterThanOrEqual(without.atLeast);
        }
      }),
      runs,
    );
  });

  it('hold every failover, failback, split brain and time without an active LB', () => {
    const moves = new Set<HeronEvent['type']>(['failover', 'failback', 'no-active-lb']);
    fc.assert(
      fc.property(record, ({ events, endMs }) => {
        const held = new Set(incidentsOf(events, endMs).flatMap(({ eventIds }) => eventIds));
        for (const { id, event } of events) if (moves.has(event.type)) expect(held).toContain(id);
      }),
      runs,
    );
  });

  it('do not depend on the order in which the events are handed over', () => {
    const shuffled = record.chain(({ events, endMs }) =>
      fc.record({
        events: fc.constant(events),
        endMs: fc.constant(endMs),
        mixed: fc.shuffledSubarray(events, { minLength: events.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ events, endMs, mixed }) => {
        expect(incidentsOf(mixed, endMs)).toEqual(incidentsOf(events, endMs));
      }),
      runs,
    );
  });

  it('do not depend on how the events of different clusters that were recorded at once are ordered', () => {
    fc.assert(
      fc.property(record, ({ events, endMs }) => {
        const alone = events.filter(({ event }) => 'clusterId' in event && !isBlind(event));
        const byCluster = [...alone].sort(
          (a, b) => a.event.recordedAtMs - b.event.recordedAtMs || (clusterOf(a) < clusterOf(b) ? -1 : 1),
        );
        const renumbered = byCluster.map(({ event }, index) => ({ id: index + 1, event }));
        const parts = (of: readonly RecordedEvent[]): string[] => partition(of, incidentsOf(of, endMs));
        expect(parts(renumbered)).toEqual(parts(alone));
      }),
      runs,
    );
  });

  it('that have ended stay as they are, whatever comes later', () => {
    fc.assert(
      fc.property(record, fc.nat(), ({ events, endMs }, cut) => {
        const until = events.slice(0, events.length === 0 ? 0 : cut % events.length);
        const nowMs = until.at(-1)?.event.recordedAtMs ?? 0;
        const now = incidentsOf(until, nowMs).filter(
          ({ endMs: ended, observedUntilMs }) => ended !== null && observedUntilMs === null,
        );
        const later = new Map(incidentsOf(events, endMs).map((incident) => [incident.id, incident]));
        // A rolling update may be recognised later; what belongs together and when it was does not change.
        for (const incident of now) expect(settled(later.get(incident.id))).toEqual(settled(incident));
      }),
      runs,
    );
  });

  it('are the same, read at once or event by event with looks in between', () => {
    fc.assert(
      fc.property(record, ({ events, endMs }) => {
        const bySteps = new IncidentRecord();
        for (const recorded of events) {
          bySteps.add(recorded);
          bySteps.incidents(recorded.event.recordedAtMs);
        }
        expect(bySteps.incidents(endMs)).toEqual(incidentsOf(events, endMs));
      }),
      runs,
    );
  });
});

function settled(incident: Incident | undefined): Partial<Incident> | undefined {
  return (
    incident && { ...incident, rollingUpdate: false, cause: { kind: incident.cause.kind, evidence: [] } }
  );
}

function isBlind(event: HeronEvent): boolean {
  return event.type === 'cluster-state' && event.reasons.some(({ code }) => code === 'all-silent');
}

function clusterOf({ event }: RecordedEvent): string {
  return 'clusterId' in event ? (event.clusterId ?? '') : '';
}

/** Which events are together, told by the events themselves and not by their numbers. */
function partition(events: readonly RecordedEvent[], incidents: readonly Incident[]): string[] {
  const byId = new Map(events.map(({ id, event }) => [id, event]));
  return incidents
    .map(({ eventIds }) =>
      eventIds
        .map((id) => JSON.stringify(byId.get(id)))
        .sort()
        .join('\n'),
    )
    .sort();
}
