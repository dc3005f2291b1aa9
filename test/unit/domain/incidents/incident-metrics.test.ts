import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeronEvent, RecordedEvent } from '../../../../domain/model/event';
import { compareSides, unmonitoredMs } from '../../../../domain/incidents/compare-incidents';
import { incidentMetrics } from '../../../../domain/incidents/incident-metrics';
import { metricsByMonth } from '../../../../domain/incidents/metrics-by-month';
import { incidentsOf } from '../../../../domain/incidents/incident-record';
import { EventRecord } from '../../../fixtures/incidents/event-record';

const at = (seconds: number): number => EventRecord.at(seconds);

function acknowledged(seconds: number, clusterId: string, ended: 'withdrawn' | null = null): HeronEvent {
  const times = { timeMs: at(seconds), recordedAtMs: at(seconds) };
  const of = { clusterId, clusterName: clusterId, by: 'EU desk', words: '', health: 'degraded' as const };
  return { type: 'acknowledged', ...times, ...of, ended };
}

function withLast(record: EventRecord, ...events: HeronEvent[]): RecordedEvent[] {
  return [
    ...record.events,
    ...events.map((event, index) => ({ id: record.events.length + index + 1, event })),
  ];
}

/** A failover at 10 s (bracket 4 s, without an LB for 0.9 to 3.1 s), well again at 100 s. */
function failover(cluster: string, record = new EventRecord()): EventRecord {
  return record
    .role(9, `${cluster}-1`, 'master', 'init')
    .move(10, `${cluster}-1`, `${cluster}-2`)
    .cluster(12, cluster, 'up', 'degraded')
    .cluster(100, cluster, 'degraded', 'up');
}

describe('the metrics of an incident', () => {
  it('say how long it took to be detected, taken over, acknowledged and well again', () => {
    const events = withLast(failover('a'), acknowledged(40, 'a'), acknowledged(60, 'a'));
    const [incident] = incidentsOf(events, at(10_000));
    if (!incident) throw new Error('there is an incident');
    expect(incidentMetrics(incident, events.toReversed())).toEqual({
      detectMs: { atLeast: 1_000, atMost: 4_000 },
      takeOverMs: { atLeast: 900, atMost: 3_100 },
      usersGapMs: null,
      acknowledgeMs: at(40) - incident.startMs,
      recoverMs: at(100) - incident.startMs,
    });
  });

  it('count no acknowledgement of another cluster, of another time, or given back', () => {
    const degraded = new EventRecord().cluster(12, 'a', 'up', 'degraded').cluster(100, 'a', 'degraded', 'up');
    const events = withLast(
      degraded,
      acknowledged(40, 'b'),
      acknowledged(5_000, 'a'),
      acknowledged(50, 'a', 'withdrawn'),
    );
    const [incident] = incidentsOf(events, at(10_000));
    expect(incident && incidentMetrics(incident, events).acknowledgeMs).toBeNull();
  });

  it('count the acknowledgement of an outage that is over, for which wall and table have waited', () => {
    const events = withLast(failover('a'), acknowledged(40, 'b'), acknowledged(5_000, 'a'));
    const [incident] = incidentsOf(events, at(10_000));
    expect(incident && incidentMetrics(incident, events).acknowledgeMs).toBe(at(5_000) - incident!.startMs);
  });

  it('are not known where its events are not', () => {
    const [incident] = incidentsOf(failover('a').events, at(50));
    expect(incident && incidentMetrics({ ...incident, endMs: null }, [])).toEqual({
      detectMs: null,
      takeOverMs: null,
      usersGapMs: null,
      acknowledgeMs: null,
      recoverMs: null,
    });
  });
});

describe('metrics by month', () => {
  it('are of each cluster and UTC month, and count an incident of two clusters for both', () => {
    const { events } = failover('b', failover('a'));
    const all = incidentsOf(events, at(10_000)).map((incident) => ({
      incident,
      metrics: incidentMetrics(incident, events),
    }));
    const [first] = all;
    if (!first) throw new Error('there is an incident');
    const both = [
      { id: 'a', name: 'a' },
      { id: 'b', name: 'b' },
    ];
    const december = { ...first.incident, startMs: Date.UTC(2026, 11, 1), clusters: both };
    const rows = metricsByMonth([...all, { ...first, incident: december }]);
    expect(rows.map(({ month, clusterName, incidents }) => [month, clusterName, incidents])).toEqual([
      ['2026-12', 'a', 1],
      ['2026-12', 'b', 1],
      ['2026-11', 'a', 1],
      ['2026-11', 'b', 1],
    ]);
    expect(rows[2]).toMatchObject({ moves: 1, acknowledged: 0, acknowledgeMs: null, open: 0 });
    expect(rows[2]?.takeOverMs).toEqual({ atLeast: 900, atMost: 3_100 });
  });

  it('hold the true median between the medians of the bounds', () => {
    const { events } = failover('a');
    const [incident] = incidentsOf(events, at(10_000));
    if (!incident) throw new Error('there is an incident');
    const time = fc.record({ least: fc.nat(1_000), truly: fc.nat(1_000), most: fc.nat(1_000) });
    fc.assert(
      fc.property(fc.array(time, { minLength: 1, maxLength: 9 }), (times) => {
        const spans = times.map(({ least, truly, most }) => ({
          span: { atLeast: least, atMost: least + truly + most },
          truly: least + truly,
        }));
        const figured = spans.map(({ span, truly }) => ({
          incident,
          metrics: {
            detectMs: span,
            takeOverMs: null,
            usersGapMs: null,
            acknowledgeMs: null,
            recoverMs: truly,
          },
        }));
        const [row] = metricsByMonth(figured);
        expect(row?.recoverMs).toBeGreaterThanOrEqual(row?.detectMs?.atLeast ?? Infinity);
        expect(row?.recoverMs).toBeLessThanOrEqual(row?.detectMs?.atMost ?? -1);
      }),
    );
  });
});

describe('a comparison', () => {
  const { events } = failover('a');
  const [incident] = incidentsOf(events, at(10_000));
  if (!incident) throw new Error('there is an incident');
  const side = {
    fromMs: incident.startMs,
    toMs: at(100),
    incidents: [{ incident, metrics: incidentMetrics(incident, events) }],
    unmonitoredMs: 0,
  };

  it('has the same time to detect as the incident’s page and its month', () => {
    const quiet = { ...side, incidents: [] };
    const compared = compareSides(side, quiet).find(({ what }) => what === 'detect')?.sides[0];
    const [month] = metricsByMonth(side.incidents);
    const own = incidentMetrics(incident, events).detectMs;
    expect(own?.atMost).toBeGreaterThan(0);
    expect(compared).toEqual({ kind: 'time', span: own });
    expect(month?.detectMs).toEqual(own);
  });

  it('with a quiet hour says what one side has and the other has not, without a figure made up', () => {
    const quiet = { fromMs: 0, toMs: 3_600_000, incidents: [], unmonitoredMs: 60_000 };
    const by = new Map(compareSides(side, quiet).map((line) => [line.what, line]));
    expect(by.get('moves')?.difference).toEqual({ kind: 'count', count: -1 });
    expect(by.get('without')?.sides).toEqual([{ kind: 'time', span: { atLeast: 900, atMost: 3_100 } }, null]);
    expect(by.get('without')?.difference).toBeNull();
    expect(by.get('unmonitored')?.difference).toEqual({ kind: 'exact', ms: 60_000 });
  });

  it('of two bounded times is no surer than both', () => {
    const line = compareSides(side, side).find(({ what }) => what === 'without');
    expect(line?.difference).toEqual({ kind: 'time', span: { atLeast: -2_200, atMost: 2_200 } });
  });

  it('counts what nobody watched once, however the gaps overlap', () => {
    const gaps = [
      { fromMs: 50, toMs: 90 },
      { fromMs: -10, toMs: 10 },
      { fromMs: 5, toMs: 60 },
      { fromMs: 200, toMs: 300 },
    ];
    expect(unmonitoredMs(gaps, { fromMs: 0, toMs: 100 })).toBe(90);
    expect(unmonitoredMs([], { fromMs: 0, toMs: 100 })).toBe(0);
  });
});
