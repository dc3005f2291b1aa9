import { describe, expect, it } from 'vitest';
import type { IncidentQuery } from '../../../../domain/contract/incident-list';
import { allIncidents } from '../../../../domain/incidents/incident-filter';
import { incidentsOf } from '../../../../domain/incidents/incident-record';
import { listIncidents } from '../../../../monitor/usecases/list-incidents';
import { FakeHistory } from '../../../fixtures/history/fake-history';
import { EventRecord } from '../../../fixtures/incidents/event-record';

const everything: IncidentQuery = { clusterId: null, fromMs: null, toMs: null, beforeId: null, limit: 500 };
const everywhere = { clusterId: null, beganByMs: null, sinceMs: null };
const failovers = 600;
const nowMs = EventRecord.at(failovers * 600);

/** Every ten minutes one cluster of three fails over and recovers: five events each. */
async function aLongHistory(): Promise<{ record: EventRecord; history: FakeHistory }> {
  const record = new EventRecord().start(0);
  for (let n = 1; n < failovers; n += 1) {
    const cluster = ['a', 'b', 'c'][n % 3] ?? 'a';
    const at = n * 600;
    record
      .role(at, `${cluster}-1`, 'master', 'init')
      .move(at + 3, `${cluster}-1`, `${cluster}-2`)
      .edge(at + 4, `${cluster}-1`, 'up', 'degraded')
      .cluster(at + 4, cluster, 'up', 'degraded')
      .cluster(at + 60, cluster, 'degraded', 'up');
  }
  const history = new FakeHistory();
  await history.write({ spans: [], samples: [], events: record.events.map(({ event }) => event) });
  return { record, history };
}

describe('listing incidents', () => {
  it('answers the same as all events at once, page by page', async () => {
    const { record, history } = await aLongHistory();
    const all = incidentsOf(record.events, nowMs);
    expect(all).toHaveLength(failovers - 1);
    const pages = [];
    let beforeId: number | null = null;
    for (let complete = false; !complete;) {
      const page = await listIncidents(history, { ...everything, limit: 100, beforeId }, nowMs);
      pages.push(...page.incidents);
      beforeId = page.incidents.at(-1)?.id ?? null;
      complete = page.complete;
    }
    expect(pages).toEqual(all);
  });

  it('counts every incident, and not those of the first page', async () => {
    const { history } = await aLongHistory();
    const page = await listIncidents(history, { ...everything, limit: 100 }, nowMs);
    expect(page.incidents).toHaveLength(100);
    const counts = await history.incidentCounts({ scope: everywhere, filter: allIncidents, nowMs });
    expect(counts).toMatchObject({ open: 0, kinds: { failover: failovers - 1 } });
  });

  it('reads no more events than the page needs', async () => {
    const { history } = await aLongHistory();
    const asked: number[] = [];
    const counting: Pick<FakeHistory, 'events'> = {
      events: (filter) => {
        asked.push(filter.limit);
        return history.events(filter);
      },
    };
    const { incidents, complete } = await listIncidents(counting, { ...everything, limit: 1 }, nowMs);
    expect(incidents).toMatchObject([{ kind: 'failover', moves: 1 }]);
    expect(complete).toBe(false);
    expect(asked).toEqual([500]);
  });

  it('tells those of one cluster, of a range, and of both', async () => {
    const { record, history } = await aLongHistory();
    const fromMs = EventRecord.at(60 * 600);
    const toMs = EventRecord.at(90 * 600);
    const { incidents } = await listIncidents(
      history,
      { ...everything, clusterId: 'b', fromMs, toMs },
      nowMs,
    );
    const expected = incidentsOf(record.events, nowMs).filter(
      ({ clusters, startMs, endMs }) => clusters[0]?.id === 'b' && startMs < toMs && (endMs ?? 0) >= fromMs,
    );
    expect(incidents).toEqual(expected);
    expect(incidents).toHaveLength(10);
  });

  it('does not tell an incident whose beginning it has not read', async () => {
    const record = new EventRecord()
      .start(0)
      .edge(10, 'a-1', 'up', 'down')
      .cluster(10, 'a', 'up', 'degraded');
    for (let n = 0; n < 400; n += 1)
      record.edge(20 + n, 'a-2', 'degraded', 'up').edge(20.5 + n, 'a-2', 'up', 'degraded', 'cpu-high');
    record.cluster(500, 'a', 'degraded', 'up').move(2_000, 'a-1', 'a-2');
    const history = new FakeHistory();
    await history.write({ spans: [], samples: [], events: record.events.map(({ event }) => event) });
    const first = await listIncidents(history, { ...everything, limit: 1 }, nowMs);
    expect(first.incidents).toMatchObject([{ kind: 'failover', moves: 1 }]);
    const both = await listIncidents(history, { ...everything, clusterId: 'a' }, nowMs);
    expect(both).toMatchObject({ complete: true, incidents: [{ moves: 1 }, { id: 5 }, { id: 2 }] });
  });

  it('shows an incident of several clusters as one, asked for any of them', async () => {
    const record = new EventRecord().start(0);
    for (const [index, name] of ['a', 'b'].entries())
      record
        .edge(600 + index, `${name}-1`, 'up', 'down')
        .edge(601 + index, `${name}-2`, 'up', 'down')
        .cluster(602 + index, name, 'up', 'down');
    record.edge(640, 'a-1', 'down', 'up').edge(641, 'a-2', 'down', 'up').cluster(641, 'a', 'down', 'up');
    record
      .edge(1_500, 'b-1', 'down', 'up')
      .edge(1_501, 'b-2', 'down', 'up')
      .cluster(1_501, 'b', 'down', 'up');
    const history = new FakeHistory();
    await history.write({ spans: [], samples: [], events: record.events.map(({ event }) => event) });
    const all = incidentsOf(record.events, nowMs);
    expect(all).toMatchObject([
      { kind: 'cluster-down', clusters: [{ id: 'a' }, { id: 'b' }], endMs: EventRecord.at(1_501) },
    ]);
    for (const clusterId of ['a', 'b'])
      expect((await listIncidents(history, { ...everything, clusterId }, nowMs)).incidents).toEqual(all);
    expect(
      await history.incidentCounts({
        scope: { ...everywhere, clusterId: 'b' },
        filter: allIncidents,
        nowMs,
      }),
    ).toMatchObject({
      open: 0,
      cutOff: 1,
      kinds: { 'cluster-down': 1, failover: 0 },
    });
  });

  it('answers nothing of an empty history', async () => {
    expect(await listIncidents(new FakeHistory(), everything, nowMs)).toEqual({
      incidents: [],
      complete: true,
    });
  });
});
